import { useEffect, useRef } from "react";

const AROUND = 1000;
const KEY = /^(\s*(?:- )*)([^\s:#"'][^:#"']*)(:)(.*)$/;

function Coloured({ line }: { line: string }) {
  const found = KEY.exec(line);
  if (!found) return <>{line}</>;
  const rest = found[4] ?? "";
  return (
    <>
      {found[1]}
      <span className="code-key">{found[2]}</span>:
      {/^\s*["']/.test(rest) ? <span className="code-string">{rest}</span> : rest}
    </>
  );
}

export interface CodeLinesProps {
  label: string;
  text: string;
  /** Lines to mark, from 1, with what is said there. */
  marks: ReadonlyMap<number, string>;
  tone: "bad" | "ok";
}

/** The text of a file with numbered lines, some marked; of a large one the part around the first mark. */
export function CodeLines({ label, text, marks, tone }: CodeLinesProps) {
  const lines = text.replace(/\n$/, "").split("\n");
  const first = Math.min(...marks.keys(), lines.length);
  const from = Math.max(0, Math.min(first - AROUND, lines.length - 2 * AROUND));
  const shown = lines.slice(from, from + 2 * AROUND);
  const marked = useRef<HTMLLIElement>(null);
  useEffect(() => {
    // What it answers differs between engines, and is no clean-up.
    marked.current?.scrollIntoView({ block: "center" });
  }, [first]);
  return (
    <div className="code-lines" role="region" aria-label={label} tabIndex={0}>
      {shown.length < lines.length ? (
        <p className="dim small">
          Lines {from + 1} to {from + shown.length} of {lines.length}
        </p>
      ) : null}
      <ol start={from + 1}>
        {shown.map((line, at) => {
          const number = from + at + 1;
          const said = marks.get(number);
          return (
            <li
              key={number}
              ref={number === first ? marked : undefined}
              className={said === undefined ? "" : `marked ${tone}`}
              aria-current={said === undefined ? undefined : "true"}
            >
              <span className="code-number" aria-hidden="true">
                {number}
              </span>
              <span className="code-text">
                <Coloured line={line} />
              </span>
              {said ? <span className="code-said">{said}</span> : null}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
