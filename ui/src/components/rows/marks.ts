import type { RowSpan } from "./model";

/** A piece of a row that stands out, in UTF-16 units. */
export interface Mark {
  from: number;
  length: number;
  /** Whether it is the one that was gone to. */
  on: boolean;
}

export interface Piece extends RowSpan {
  /** Where it begins in its row. */
  from: number;
  mark: "" | "mark" | "mark-on";
}

/** Finds what stands out in the text of a row. */
export type Matcher = (text: string) => ReadonlyArray<readonly [from: number, length: number]>;

/** Cuts the spans of a row where marks begin and end. */
export function piecesOf(spans: ReadonlyArray<RowSpan>, marks: ReadonlyArray<Mark>): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  for (const span of spans) {
    const end = start + span.text.length;
    const inside = marks.filter((mark) => mark.from < end && mark.from + mark.length > start);
    const cuts = inside.flatMap((mark) => [mark.from, mark.from + mark.length]);
    const edges = [...new Set([start, ...cuts.filter((cut) => cut > start && cut < end), end])].toSorted(
      (one, other) => one - other,
    );
    for (let place = 0; place + 1 < edges.length; place += 1) {
      const from = edges[place] ?? start;
      const to = edges[place + 1] ?? end;
      const over = inside.filter((mark) => mark.from <= from && mark.from + mark.length >= to);
      const mark = over.some((one) => one.on) ? "mark-on" : over.length > 0 ? "mark" : "";
      pieces.push({ kind: span.kind, text: span.text.slice(from - start, to - start), from, mark });
    }
    start = end;
  }
  return pieces;
}
