import type { Folds } from "./folds";

/** Height of a row that is not wrapped. */
export const ROW = 20;

/** The place at the upper edge: a row and how many of its pixels are above. */
export interface Position {
  row: number;
  offset: number;
}

/** What positions are reckoned in. Whole heights are never summed: 28 million rows have none a browser can lay out. */
export interface Space {
  total: number;
  viewport: number;
  folds: Folds;
  heightOf(row: number): number;
}

const START: Position = { row: 0, offset: 0 };

/** The position that shows a row with a distance above it. */
export function placeBelow(space: Space, row: number, above: number): Position {
  let at = row;
  let left = above;
  while (at > 0 && left > 0) {
    at = space.folds.previous(at);
    left -= space.heightOf(at);
  }
  return left > 0 ? START : { row: at, offset: -left };
}

/** The last position there is. */
export function endPosition(space: Space): Position {
  if (space.total === 0) return START;
  const last = space.folds.shown(space.total - 1);
  return placeBelow(space, last, space.viewport - space.heightOf(last));
}

function isBehind(one: Position, other: Position): boolean {
  return one.row > other.row || (one.row === other.row && one.offset > other.offset);
}

/** The same position, or the end when it is behind that. */
export function within(space: Space, at: Position): Position {
  const row = Math.max(0, space.folds.shown(Math.min(at.row, space.total - 1)));
  const whole = row === at.row ? at : { row, offset: 0 };
  const end = endPosition(space);
  return isBehind(whole, end) ? end : whole;
}

/** The position some pixels further down, or up when negative. */
export function moveBy(space: Space, at: Position, pixels: number): Position {
  let { row } = at;
  let offset = at.offset + pixels;
  while (offset < 0 && row > 0) {
    row = space.folds.previous(row);
    offset += space.heightOf(row);
  }
  while (offset >= space.heightOf(row)) {
    const next = space.folds.next(row);
    if (next >= space.total) break;
    offset -= space.heightOf(row);
    row = next;
  }
  return within(space, { row, offset: Math.max(0, offset) });
}

/** The rows that are seen from a position, and where each begins. */
export function rowsFrom(space: Space, at: Position): number[] {
  const rows: number[] = [];
  let { row } = at;
  let y = -at.offset;
  while (row < space.total && y < space.viewport) {
    rows.push(row);
    y += space.heightOf(row);
    row = space.folds.next(row);
  }
  return rows;
}

/** The least movement that shows a row wholly; a row far away comes to the middle. */
export function positionShowing(space: Space, at: Position, row: number): Position {
  if (row === at.row) return { row, offset: 0 };
  if (row < at.row) {
    const near = space.folds.next(row) === at.row;
    return near ? { row, offset: 0 } : within(space, placeBelow(space, row, space.viewport / 3));
  }
  let y = -at.offset;
  let one = at.row;
  while (one < row && y < space.viewport * 1.5) {
    y += space.heightOf(one);
    one = space.folds.next(one);
  }
  if (one !== row) return within(space, placeBelow(space, row, space.viewport / 3));
  if (y + space.heightOf(row) <= space.viewport) return at;
  return within(space, placeBelow(space, row, space.viewport - space.heightOf(row)));
}
