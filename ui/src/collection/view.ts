import { createStore } from "../store";
import { keyOf, parentOf } from "./rows";

interface TreeView {
  expanded: ReadonlySet<string>;
  /** The row the keys go to. */
  active: string | null;
  filter: string;
  renaming: string | null;
  /** What Ctrl V moves. */
  cut: string | null;
}

const PLACE = "sluice.expanded";

function remembered(): ReadonlySet<string> {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(PLACE) ?? "[]");
    return new Set(Array.isArray(read) ? read.filter((one) => typeof one === "string") : []);
  } catch {
    return new Set();
  }
}

/** How the tree is shown; what is open is remembered, and harmless when lost. */
export const treeView = createStore<TreeView>({
  expanded: remembered(),
  active: null,
  filter: "",
  renaming: null,
  cut: null,
});

function expandedSet(expanded: ReadonlySet<string>): void {
  treeView.set({ expanded });
  try {
    localStorage.setItem(PLACE, JSON.stringify([...expanded]));
  } catch {
    // A window without storage starts with closed folders.
  }
}

export function expand(key: string, open: boolean): void {
  const { expanded } = treeView.get();
  if (expanded.has(key) === open) return;
  const next = new Set(expanded);
  if (open) next.add(key);
  else next.delete(key);
  expandedSet(next);
}

/** Opens everything above a node and makes it the active row. */
export function reveal(collection: string, path: string): void {
  const next = new Set(treeView.get().expanded);
  if (path) next.add(keyOf(collection, ""));
  for (let up = parentOf(path); up; up = parentOf(up)) next.add(keyOf(collection, up));
  if (next.size !== treeView.get().expanded.size) expandedSet(next);
  treeView.set({ active: keyOf(collection, path) });
}
