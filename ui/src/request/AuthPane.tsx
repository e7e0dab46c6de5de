import type { CsrfMode } from "../bindings/CsrfMode";
import type { Draft } from "../bindings/Draft";
import { Segmented } from "../components/Segmented";
import { useTenant } from "../tenant/state";
import { AuthFields } from "./AuthFields";
import { changeRequest } from "./state";

const CSRF: ReadonlyArray<{ value: CsrfMode; label: string; says: string }> = [
  {
    value: "auto",
    label: "Auto",
    says: "When the sender answers 403 and asks for a CSRF token, Sluice fetches one and sends once more. The flow did not run before.",
  },
  {
    value: "always",
    label: "Always",
    says: "Sluice fetches a CSRF token first. On an unprotected flow that fetch itself runs the flow.",
  },
  { value: "never", label: "Never", says: "No CSRF token is fetched; a protected sender answers 403." },
];

/** As whom the request is sent, and what happens about CSRF protection. */
export function AuthPane({ draft }: { draft: Draft }) {
  const tenant = useTenant(draft.tenant);
  const { authorization, csrf } = draft.request;
  return (
    <div className="pane-form auth-pane">
      <section aria-label="Sign-in">
        <h3 className="sub">Sign-in</h3>
        <AuthFields
          authorization={authorization}
          onChange={(next) => changeRequest(draft.id, { authorization: next })}
          inheritable={draft.file !== null}
          tenant={tenant}
        />
      </section>
      <section aria-label="CSRF token">
        <h3 className="sub">CSRF token</h3>
        <Segmented
          label="CSRF token"
          value={csrf}
          options={CSRF}
          onChange={(value) => changeRequest(draft.id, { csrf: value })}
        />
        <p className="dim small below">{CSRF.find((one) => one.value === csrf)?.says}</p>
      </section>
    </div>
  );
}
