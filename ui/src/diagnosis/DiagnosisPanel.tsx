import { BadgeCheck, Check, CircleDashed, CircleMinus, ShieldQuestionMark, ShieldX } from "lucide-react";
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import type { Diagnosis } from "../bindings/Diagnosis";
import type { KeyRoles } from "../bindings/KeyRoles";
import { Button } from "../components/Button";
import { Icon } from "../components/Icon";
import { moment } from "../format/time";
import type { Action } from "./steps";

export interface DiagnosisPanelProps {
  diagnosis: Diagnosis;
  /** What can be done here, best first. */
  actions: ReadonlyArray<Action>;
  /** In a card or a dialog: in one column, what shows it one click away. */
  narrow?: boolean;
  /** Offered after the steps. */
  more?: ReactNode;
  /** What Sluice reported besides, for those who want the raw words. */
  children?: ReactNode;
}

const MARKS = { has: BadgeCheck, lacks: CircleMinus, unknown: CircleDashed };

function markOf({ has }: KeyRoles): keyof typeof MARKS {
  if (has === null) return "unknown";
  return has ? "has" : "lacks";
}

/** What the other keys of the tenant carry, when it is about a role. */
function OtherKeys({ keys }: { keys: ReadonlyArray<KeyRoles> }) {
  if (keys.length === 0) return null;
  return (
    <section data-testid="diagnosis-keys">
      <h3>Other keys of the tenant</h3>
      <ul>
        {keys.map((known) => (
          <li key={known.key} className="diagnosis-line">
            <Icon of={MARKS[markOf(known)]} className={known.has ? "ok" : "dim"} />
            <span>{known.text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Evidence({ diagnosis }: { diagnosis: Diagnosis }) {
  const { evidence, causes, keys, message } = diagnosis;
  return (
    <div className="diagnosis-evidence">
      {evidence.length > 0 ? (
        <section>
          <h3>What shows it</h3>
          <ul>
            {evidence.map(({ text }) => (
              <li key={text} className="diagnosis-line">
                <Icon of={Check} className="ok" />
                <span>{text}</span>
              </li>
            ))}
            {message ? (
              <li className="diagnosis-line">
                <Icon of={Check} className="ok" />
                <span>
                  Message <span className="mono">{message.id}</span>
                  {message.created_ms === null ? "" : `, created ${moment(new Date(message.created_ms).toISOString())}`}
                </span>
              </li>
            ) : null}
          </ul>
        </section>
      ) : null}
      <OtherKeys keys={keys} />
      {causes.length > 0 ? (
        <section>
          <h3>Likely causes</h3>
          <ol>
            {causes.map((cause) => (
              <li key={cause} className="diagnosis-line">
                <Icon of={CircleDashed} className="dim" />
                <span>{cause}</span>
              </li>
            ))}
          </ol>
        </section>
      ) : null}
    </div>
  );
}

/** What went wrong, what shows it, and the next step. */
export function DiagnosisPanel({ diagnosis, actions, narrow = false, more, children }: DiagnosisPanelProps) {
  const panel = useRef<HTMLElement>(null);
  // Ctrl Enter takes the first step; typing somewhere else is not interrupted.
  useEffect(() => {
    const at = document.activeElement;
    if (at === document.body || at?.matches('[data-testid="send"]')) panel.current?.focus({ preventScroll: true });
  }, [diagnosis]);
  const first = actions[0];
  const solves = first?.sends === true;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !first || !solves) return;
    event.preventDefault();
    event.stopPropagation();
    void first.act();
  };
  return (
    <section
      ref={panel}
      tabIndex={-1}
      role="alert"
      className={`diagnosis ${solves ? "solvable" : "refused"} ${narrow ? "narrow" : ""}`}
      aria-label="Diagnosis"
      data-testid="diagnosis"
      onKeyDown={onKeyDown}
    >
      <div className="diagnosis-main">
        <div className="diagnosis-line">
          <Icon of={solves ? ShieldQuestionMark : ShieldX} size={20} className={solves ? "warn" : "bad"} />
          <h2 data-testid="diagnosis-title">{diagnosis.title}</h2>
        </div>
        <p>{diagnosis.explanation}</p>
        {children}
        <div className="diagnosis-steps">
          {actions.map((action, place) => (
            <Button
              key={action.label}
              size="s"
              variant={place === 0 && solves ? "primary" : undefined}
              keys={place === 0 && solves ? "Ctrl Enter" : undefined}
              onClick={() => void action.act()}
            >
              {action.label}
            </Button>
          ))}
          {more}
        </div>
      </div>
      {narrow ? (
        <details className="diagnosis-more">
          <summary>What shows it, and likely causes</summary>
          <Evidence diagnosis={diagnosis} />
        </details>
      ) : (
        <Evidence diagnosis={diagnosis} />
      )}
    </section>
  );
}
