import { backend, failureOf } from "../backend";
import type { Error as Failure } from "../bindings/Error";
import { handleSaved, type SaveOptions } from "../collection/save_outcome";
import { refreshCollection } from "../collection/state";
import { toast } from "../components/Toast";
import { createStore, useStore } from "../store";
import { itemOf } from "./baseline";
import { settleSave, takeFile } from "./file";
import { requests } from "./state";

interface Saving {
  /** The draft that is asked where it belongs. */
  asking: string | null;
  /** Why the last save or paste of a draft did not work. */
  failures: Record<string, Failure | undefined>;
}

export const saving = createStore<Saving>({ asking: null, failures: {} });

// Of one draft only one save is under way; a second Ctrl S during it waits for nothing.
const underWay = new Set<string>();

/** Says above a request what did not work, or no longer. */
export function tellFailure(id: string, failure: Failure | undefined): void {
  saving.set((now) => ({ failures: { ...now.failures, [id]: failure } }));
}

export function useDraftFailure(id: string): Failure | null {
  return useStore(saving, (state) => state.failures[id] ?? null);
}

async function write(id: string): Promise<void> {
  const draft = requests.get().list.find((one) => one.id === id);
  if (!draft?.file) return;
  const { collection, path, version } = draft.file;
  const item = itemOf(draft);
  const order = { collection, path, item, version, with_secrets: false, move_secrets: false };
  let saved = await backend().call("request_save", order);
  // A changed file is decided in the banner above the request, where the edits can be looked at.
  if (saved.outcome === "secrets") {
    const again = async (options: SaveOptions) => {
      saved = await backend().call("request_save", { ...order, ...options });
      return saved;
    };
    const end = await handleSaved(saved, again);
    if (end === "theirs")
      return takeFile(id, collection, path, await backend().call("request_read", { collection, path }));
    if (end === "kept") return;
  }
  await settleSave(id, item, saved);
  if (saved.outcome === "written") toast(`Saved ${item.name}`);
}

/** Writes a draft to its file, or asks where it belongs. */
export async function saveRequest(id: string): Promise<void> {
  const draft = requests.get().list.find((one) => one.id === id);
  if (!draft || underWay.has(id)) return;
  if (!draft.file) return saving.set({ asking: id });
  underWay.add(id);
  try {
    await write(id);
    tellFailure(id, undefined);
  } catch (thrown) {
    tellFailure(id, failureOf(thrown));
  } finally {
    underWay.delete(id);
  }
}

/** Makes a file of a draft in a collection. */
export async function createFrom(id: string, collection: string, folder: string, name: string): Promise<void> {
  const draft = requests.get().list.find((one) => one.id === id);
  if (!draft) return;
  const item = { ...itemOf(draft), name };
  const path = await backend().call("request_create", { collection, folder, item, with_secrets: false });
  takeFile(id, collection, path, await backend().call("request_read", { collection, path }));
  void refreshCollection(collection);
  toast(`Saved ${name}`);
}
