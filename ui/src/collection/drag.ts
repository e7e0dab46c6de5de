import { parentOf, siblings, type Row } from "./rows";
import type { Spot } from "./actions";
import { spotOf } from "./actions";

export type Zone = "before" | "into" | "after";

/** Where on a row the mouse stands: a folder takes in, a request has a place before and after. */
export function zoneOf(row: Row, share: number): Zone {
  if (!row.node) return "into";
  if (row.node.kind === "folder") return share < 0.25 ? "before" : "into";
  return share < 0.5 ? "before" : "after";
}

/** The folder and sibling a drop means. */
export function targetOf(row: Row, zone: Zone): { to: Spot; before: string | undefined } {
  const { collection, path } = spotOf(row);
  if (zone === "into") return { to: { collection, path }, before: undefined };
  const to = { collection, path: parentOf(path) };
  if (zone === "before") return { to, before: path };
  const around = siblings(row.collection, path);
  return { to, before: around[around.findIndex((node) => node.path === path) + 1]?.path };
}
