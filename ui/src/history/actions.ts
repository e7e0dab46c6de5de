import { backend, failureOf } from "../backend";
import { toast } from "../components/Toast";
import { count as counted } from "../format/time";
import { createStore } from "../store";
import { closeComparison, compare, compared } from "./compared";
import { chosen, clearSelection, pair } from "./selection";
import { activeEntry, history, putEntry, queryText, refresh, search } from "./state";

/** What is asked before it is deleted for good. */
export type Removal = { kind: "some"; exchanges: string[] } | { kind: "found"; text: string } | { kind: "all" };

export const removal = createStore<{ asking: Removal | null }>({ asking: null });

async function attempted(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
    history.set({ failure: null });
  } catch (thrown) {
    history.set({ failure: failureOf(thrown) });
  }
}

/** Deletes for good. */
export async function remove(what: Removal): Promise<void> {
  const gone = await backend().call("history_remove", what);
  removal.set({ asking: null });
  const { pair } = compared.get();
  if (what.kind !== "some" || pair?.some((id) => what.exchanges.includes(id))) closeComparison();
  clearSelection();
  await (what.kind === "some" ? refresh() : search());
  toast(`Deleted ${counted(gone, "exchange")}`);
}

/** Deletes one at once; more than one only after a question, because nothing brings them back. */
export function removeChosen(ids: string[] = chosen()): void {
  if (ids.length === 0) return;
  const what: Removal = { kind: "some", exchanges: ids };
  if (ids.length === 1) void attempted(() => remove(what));
  else removal.set({ asking: what });
}

export function removeFound(): void {
  removal.set({ asking: { kind: "found", text: queryText() } });
}

export function exportHar(ids: string[] = chosen()): Promise<void> {
  return attempted(async () => {
    const path = ids.length > 0 ? await backend().historyExport(ids) : null;
    if (path) toast(`Saved to ${path}`);
  });
}

/** Copies what was sent as a curl command, secrets left out. */
export function copyAsCurl(exchange: string): Promise<void> {
  return attempted(async () => {
    const kept = await backend().call("history_read", { exchange });
    const { request: written, sent_body } = kept.exchange;
    const body = sent_body ?? written.body;
    const request = { ...written, body, url: kept.entry.url, parameters: [], path_parameters: [] };
    await backend().clipboardCopy(await backend().call("curl_of", { request }));
    toast("Copied as cURL, without secrets");
  });
}

export function changeEntry(exchange: string, change: { pinned?: boolean; note?: string }): Promise<void> {
  return attempted(async () => putEntry(await backend().call("history_change", { exchange, ...change })));
}

/** Compares the two that are chosen; with one of them only, the other is asked for. */
export function compareChosen(): void {
  const two = pair();
  if (!two) return compareWith();
  compare(...two);
}

/** The next row that is chosen is compared with this one. */
export function compareWith(entry = activeEntry()): void {
  if (entry) history.set({ partner: { entry, side: "A" }, selected: new Set() });
}

/** Asks for another exchange in place of one side. */
export function changeSide(letter: "A" | "B"): void {
  const { pair } = compared.get();
  if (!pair) return;
  void attempted(async () => {
    const stays = letter === "A" ? pair[1] : pair[0];
    const { entry } = await backend().call("history_read", { exchange: stays });
    history.set({ partner: { entry, side: letter === "A" ? "B" : "A" }, selected: new Set() });
    closeComparison();
  });
}

/** Whether a row was taken as the other side of what waits to be compared. */
export function takeAsPartner(id: string): boolean {
  const { partner } = history.get();
  if (!partner || partner.entry.id === id) return false;
  const stays = partner.entry.id;
  clearSelection();
  if (partner.side === "A") compare(stays, id);
  else compare(id, stays);
  return true;
}
