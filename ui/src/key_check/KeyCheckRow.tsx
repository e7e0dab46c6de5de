import { ChevronDown, ChevronRight } from "lucide-react";
import { useId } from "react";
import type { KeyFinding } from "../bindings/KeyFinding";
import { Icon } from "../components/Icon";
import { Spinner } from "../components/Spinner";
import { TokenTrouble } from "../diagnosis/TokenTrouble";
import { FailureText } from "../failure/FailureNote";
import { StageTag } from "../tenant/marks";
import type { Checked } from "./state";
import { aspectWord, lightMark, markOf } from "./words";

function Finding({ finding: { aspect, light, message, hint } }: { finding: KeyFinding }) {
  const { icon, tone, word } = lightMark(light);
  return (
    <li className="key-check-finding">
      <Icon of={icon} className={tone} />
      <b className="key-check-aspect">{aspectWord(aspect)}</b>
      <div className="grow selectable">
        <span className="sr">{word}: </span>
        {message}
        {hint ? <div className="dim">{hint}</div> : null}
      </div>
    </li>
  );
}

/** What is worth knowing without opening the row: what is wrong, or the roles of a key that works. */
function firstOf(one: Checked): string {
  if (one.state === "failed") return one.failure.message;
  if (one.state !== "checked") return "";
  const { findings, light } = one.check;
  const told = light === "green" ? findings.find(({ aspect }) => aspect === "roles") : findings[0];
  return told?.message ?? "";
}

function Head({ one }: { one: Checked }) {
  const { icon, tone, word } = markOf(one);
  return (
    <>
      {one.state === "checking" ? <Spinner timed /> : <Icon of={icon} className={tone} />}
      <b className={`key-check-word ${tone}`}>{word}</b>
      <span className="key-check-name">
        <span className="row">
          <b>{one.tenant}</b>
          <StageTag stage={one.stage} />
        </span>
        <span className="dim small">
          {one.key} · {one.plan}
        </span>
      </span>
      <span className="second key-check-first">{firstOf(one)}</span>
    </>
  );
}

export interface KeyCheckRowProps {
  one: Checked;
  open: boolean;
  onToggle(): void;
}

/** A key with its light; opens to what was found. */
export function KeyCheckRow({ one, open, onToggle }: KeyCheckRowProps) {
  const id = useId();
  if (one.state !== "checked" && one.state !== "failed") {
    return (
      <li className="key-check-row" data-testid="key-check-row">
        <div className="key-check-head">
          <Head one={one} />
        </div>
      </li>
    );
  }
  return (
    <li className="key-check-row" data-testid="key-check-row">
      <button type="button" className="key-check-head" aria-expanded={open} aria-controls={id} onClick={onToggle}>
        <Head one={one} />
        <Icon of={open ? ChevronDown : ChevronRight} size={14} />
      </button>
      <div id={id} hidden={!open}>
        {one.state === "checked" && one.check.failure?.diagnosis ? (
          <div className="key-check-findings">
            <TokenTrouble failure={one.check.failure} asked={{ tenant: one.tenant, savedKey: one.key }} />
          </div>
        ) : null}
        {one.state === "checked" ? (
          <ul className="key-check-findings" aria-label={`Findings of ${one.key}`}>
            {one.check.findings.map((finding) => (
              <Finding key={`${finding.aspect} ${finding.message}`} finding={finding} />
            ))}
          </ul>
        ) : (
          <div className="key-check-findings selectable">
            <FailureText failure={one.failure} />
          </div>
        )}
      </div>
    </li>
  );
}
