import { ArrowDown, ArrowUp, CaseSensitive, List, Regex, Search, WholeWord, X } from "lucide-react";
import type { KeyboardEvent, RefObject } from "react";
import type { BodyFacts } from "../../bindings/BodyFacts";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { IconButton } from "../../components/IconButton";
import { duration } from "../../format/time";
import type { Finding } from "./find";

export interface FindBarProps {
  finding: Finding;
  facts: BodyFacts;
  input: RefObject<HTMLInputElement | null>;
  listing: boolean;
  onList(): void;
  onClose(): void;
}

function countWords({ find, found, hit }: Finding): string {
  if (find.text === "" || !found) return "";
  if (found.count === 0) return found.done ? "Not in the body" : "";
  const all = found.count.toLocaleString("en");
  return hit ? `${(hit.number + 1).toLocaleString("en")} of ${all}` : `${all} ${found.count === 1 ? "hit" : "hits"}`;
}

function progressWords({ found }: Finding, facts: BodyFacts): string {
  if (!found) return "";
  if (found.done) return `whole body searched in ${duration(found.took_ms)}`;
  return `${Math.floor((found.searched / Math.max(1, facts.size)) * 100)} % searched`;
}

/** Looks for a text in all of the body; docked above it. */
export function FindBar({ finding, facts, input, listing, onList, onClose }: FindBarProps) {
  const { find, setFind, found, failure, step } = finding;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
    else if (event.key === "Enter" && event.target === input.current) step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const none = (found?.count ?? 0) === 0;
  return (
    <div className="find-bar" role="search" aria-label="Search in the body" onKeyDown={onKeyDown}>
      <div className="find-field">
        <Field
          ref={input}
          label="Search in the body"
          hideLabel
          mono
          icon={Search}
          autoFocus
          value={find.text}
          wrong={failure?.message}
          data-testid="find-text"
          onChange={(event) => setFind({ text: event.target.value })}
          after={
            <span className="find-options">
              <IconButton
                size="s"
                label="Match case"
                icon={CaseSensitive}
                pressed={find.case}
                onClick={() => setFind({ case: !find.case })}
              />
              <IconButton
                size="s"
                label="Whole word"
                icon={WholeWord}
                pressed={find.word}
                onClick={() => setFind({ word: !find.word })}
              />
              <IconButton
                size="s"
                label="Regular expression"
                icon={Regex}
                pressed={find.regex}
                onClick={() => setFind({ regex: !find.regex })}
              />
            </span>
          }
        />
      </div>
      <IconButton size="s" label="Hit before" keys="Shift F3" icon={ArrowUp} disabled={none} onClick={() => step(-1)} />
      <IconButton size="s" label="Next hit" keys="F3" icon={ArrowDown} disabled={none} onClick={() => step(1)} />
      <span className="find-count" role="status" data-testid="find-count">
        <b>{countWords(finding)}</b>
      </span>
      <span className="grow cut small dim">{progressWords(finding, facts)}</span>
      <Button
        variant="plain"
        size="s"
        icon={List}
        aria-pressed={listing}
        aria-label="List hits"
        disabled={none}
        onClick={onList}
      >
        <span className="wide-only">List hits</span>
      </Button>
      <IconButton size="s" label="Close the search" keys="Esc" icon={X} onClick={onClose} />
    </div>
  );
}
