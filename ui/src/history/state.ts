import { backend, failureOf } from "../backend";
import type { Error as Failure } from "../bindings/Error";
import type { HistoryEntry } from "../bindings/HistoryEntry";
import type { HistoryFacets } from "../bindings/HistoryFacets";
import type { HistoryPage } from "../bindings/HistoryPage";
import type { HistoryTerm } from "../bindings/HistoryTerm";
import { createStore } from "../store";
import { entryAt, PAGE, type Pages } from "./geometry";
import { queryOf, takeTerms } from "./query";

/** How long typing rests before it is searched for, in milliseconds. */
export const SEARCH_AFTER = 120;
/** Pages further away are read again when they come into sight. */
const MOST_PAGES = 40;

interface History {
  /** Complete terms of the query. */
  chips: ReadonlyArray<string>;
  /** What is typed behind them. */
  rest: string;
  /** The query the entries answer; absent before the first answer. */
  text: string | null;
  count: number;
  total: number;
  took: number;
  terms: ReadonlyArray<HistoryTerm>;
  pages: Pages;
  facets: HistoryFacets | null;
  failure: Failure | null;
  /** Grows when the list starts anew at its top. */
  turn: number;
  /** Entries that came since and are not shown yet. */
  fresh: number;
  active: number;
  selected: ReadonlySet<string>;
  /** Where a range of the selection begins. */
  anchor: number;
  /** The entry another one is chosen for, to be compared with, and the side it stays on. */
  partner: { entry: HistoryEntry; side: "A" | "B" } | null;
}

const EMPTY: History = {
  chips: [],
  rest: "",
  text: null,
  count: 0,
  total: 0,
  took: 0,
  terms: [],
  pages: new Map(),
  facets: null,
  failure: null,
  turn: 0,
  fresh: 0,
  active: 0,
  selected: new Set(),
  anchor: 0,
  partner: null,
};

export const history = createStore<History>(EMPTY);

// Only the newest question's answer counts.
let asked = 0;
let waiting: ReturnType<typeof setTimeout> | undefined;
const underWay = new Set<number>();
/** What the list shows now; the list says so itself. */
export const sight = { from: 0, to: 0, top: 0 };

export function queryText(): string {
  const { chips, rest } = history.get();
  return queryOf(chips, rest);
}

const read = (text: string, offset: number, count = PAGE): Promise<HistoryPage> =>
  backend().call("history_search", { text, offset, count });

function answered(page: HistoryPage): Partial<History> {
  const { count, total, took_ms, terms } = page;
  return { count, total, took: took_ms, terms, failure: null, fresh: 0 };
}

async function readFacets(text: string, mine: number): Promise<void> {
  const facets = await backend().call("history_facets", { text, offset: 0, count: 0 });
  if (mine === asked) history.set({ facets });
}

/** Searches for the query as it is now; the list starts at its top. */
export async function search(): Promise<void> {
  clearTimeout(waiting);
  asked += 1;
  const mine = asked;
  const text = queryText();
  try {
    const page = await read(text, 0);
    if (mine !== asked) return;
    underWay.clear();
    const pages = new Map([[0, page.entries]]);
    history.set((now) => ({ ...answered(page), text, pages, turn: now.turn + 1, active: 0, anchor: 0 }));
    await readFacets(text, mine);
  } catch (thrown) {
    if (mine === asked) history.set({ failure: failureOf(thrown) });
  }
}

/** Where an entry of the list before stands in the new one: new ones above it moved it down. */
function placeNow(before: History, at: number, page: number, found: HistoryPage): number {
  const id = entryAt(before.pages, at)?.id;
  const place = found.entries.findIndex((entry) => entry.id === id);
  const moved = place < 0 ? at + Math.max(0, found.count - before.count) : page * PAGE + place;
  return Math.min(moved, Math.max(0, found.count - 1));
}

/** Reads what is in sight anew, without moving it. */
export async function refresh(): Promise<void> {
  asked += 1;
  const mine = asked;
  const text = queryText();
  const page = Math.floor(sight.from / PAGE);
  try {
    const found = await read(text, page * PAGE);
    if (mine !== asked) return;
    underWay.clear();
    history.set((now) => ({
      ...answered(found),
      text,
      pages: new Map([[page, found.entries]]),
      active: placeNow(now, now.active, page, found),
      anchor: placeNow(now, now.anchor, page, found),
    }));
    await readFacets(text, mine);
  } catch (thrown) {
    if (mine === asked) history.set({ failure: failureOf(thrown) });
  }
}

function nearest(pages: Map<number, ReadonlyArray<HistoryEntry>>, page: number): Pages {
  if (pages.size <= MOST_PAGES) return pages;
  const far = [...pages.keys()].toSorted((a, b) => Math.abs(a - page) - Math.abs(b - page)).slice(MOST_PAGES);
  for (const one of far) pages.delete(one);
  return pages;
}

/** Reads a page of the list, unless it is there or under way. */
export async function loadPage(page: number): Promise<void> {
  const { text, pages, fresh, count } = history.get();
  if (text === null || pages.has(page) || underWay.has(page)) return;
  const mine = asked;
  underWay.add(page);
  try {
    // New entries stand before all others and move them down.
    const found = await read(text, page * PAGE + fresh);
    if (mine !== asked) return;
    underWay.delete(page);
    const came = found.count - count;
    if (came > fresh) {
      history.set({ fresh: came });
      return await loadPage(page);
    }
    history.set((now) => ({ pages: nearest(new Map([...now.pages, [page, found.entries]]), page) }));
  } catch (thrown) {
    if (mine !== asked) return;
    underWay.delete(page);
    history.set({ failure: failureOf(thrown) });
  }
}

/** Something was sent: at its top the list takes it in, elsewhere it says how much is new. */
export async function notice(): Promise<void> {
  const { text, count } = history.get();
  if (text === null) return search();
  if (sight.top < 4) return refresh();
  const mine = asked;
  const page = await read(text, 0, 1).catch(() => null);
  if (page && mine === asked) history.set({ fresh: Math.max(0, page.count - count) });
}

/** Changes the query at once on the screen, and searches when the typing rests. */
export function typeQuery(rest: string): void {
  const taken = takeTerms(rest);
  history.set((now) => ({ chips: [...now.chips, ...taken.chips], rest: taken.rest, selected: new Set() }));
  clearTimeout(waiting);
  waiting = setTimeout(() => void search(), SEARCH_AFTER);
}

/** Replaces the terms of the query. */
export function setChips(chips: ReadonlyArray<string>, rest = history.get().rest): void {
  history.set({ chips, rest, selected: new Set() });
  void search();
}

/** The last chip becomes text again. */
export function editLastChip(): void {
  const { chips, rest } = history.get();
  const last = chips.at(-1);
  if (last === undefined) return;
  history.set({ chips: chips.slice(0, -1), rest: rest ? `${last} ${rest}` : last });
}

export function clearQuery(): void {
  setChips([], "");
}

export function activeEntry(): HistoryEntry | undefined {
  const { pages, active } = history.get();
  return entryAt(pages, active);
}

/** An entry that was changed takes its place in the list; what was found in it stays. */
export function putEntry(entry: HistoryEntry): void {
  history.set((now) => ({
    pages: new Map(
      [...now.pages].map(([page, entries]) => [
        page,
        entries.map((one) => (one.id === entry.id ? { ...entry, found: one.found } : one)),
      ]),
    ),
  }));
}

/** As if nobody had looked yet; for tests. */
export function forgetHistory(): void {
  clearTimeout(waiting);
  asked += 1;
  underWay.clear();
  Object.assign(sight, { from: 0, to: 0, top: 0 });
  history.set(EMPTY);
}
