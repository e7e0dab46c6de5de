import { createStore } from "./store";

export type Place = "start" | "requests" | "tenants" | "history" | "certificates" | "settings";

/** What stands in the workbench in place of a request. */
export type Page =
  | { kind: "broken"; collection: string; path: string }
  | { kind: "folder"; collection: string; path: string }
  | { kind: "environment"; collection: string; environment: string | null; variable?: string }
  | { kind: "globals" };

/** Where the user is. */
export const navigation = createStore<{ place: Place; page: Page | null; palette: boolean }>({
  place: "start",
  page: null,
  palette: false,
});

export function goTo(place: Place): void {
  navigation.set({ place, page: null, palette: false });
}

export function openPage(page: Page): void {
  navigation.set({ place: "requests", page, palette: false });
}

/** The new environment has a name now, or another one; whoever went elsewhere meanwhile stays there. */
export function renamePage(collection: string, before: string | null, environment: string): void {
  const { page } = navigation.get();
  const isShown = page?.kind === "environment" && page.collection === collection && page.environment === before;
  if (isShown) openPage({ kind: "environment", collection, environment });
}

export function closePage(): void {
  if (navigation.get().page) navigation.set({ page: null });
}
