/** What a tree has to know of a row. */
export interface TreeRow {
  key: string;
  name: string;
  /** From 1. */
  level: number;
  /** Null while there is nothing to open. */
  expanded: boolean | null;
  size: number;
  place: number;
}

interface Stroke {
  key: string;
  timeStamp: number;
}

const TYPING = 700;

/** Where typed letters lead: to the next row whose name starts with them. */
function typeAhead(rows: ReadonlyArray<TreeRow>, at: number, stroke: Stroke, typed: { text: string; at: number }) {
  if (stroke.key.length !== 1 || stroke.key === " ") return null;
  typed.text = stroke.timeStamp - typed.at < TYPING ? typed.text + stroke.key : stroke.key;
  typed.at = stroke.timeStamp;
  const wanted = typed.text.toLowerCase();
  // A first letter moves on; more letters may stay.
  const first = wanted.length === 1 ? 1 : 0;
  for (let step = first; step < rows.length + first; step += 1) {
    const place = (at + step) % rows.length;
    if (rows[place]?.name.toLowerCase().startsWith(wanted)) return place;
  }
  return at;
}

/** The row a key stroke leads to; null when it is none of the tree's keys. */
export function keyTarget(
  rows: ReadonlyArray<TreeRow>,
  at: number,
  stroke: Stroke,
  typed: { text: string; at: number },
): number | null {
  const last = rows.length - 1;
  const level = rows[at]?.level ?? 1;
  switch (stroke.key) {
    case "ArrowDown":
      return Math.min(last, at + 1);
    case "ArrowUp":
      return Math.max(0, at - 1);
    case "Home":
      return 0;
    case "End":
      return last;
    case "PageDown":
      return Math.min(last, at + 15);
    case "PageUp":
      return Math.max(0, at - 15);
    case "ArrowRight":
      return rows[at]?.expanded ? Math.min(last, at + 1) : at;
    case "ArrowLeft": {
      const above = rows.slice(0, at).findLastIndex((row) => row.level < level);
      return above < 0 ? at : above;
    }
    default:
      return typeAhead(rows, at, stroke, typed);
  }
}
