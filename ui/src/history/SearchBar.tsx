import { Ellipsis, Search, Trash2, X } from "lucide-react";
import { useId, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import { Icon } from "../components/Icon";
import { IconButton } from "../components/IconButton";
import { Menu, MenuItem } from "../components/Menu";
import { Tooltip } from "../components/Tooltip";
import { duration } from "../format/time";
import { useStore } from "../store";
import { useTenants } from "../tenant/state";
import { removeFound } from "./actions";
import { completed, completions, piecesOf, TERMS } from "./query";
import { clearQuery, editLastChip, history, search, setChips, typeQuery } from "./state";

function problemOf(
  chip: string,
  terms: ReadonlyArray<{ field: string | null; value: string; problem: string | null }>,
) {
  const piece = piecesOf(chip)[0];
  const field = piece?.negated ? `-${piece.field}` : piece?.field;
  return terms.find((term) => term.field === field && term.value === piece?.value)?.problem ?? null;
}

function Chip({ chip, place }: { chip: string; place: number }) {
  const terms = useStore(history, (state) => state.terms);
  const problem = problemOf(chip, terms);
  const remove = () => setChips(history.get().chips.filter((_, at) => at !== place));
  const shown = (
    <span className={`history-chip ${problem ? "wrong" : ""}`} title={problem ? undefined : chip}>
      <span className="cut">{chip.replace(/^(-?\w+):/u, "$1: ")}</span>
      {problem ? <span className="sr">: {problem}</span> : null}
      <button type="button" tabIndex={-1} aria-label={`Remove ${chip}`} onClick={remove}>
        <Icon of={X} size={12} />
      </button>
    </span>
  );
  return problem ? <Tooltip text={problem}>{shown}</Tooltip> : shown;
}

function useCompletions(rest: string): string[] {
  const tenants = useTenants();
  const facets = useStore(history, (state) => state.facets);
  return useMemo(() => {
    const known = [...(facets?.tenants ?? []).map((one) => one.value), ...tenants.map((one) => one.name)];
    return completions(rest, {
      tenant: [...new Set(known)],
      status: ["2xx", "3xx", "4xx", "5xx", "none"],
      method: ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"],
      door: ["window", "terminal"],
      stage: ["dev", "test", "prod", "sandbox"],
      since: ["today", "yesterday", "7d", "2h"],
      before: ["today", "yesterday", "7d"],
      pinned: ["yes", "no"],
    });
  }, [rest, facets, tenants]);
}

function Found() {
  const { text, count, total, took } = useStore(history, (state) => state);
  const said =
    text === null
      ? ""
      : text === ""
        ? `${total.toLocaleString("en")} exchanges`
        : `${count.toLocaleString("en")} of ${total.toLocaleString("en")} in ${duration(took)}`;
  return (
    <span className="history-count dim" role="status" data-testid="history-count">
      {said}
    </span>
  );
}

const hintOf = (choice: string): string =>
  TERMS.find((term) => choice.replace(/^-/u, "") === `${term.field}:`)?.hint ?? "";

/** Words and terms; complete terms become chips, the whole stays one query. */
export function SearchBar({ input, onDown }: { input: RefObject<HTMLInputElement | null>; onDown(): void }) {
  const id = useId();
  const { chips, rest } = useStore(history, (state) => state);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const bar = useRef<HTMLDivElement>(null);
  const choices = useCompletions(rest);
  const shown = open && choices.length > 0;
  const choose = (choice: string) => {
    typeQuery(completed(rest, choice));
    setAt(-1);
    input.current?.focus();
  };
  const submit = () => {
    setOpen(false);
    typeQuery(rest.trim() === "" ? rest : `${rest} `);
    void search();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const { selectionStart, selectionEnd } = event.currentTarget;
    if (event.key === "ArrowDown" && shown) setAt((at + 1) % choices.length);
    else if (event.key === "ArrowUp" && shown) setAt((at - 1 + choices.length) % choices.length);
    else if (event.key === "ArrowDown") onDown();
    else if ((event.key === "Enter" || event.key === "Tab") && shown && choices[at]) choose(choices[at]);
    else if (event.key === "Enter") submit();
    else if (event.key === "Escape" && shown) setOpen(false);
    else if (event.key === "Escape") clearQuery();
    else if (event.key === "Backspace" && selectionStart === 0 && selectionEnd === 0 && chips.length > 0)
      editLastChip();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="history-search" ref={bar}>
      <div
        className="history-field"
        onMouseDown={(event) => event.target === event.currentTarget && input.current?.focus()}
      >
        <Icon of={Search} />
        {chips.map((chip, place) => (
          // oxlint-disable-next-line react/no-array-index-key
          <Chip key={`${place} ${chip}`} chip={chip} place={place} />
        ))}
        <input
          ref={input}
          role="combobox"
          aria-label="Search the history"
          aria-expanded={shown}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={shown && at >= 0 ? `${id}-${at}` : undefined}
          placeholder={chips.length > 0 ? "" : "Words, or tenant: status: method: since: …"}
          value={rest}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            typeQuery(event.target.value);
            setOpen(true);
            setAt(-1);
          }}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
          data-testid="history-query"
        />
        <Found />
        {chips.length > 0 || rest ? (
          <IconButton size="s" label="Clear the search" keys="Esc" icon={X} onClick={clearQuery} />
        ) : null}
        <Menu label="More" trigger={<IconButton size="s" label="More" icon={Ellipsis} />}>
          <MenuItem icon={Trash2} danger disabled={chips.length === 0 && rest.trim() === ""} onSelect={removeFound}>
            Delete all found…
          </MenuItem>
        </Menu>
      </div>
      {shown ? (
        <ul className="pop history-choices" role="listbox" id={`${id}-list`} aria-label="Terms">
          {choices.map((choice, place) => (
            <li
              key={choice}
              id={`${id}-${place}`}
              role="option"
              aria-selected={place === at}
              className="pop-item"
              data-highlighted={place === at ? "" : undefined}
              onMouseEnter={() => setAt(place)}
              onMouseDown={(event) => {
                event.preventDefault();
                choose(choice);
              }}
            >
              <span className="mono">{choice}</span>
              <span className="dim small">{hintOf(choice)}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
