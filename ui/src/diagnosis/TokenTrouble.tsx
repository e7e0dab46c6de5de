import type { ReactNode } from "react";
import type { Error as Failure } from "../bindings/Error";
import { FailureNote, FailureText } from "../failure/FailureNote";
import { DiagnosisPanel } from "./DiagnosisPanel";
import { actionsForToken, type Asked } from "./steps";

export interface TokenTroubleProps {
  failure: Failure;
  asked: Asked;
  /** Offered besides the steps of the diagnosis. */
  actions?: ReactNode;
}

/** Why there is no token: its diagnosis, or the failure itself where nothing was called. */
export function TokenTrouble({ failure, asked, actions }: TokenTroubleProps) {
  const { diagnosis } = failure;
  if (!diagnosis) return <FailureNote failure={failure} actions={actions} />;
  return (
    <DiagnosisPanel diagnosis={diagnosis} actions={actionsForToken(diagnosis, asked)} more={actions} narrow>
      <FailureText failure={failure} />
    </DiagnosisPanel>
  );
}
