import type { FolderItem } from "../bindings/FolderItem";
import type { FolderRead } from "../bindings/FolderRead";
import { backend } from "../backend";
import { toast } from "../components/Toast";
import { createStore, useStore } from "../store";
import type { Typed } from "./KeptVariables";
import { keyOf } from "./rows";
import { handleSaved, type SaveOptions } from "./save_outcome";
import { keepSecrets } from "./secrets";
import { refreshCollection } from "./state";

export interface FolderEdit {
  read: FolderRead;
  /** What it shall say, while that differs. */
  item: FolderItem | null;
  typed: Typed;
}

/** Settings of folders as they were read and edited; they stay when another page is shown. */
export const folderEdits = createStore<Record<string, FolderEdit | undefined>>({});

export function useFolderEdit(collection: string, path: string): FolderEdit | null {
  return useStore(folderEdits, (state) => state[keyOf(collection, path)] ?? null);
}

/** Reads the settings; edits stay, unless they are given up. */
export async function readFolder(collection: string, path: string, giveUp = false): Promise<void> {
  const read = await backend().call("folder_read", { collection, path });
  const key = keyOf(collection, path);
  const before = folderEdits.get()[key];
  const edited = before && (before.item || Object.keys(before.typed).length > 0);
  if (!edited || giveUp) folderEdits.set({ [key]: { read, item: null, typed: {} } });
}

export function editFolder(collection: string, path: string, change: Partial<FolderItem>): void {
  const key = keyOf(collection, path);
  const edit = folderEdits.get()[key];
  if (edit) folderEdits.set({ [key]: { ...edit, item: { ...(edit.item ?? edit.read.item), ...change } } });
}

export function typeSecrets(collection: string, path: string, typed: Typed): void {
  const key = keyOf(collection, path);
  const edit = folderEdits.get()[key];
  if (edit) folderEdits.set({ [key]: { ...edit, typed } });
}

/** Writes the edits of a folder's settings. */
export async function saveFolder(collection: string, path: string): Promise<void> {
  const edit = folderEdits.get()[keyOf(collection, path)];
  if (!edit) return;
  const item = edit.item ?? edit.read.item;
  const order = (options: SaveOptions = {}) =>
    backend().call("folder_save", {
      collection,
      path,
      item,
      version: options.version ?? (edit.read.version || undefined),
      with_secrets: options.with_secrets ?? false,
      move_secrets: options.move_secrets ?? false,
    });
  const became = edit.item ? await handleSaved(await order(), order) : "written";
  if (became === "kept") return;
  if (became === "written") await keepSecrets(edit.typed, item.variables, { collection });
  await readFolder(collection, path, true);
  await refreshCollection(collection);
  if (became === "written") toast(`Saved the settings of ${item.name}`);
}
