import { Filter, X } from "lucide-react";
import type { BodyKind } from "../../bindings/BodyKind";
import type { Filtered } from "../../bindings/Filtered";
import { Field } from "../../components/Field";
import { IconButton } from "../../components/IconButton";
import { Spinner } from "../../components/Spinner";
import { CopyText } from "../../failure/CopyText";
import { count } from "../../format/time";
import type { Filtering } from "./filter";

const EXAMPLES: Partial<Record<BodyKind, [name: string, hint: string]>> = {
  json: ["JSONPath", "JSONPath, e.g. $.items[*].material"],
  xml: ["XPath", "XPath, e.g. //order[1]/number"],
};

/** Whether parts of such a body can be named by an expression. */
export function canFilter(kind: BodyKind): boolean {
  return EXAMPLES[kind] !== undefined;
}

/** Where a JSONPath or XPath is typed. */
export function FilterField({ kind, filtering }: { kind: BodyKind; filtering: Filtering }) {
  const [name, hint] = EXAMPLES[kind] ?? ["", ""];
  const { expression, setExpression, failure, busy } = filtering;
  return (
    <Field
      className="filter-field"
      label={name}
      hideLabel
      mono
      icon={Filter}
      placeholder={hint}
      value={expression}
      wrong={failure?.message}
      data-testid="filter"
      onChange={(event) => setExpression(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || expression === "") return;
        event.stopPropagation();
        setExpression("");
      }}
      after={
        expression ? (
          <>
            {busy ? <Spinner timed /> : null}
            <IconButton size="s" label="Clear the filter" icon={X} onClick={() => setExpression("")} />
          </>
        ) : null
      }
    />
  );
}

function Matches({ filtered, onGoTo }: { filtered: Filtered; onGoTo(row: number): void }) {
  return (
    <ul className="filter-list">
      {filtered.matches.map((match, at) => {
        const { row } = match;
        const words = (
          <>
            <span className="mono path cut" title={match.path}>
              {match.path}
            </span>
            <span className="mono cut text">{match.text}</span>
          </>
        );
        return (
          // Values beside each other have the same paths.
          <li key={`${at} ${match.path}`}>
            {row === null ? (
              <span className="filter-row">{words}</span>
            ) : (
              <button type="button" className="filter-row" onClick={() => onGoTo(row)}>
                {words}
              </button>
            )}
            <CopyText label={`Copy ${match.path}`} text={match.text} />
          </li>
        );
      })}
    </ul>
  );
}

/** The nodes an expression names, beneath the body. */
export function FilterPanel({ filtering, onGoTo }: { filtering: Filtering; onGoTo(row: number): void }) {
  const { filtered, setExpression } = filtering;
  if (!filtered) return null;
  const { matches, cut, value, documents } = filtered;
  const among = documents > 1 ? ` in ${count(documents, "JSON value")}, each with its own paths` : "";
  const all = `${count(filtered.count, "node")}${cut ? " and more" : ""}${among}`;
  const first = matches.length < filtered.count ? `, the first ${matches.length.toLocaleString("en")} are listed` : "";
  return (
    <section className="filter-panel" aria-label="Filter result">
      <div className="panel-line">
        <b className="grow" role="status" data-testid="filter-count">
          {value === null ? `${all}${first}` : value}
        </b>
        {matches.length > 0 ? (
          <CopyText label="Copy all that are listed" text={matches.map((match) => match.text).join("\n")} />
        ) : null}
        <IconButton size="s" label="Close the filter result" icon={X} onClick={() => setExpression("")} />
      </div>
      {matches.length > 0 ? (
        <Matches filtered={filtered} onGoTo={onGoTo} />
      ) : value === null ? (
        <p className="pane-hint">No node has this path.</p>
      ) : null}
    </section>
  );
}
