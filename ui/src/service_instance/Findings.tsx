import { CircleX, Info, TriangleAlert, type LucideIcon } from "lucide-react";
import type { ParameterFinding } from "../bindings/ParameterFinding";
import type { Severity } from "../bindings/Severity";
import { Icon } from "../components/Icon";
import { Tag } from "../components/Tag";
import { useStore } from "../store";
import { serviceInstance } from "./state";

const SEVERITIES: Record<Severity, { icon: LucideIcon; tone: string; word: string }> = {
  bad: { icon: CircleX, tone: "bad", word: "Problem" },
  warning: { icon: TriangleAlert, tone: "warn", word: "Warning" },
  info: { icon: Info, tone: "dim", word: "Note" },
};

const NONE: ReadonlyArray<ParameterFinding> = [];

/** What was found about the forms as they are now. */
export function useFindings(): ReadonlyArray<ParameterFinding> {
  return useStore(serviceInstance, (state) => state.written?.findings ?? NONE);
}

/** Findings, each with its mark; names SAP leaves open are marked as such. */
export function FindingList({ findings }: { findings: ReadonlyArray<ParameterFinding> }) {
  if (findings.length === 0) return null;
  return (
    <ul className="parameter-findings">
      {findings.map(({ severity, message, unverified }) => {
        const { icon, tone, word } = SEVERITIES[severity];
        return (
          <li key={message} className={severity === "info" ? "dim" : tone}>
            <Icon of={icon} size={14} />
            <span className="grow">
              <span className="sr">{word}: </span>
              {message}
            </span>
            {unverified ? <Tag tone="warn">unverified</Tag> : null}
          </li>
        );
      })}
    </ul>
  );
}

export interface FindingsProps {
  /** The name of the parameter in JSON. */
  of: string;
  /** Whether its field says the problem itself. */
  besides?: boolean;
}

/** What was found about one parameter, under its field. */
export function Findings({ of, besides = false }: FindingsProps) {
  const findings = useFindings().filter(({ parameter }) => parameter === of);
  const [wrong] = findings.filter(({ severity }) => severity === "bad");
  return (
    <div aria-live="polite" data-testid={`findings-${of}`}>
      <FindingList findings={besides ? findings.filter((one) => one !== wrong) : findings} />
    </div>
  );
}

/** The problem of a field as it stands, for the field to say. */
export function useWrong(parameter: string): string | null {
  return useFindings().find((one) => one.parameter === parameter && one.severity === "bad")?.message ?? null;
}
