import type { Aligned } from "../bindings/Aligned";
import type { ComparedBodies } from "../bindings/ComparedBodies";
import type { DiffMark } from "../bindings/DiffMark";
import type { ExchangeComparison } from "../bindings/ExchangeComparison";

export type DiffRow =
  | { kind: "head"; name: string; bodies: ComparedBodies }
  | { kind: "none"; text: string }
  | { kind: "equal"; lines: number }
  | { kind: "line"; aligned: Aligned; json: [a: boolean, b: boolean] };

export const LINE = 20;
export const HEAD = 28;
/** Equal lines that stay around a difference when only differences are shown. */
const AROUND = 2;

export const differs = (mark: DiffMark): boolean => mark !== "same" && mark !== "ignored";

function onlyDifferences(lines: ReadonlyArray<Aligned>): Array<Aligned | number> {
  const near = new Uint8Array(lines.length);
  for (const [at, { mark }] of lines.entries()) {
    if (differs(mark)) near.fill(1, Math.max(0, at - AROUND), at + AROUND + 1);
  }
  const kept: Array<Aligned | number> = [];
  for (const [at, line] of lines.entries()) {
    const last = kept.at(-1);
    if (near[at]) kept.push(line);
    else if (typeof last === "number") kept[kept.length - 1] = last + 1;
    else kept.push(1);
  }
  return kept;
}

function ofBodies(name: string, bodies: ComparedBodies, only: boolean): DiffRow[] {
  const json: [boolean, boolean] = [/json/u.test(bodies.a), /json/u.test(bodies.b)];
  const lines = only ? onlyDifferences(bodies.lines) : bodies.lines;
  const rows = lines.map((line): DiffRow =>
    typeof line === "number" ? { kind: "equal", lines: line } : { kind: "line", aligned: line, json },
  );
  const none: DiffRow[] = rows.length === 0 ? [{ kind: "none", text: bodies.note ?? "Neither has a body." }] : [];
  return [{ kind: "head", name, bodies }, ...rows, ...none];
}

/** Both pairs of bodies as rows below each other. */
export function diffRows({ request, answer }: ExchangeComparison, only: boolean): DiffRow[] {
  return [...ofBodies("Request body", request, only), ...ofBodies("Response body", answer, only)];
}

const heightOf = (row: DiffRow): number => (row.kind === "head" ? HEAD : LINE);

/** The top of every row, and behind them the height of all. */
export function topsOf(rows: ReadonlyArray<DiffRow>): number[] {
  const tops = [0];
  for (const row of rows) tops.push((tops.at(-1) ?? 0) + heightOf(row));
  return tops;
}

/** The last row that begins at or above a height. */
export function rowAt(tops: ReadonlyArray<number>, y: number): number {
  let low = 0;
  let high = Math.max(0, tops.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tops[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A difference to jump to: its first row and the one behind its last. */
export interface Stop {
  from: number;
  to: number;
  mark: DiffMark;
}

/** The differences in order, counted as the core does: changed lines each, added and removed ones as a run. */
export function stopsOf(rows: ReadonlyArray<DiffRow>): Stop[] {
  const stops: Stop[] = [];
  for (const [at, row] of rows.entries()) {
    if (row.kind !== "line" || !differs(row.aligned.mark)) continue;
    const { mark } = row.aligned;
    const last = stops.at(-1);
    if (last && last.to === at && last.mark === mark && mark !== "changed") last.to = at + 1;
    else stops.push({ from: at, to: at + 1, mark });
  }
  return stops;
}

export interface Token {
  text: string;
  /** What it is in JSON; absent for anything else. */
  kind: string | null;
  changed: boolean;
}

const JSON_TOKEN =
  /(?<key>"(?:[^"\\]|\\.)*")(?=\s*:)|(?<string>"(?:[^"\\]|\\.)*"?)|(?<literal>\b(?:true|false|null)\b)|(?<number>-?\d[\d.eE+-]*)|(?<punctuation>[[\]{},:]+)/gu;
const LONGEST = 2000;

/** A line cut where its kind changes and where it differs from the other side. */
export function tokensOf(pieces: ReadonlyArray<string>, json: boolean): Token[] {
  const plain = pieces.map((text, place) => ({ text, kind: null, changed: place % 2 === 1 }));
  const text = pieces.join("");
  if (!json || text.length > LONGEST) return plain.filter((token) => token.text !== "");
  const kinds: Array<{ end: number; kind: string | null }> = [];
  let at = 0;
  for (const found of text.matchAll(JSON_TOKEN)) {
    if (found.index > at) kinds.push({ end: found.index, kind: null });
    at = found.index + found[0].length;
    kinds.push({ end: at, kind: Object.entries(found.groups ?? {}).find(([, one]) => one !== undefined)?.[0] ?? null });
  }
  if (at < text.length) kinds.push({ end: text.length, kind: null });
  const tokens: Token[] = [];
  let begin = 0;
  let next = 0;
  for (const piece of plain) {
    const end = begin + piece.text.length;
    while (begin < end) {
      while ((kinds[next]?.end ?? end) <= begin) next += 1;
      const stop = Math.min(end, kinds[next]?.end ?? end);
      tokens.push({ text: text.slice(begin, stop), kind: kinds[next]?.kind ?? null, changed: piece.changed });
      begin = stop;
    }
  }
  return tokens;
}
