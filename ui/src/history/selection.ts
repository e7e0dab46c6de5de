import type { HistoryEntry } from "../bindings/HistoryEntry";
import { entryAt, PAGE } from "./geometry";
import { activeEntry, history, loadPage } from "./state";

/** Makes a row the one the preview shows. */
export function activate(index: number): void {
  const { count } = history.get();
  const active = Math.max(0, Math.min(count - 1, index));
  history.set({ active, anchor: active });
  void loadPage(Math.floor(active / PAGE));
}

/** Takes a row into the selection, or out of it. */
export function toggle(index: number): void {
  const { pages, selected } = history.get();
  const entry = entryAt(pages, index);
  if (!entry) return;
  const next = new Set(selected);
  if (!next.delete(entry.id)) next.add(entry.id);
  history.set({ selected: next, active: index, anchor: index });
}

/** Selects everything from where the range began to a row; pages between are read first. */
export async function selectTo(index: number): Promise<void> {
  const { anchor, count, turn } = history.get();
  const to = Math.max(0, Math.min(count - 1, index));
  const [first, last] = [Math.min(anchor, to), Math.max(anchor, to)];
  history.set({ active: to });
  const pages = Array.from({ length: Math.floor(last / PAGE) - Math.floor(first / PAGE) + 1 }, (_, at) => at);
  await Promise.all(pages.map((at) => loadPage(Math.floor(first / PAGE) + at)));
  const now = history.get();
  if (now.turn !== turn || now.active !== to) return;
  const ids = Array.from({ length: last - first + 1 }, (_, at) => entryAt(now.pages, first + at)?.id);
  history.set({ selected: new Set(ids.filter((id) => id !== undefined)) });
}

export function clearSelection(): void {
  history.set({ selected: new Set(), partner: null });
}

/** What an action of the list works on: the selection, or the row the preview shows. */
export function chosen(): string[] {
  const { selected } = history.get();
  if (selected.size > 0) return [...selected];
  const active = activeEntry();
  return active ? [active.id] : [];
}

/** The two that C compares: both selected ones, or a selected one and the one in the preview; the older first. */
export function pair(): [string, string] | null {
  const { selected, pages } = history.get();
  const active = activeEntry();
  const ids = selected.size === 1 && active ? new Set([...selected, active.id]) : selected;
  const [one, other] = [...ids];
  if (ids.size !== 2 || one === undefined || other === undefined) return null;
  const all: HistoryEntry[] = [...pages.values()].flat();
  const at = (id: string) => all.findIndex((entry) => entry.id === id);
  return at(one) > at(other) ? [one, other] : [other, one];
}
