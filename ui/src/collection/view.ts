import { remember, rememberedTexts } from "../remembered";
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

/** How the tree is shown; what is open is remembered, and harmless when lost. */
export const treeView = createStore<TreeView>({
  expanded: new Set(rememberedTexts(PLACE)),
  active: null,
  filter: "",
  renaming: null,
  cut: null,
});

function expandedSet(expanded: ReadonlySet<string>): void {
  treeView.set({ expanded });
  remember(PLACE, [...expanded]);
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

/** Whether the focus is on a row of the tree. */
export function isFocused(): boolean {
  return document.activeElement?.closest('[role="treeitem"]') != null;
}

/** Puts the focus on the active row, once it is drawn. */
export function focusRow(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]')?.focus());
}
