import type { HistoryEntry } from "../bindings/HistoryEntry";
import { dayOf, sameDay, type Day } from "./days";

export const ROW = 48;
export const HEADING = 28;
export const PAGE = 100;

export type Pages = ReadonlyMap<number, ReadonlyArray<HistoryEntry>>;

/** A day's heading stands above the row with this index. */
export interface Heading extends Day {
  index: number;
}

export function entryAt(pages: Pages, index: number): HistoryEntry | undefined {
  return pages.get(Math.floor(index / PAGE))?.[index % PAGE];
}

/** Where a new day begins, as far as entries are loaded. */
export function headingsOf(pages: Pages, now = new Date()): Heading[] {
  const headings: Heading[] = [];
  for (const page of [...pages.keys()].toSorted((a, b) => a - b)) {
    for (const [place, entry] of (pages.get(page) ?? []).entries()) {
      const index = page * PAGE + place;
      const before = entryAt(pages, index - 1);
      const begins = before ? !sameDay(before.started_at, entry.started_at) : index === 0;
      if (begins) headings.push({ index, ...dayOf(entry.started_at, now) });
    }
  }
  return headings;
}

/** How many headings stand above the top of a row, its own included. */
function headingsTo(headings: ReadonlyArray<Heading>, index: number): number {
  const next = headings.findIndex((heading) => heading.index > index);
  return next < 0 ? headings.length : next;
}

/** Pixels above a row. */
export function topOf(headings: ReadonlyArray<Heading>, index: number): number {
  return index * ROW + headingsTo(headings, index) * HEADING;
}

export function heightOf(headings: ReadonlyArray<Heading>, count: number): number {
  return count === 0 ? 0 : topOf(headings, count - 1) + ROW;
}

/** The row at a height; its heading belongs to it. */
export function indexAt(headings: ReadonlyArray<Heading>, count: number, y: number): number {
  let low = 0;
  let high = Math.max(0, count - 1);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (topOf(headings, middle) + ROW > y) high = middle;
    else low = middle + 1;
  }
  return low;
}

const BEYOND = 6;

/** The rows in sight and a few beyond: the first one and the one after the last. */
export function windowOf(
  headings: ReadonlyArray<Heading>,
  count: number,
  top: number,
  height: number,
): [from: number, to: number] {
  if (count === 0) return [0, 0];
  const from = Math.max(0, indexAt(headings, count, top) - BEYOND);
  return [from, Math.min(count, indexAt(headings, count, top + height) + BEYOND + 1)];
}
