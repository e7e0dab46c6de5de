import type { KeyProblem } from "../bindings/KeyProblem";
import type { Severity } from "../bindings/Severity";
import { Callout, type Tone } from "../components/Callout";

const TONES: Record<Severity, Tone> = { bad: "bad", warning: "warn", info: "info" };

/** Findings about a key, worst first. */
export function Problems({ problems }: { problems: ReadonlyArray<KeyProblem> }) {
  return problems.map((problem) => (
    <Callout key={problem.message} tone={TONES[problem.severity]} title={problem.message}>
      {problem.hint ? <p>{problem.hint}</p> : null}
    </Callout>
  ));
}
