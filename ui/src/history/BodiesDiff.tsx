import { useEffect, useLayoutEffect, useMemo, useRef, useState, type CSSProperties } from "react";
import type { DiffLine } from "../bindings/DiffLine";
import type { DiffMark } from "../bindings/DiffMark";
import { count } from "../format/time";
import { differs, LINE, rowAt, tokensOf, topsOf, type DiffRow, type Stop } from "./diff_rows";

const USUAL_HEIGHT = 480;
const BEYOND = 10;
const MOST_MARKS = 300;

function scrollTo(element: HTMLElement, top: number): void {
  element.scrollTop = top;
}

interface SideProps {
  line: DiffLine | null;
  mark: DiffMark;
  sign: string;
  json: boolean;
  /** Whether the other side has a line here: only then a part of it differs. */
  paired: boolean;
}

function Side({ line, mark, sign, json, paired }: SideProps) {
  if (!line) return <div role="cell" className="diff-side gap" aria-label="nothing" />;
  return (
    <div role="cell" className={`diff-side ${mark}`}>
      <span className="diff-number">{line.number}</span>
      <span className="diff-sign">{differs(mark) ? sign : mark === "ignored" ? "~" : ""}</span>
      <span className="diff-text">
        {tokensOf(line.pieces, json).map((token, place) => (
          <span
            // oxlint-disable-next-line react/no-array-index-key
            key={place}
            className={`${token.kind ? `tok-${token.kind}` : ""} ${token.changed && paired ? "diff-changed" : ""}`}
          >
            {token.text}
          </span>
        ))}
      </span>
    </div>
  );
}

function RowOf({ row }: { row: DiffRow }) {
  if (row.kind === "head") {
    const { bodies, name } = row;
    return (
      <>
        <div role="cell" className="diff-head">
          <span className="strong">{name}</span>
          {bodies.note ? (
            <span className="warn cut" title={bodies.note}>
              {bodies.note}
            </span>
          ) : (
            <span className={bodies.differences > 0 ? "warn" : "dim"}>
              {bodies.differences > 0 ? count(bodies.differences, "difference") : "no differences"}
            </span>
          )}
          <span className="dim diff-size">{bodies.a}</span>
        </div>
        <div role="cell" className="diff-head">
          <span className="dim">{bodies.b}</span>
        </div>
      </>
    );
  }
  if (row.kind === "none" || row.kind === "equal") {
    const text = row.kind === "none" ? row.text : `${count(row.lines, "equal line")} left out`;
    return (
      <div role="cell" className="diff-equal dim">
        {text}
      </div>
    );
  }
  const { mark, a, b } = row.aligned;
  return (
    <>
      <Side line={a} mark={mark === "changed" ? "removed" : mark} sign="-" json={row.json[0]} paired={b !== null} />
      <Side line={b} mark={mark === "changed" ? "added" : mark} sign="+" json={row.json[1]} paired={a !== null} />
    </>
  );
}

function widest(rows: ReadonlyArray<DiffRow>): number {
  let most = 0;
  for (const row of rows) {
    if (row.kind !== "line") continue;
    for (const line of [row.aligned.a, row.aligned.b]) {
      const length = line ? line.pieces.reduce((sum, piece) => sum + piece.length, 0) : 0;
      most = Math.max(most, length);
    }
  }
  return most;
}

function Ruler({ stops, rows, onGo }: { stops: ReadonlyArray<Stop>; rows: number; onGo(stop: number): void }) {
  const every = Math.ceil(stops.length / MOST_MARKS);
  return (
    <div className="diff-ruler" aria-hidden="true">
      {stops.map(({ from, to, mark }, place) =>
        place % every === 0 ? (
          <i
            key={from}
            className={mark}
            style={{
              top: `${(from / rows) * 100}%`,
              height: to - from > 1 ? `max(5px, ${((to - from) / rows) * 100}%)` : 5,
            }}
            onClick={() => onGo(place)}
          />
        ) : null,
      )}
    </div>
  );
}

export interface BodiesDiffProps {
  rows: ReadonlyArray<DiffRow>;
  stops: ReadonlyArray<Stop>;
  /** The difference one is at. */
  stop: number;
  onGo(stop: number): void;
}

/** Both bodies line by line in two columns; only lines in sight are there. */
export function BodiesDiff({ rows, stops, stop, onGo }: BodiesDiffProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState({ top: 0, height: USUAL_HEIGHT });
  const [shift, setShift] = useState(0);
  const tops = useMemo(() => topsOf(rows), [rows]);
  const width = useMemo(() => widest(rows), [rows]);
  const shown = stops[stop];
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const read = () => setAt({ top: element.scrollTop, height: element.clientHeight || USUAL_HEIGHT });
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const element = frame.current;
    if (!element || !shown) return;
    const top = tops[shown.from] ?? 0;
    const inSight = top >= element.scrollTop && top + LINE <= element.scrollTop + element.clientHeight;
    if (!inSight) scrollTo(element, Math.max(0, top - element.clientHeight / 3));
  }, [shown, tops]);
  const from = Math.max(0, rowAt(tops, at.top) - BEYOND);
  const to = Math.min(rows.length, rowAt(tops, at.top + at.height) + BEYOND);
  const style = { "--shift": `${-shift}px` } as CSSProperties;
  return (
    <div className="diff">
      <div className="diff-columns">
        <div
          ref={frame}
          className="diff-frame"
          role="table"
          aria-label="Bodies side by side"
          aria-rowcount={rows.length}
          tabIndex={0}
          style={style}
          onScroll={(event) =>
            setAt({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight || USUAL_HEIGHT })
          }
          data-testid="diff"
        >
          <div className="diff-sheet" role="rowgroup" style={{ height: tops.at(-1) }}>
            {rows.slice(from, to).map((row, place) => {
              const index = from + place;
              const current = shown !== undefined && index >= shown.from && index < shown.to;
              return (
                <div
                  key={index}
                  role="row"
                  aria-rowindex={index + 1}
                  aria-current={current || undefined}
                  className={`diff-row ${row.kind} ${current ? "current" : ""}`}
                  style={{ top: tops[index] }}
                >
                  <RowOf row={row} />
                </div>
              );
            })}
          </div>
        </div>
        <div
          className="diff-sideways"
          aria-hidden="true"
          tabIndex={-1}
          onScroll={(event) => setShift(event.currentTarget.scrollLeft)}
        >
          <div style={{ width: `calc(50% + ${width}ch)` }} />
        </div>
      </div>
      <Ruler stops={stops} rows={rows.length} onGo={onGo} />
    </div>
  );
}
