import { backend } from "../backend";
import { toast } from "../components/Toast";
import { closePage, goTo, navigation, openPage } from "../navigation";
import { fileRemoved, fileRestored, followFile, openFile } from "../request/file";
import { standsInFile } from "../request/baseline";
import { changeDraft, duplicate, emptyRequest, requests } from "../request/state";
import { chooseTenant } from "../tenant/state";
import { isWithin, keyOf, parentOf, siblings, type Row } from "./rows";
import { attempted, collectionOf, refreshCollection, tenantOf } from "./state";
import { didInTree } from "./tree_undo";
import { expand, focusRow, isFocused, reveal, treeView } from "./view";

/** A collection and a path in it. */
export interface Spot {
  collection: string;
  path: string;
}

export function spotOf(row: Row): Spot {
  return { collection: row.collection.id, path: row.node?.path ?? "" };
}

/** The folder new things go to: a folder itself, or the one a request stands in. */
export function folderOf(row: Row): Spot {
  const { collection, path } = spotOf(row);
  return { collection, path: row.node && row.node.kind !== "folder" ? parentOf(path) : path };
}

/** Opens a request beside the others. */
export async function openNode(collection: string, path: string): Promise<void> {
  await attempted(async () => {
    const before = new Set(requests.get().list.map((draft) => draft.id));
    await openFile(collection, path);
    goTo("requests");
    reveal(collection, path);
    const { active } = requests.get();
    const tenant = tenantOf(collectionOf(collection));
    if (!active || before.has(active) || !tenant) return;
    changeDraft(active, (draft) => ({ ...draft, tenant }));
    chooseTenant(tenant);
  });
}

/** What Enter and a click do. */
export function openRow(row: Row): void {
  treeView.set({ active: row.key });
  const { collection, path } = spotOf(row);
  if (!row.node && row.collection.problem) openPage({ kind: "broken", collection, path: row.collection.problem.path });
  else if (!row.node && row.collection.nodes.length === 0) showSettings(spotOf(row));
  else if (!row.node || row.node.kind === "folder") expand(row.key, !row.expanded);
  else if (row.node.kind === "broken") openPage({ kind: "broken", collection, path });
  else if (row.node.kind === "request") void openNode(collection, path);
}

export function showSettings({ collection, path }: Spot): void {
  openPage({ kind: "folder", collection, path });
}

/** Makes a request in a folder, opens it and asks for its name. */
export async function newRequest({ collection, path }: Spot): Promise<void> {
  await attempted(async () => {
    const item = {
      name: "New request",
      request: { ...emptyRequest(), authorization: { kind: "inherit" as const } },
      details: { tags: [], variables: [], scripts: [], assertions: [], docs: "" },
    };
    const made = await backend().call("request_create", { collection, folder: path, item, with_secrets: false });
    await refreshCollection(collection);
    await openFile(collection, made);
    goTo("requests");
    reveal(collection, made);
    treeView.set({ renaming: keyOf(collection, made), filter: "" });
  });
}

export async function newFolder({ collection, path }: Spot): Promise<void> {
  await attempted(async () => {
    const made = await backend().call("folder_create", { collection, folder: path, name: "New folder" });
    await refreshCollection(collection);
    reveal(collection, made);
    treeView.set({ renaming: keyOf(collection, made), filter: "" });
  });
}

function follow(collection: string, before: string, after: string, other: string = collection): void {
  const from = keyOf(collection, before);
  const to = keyOf(other, after);
  const { expanded, active } = treeView.get();
  for (const key of expanded) if (key === from || key.startsWith(`${from}/`)) expand(to + key.slice(from.length), true);
  if (active === from) treeView.set({ active: to });
  followFile(collection, before, after, other);
}

export async function renameItem({ collection, path }: Spot, name: string): Promise<void> {
  treeView.set({ renaming: null });
  await attempted(async () => {
    const after = await backend().call("item_rename", { collection, path, name });
    await refreshCollection(collection);
    follow(collection, path, after);
  });
}

export async function duplicateItem({ collection, path }: Spot): Promise<void> {
  await attempted(async () => {
    const copy = await backend().call("item_duplicate", { collection, path });
    await refreshCollection(collection);
    reveal(collection, copy);
  });
}

/** Copies an open request; one with a file gets a file beside it, where it inherits the same. */
export async function duplicateTab(id: string): Promise<void> {
  const draft = requests.get().list.find((one) => one.id === id);
  if (!draft?.file || !collectionOf(draft.file.collection)?.writable) return duplicate(id);
  const { collection, path, changed } = draft.file;
  const { tenant, request, details } = structuredClone(draft);
  await attempted(async () => {
    const copy = await backend().call("item_duplicate", { collection, path });
    await refreshCollection(collection);
    await openFile(collection, copy);
    goTo("requests");
    reveal(collection, copy);
    const opened = requests.get().list.find((one) => standsInFile(one, collection, copy));
    if (opened) changeDraft(opened.id, (now) => ({ ...now, tenant, ...(changed ? { request, details } : {}) }));
  });
}

async function relocate(from: Spot, to: Spot, before?: string): Promise<string> {
  const inTree = isFocused();
  const after = await backend().call("item_move", {
    collection: from.collection,
    path: from.path,
    to_collection: to.collection,
    folder: to.path,
    before,
  });
  // Before the trees, whose change would find the files gone.
  follow(from.collection, from.path, after, to.collection);
  await refreshCollection(from.collection);
  if (from.collection !== to.collection) await refreshCollection(to.collection);
  reveal(to.collection, after);
  // In another folder it is another row, and the one that had the focus is gone.
  if (inTree) focusRow();
  return after;
}

/** The sibling behind a spot of the same kind. */
function nextTo({ collection, path }: Spot): string | undefined {
  const tree = collectionOf(collection);
  if (!tree) return undefined;
  const around = siblings(tree, path);
  const at = around.findIndex((node) => node.path === path);
  const next = around[at + 1];
  return (next?.kind === "folder") === (around[at]?.kind === "folder") ? next?.path : undefined;
}

/** Moves what is at a spot into a folder, before a sibling or to its end; the toast and Ctrl Z move it back. */
export async function moveItem(from: Spot, to: Spot, before?: string): Promise<void> {
  if (from.collection === to.collection && isWithin(to.path, from.path)) return;
  const name = collectionOf(from.collection)?.nodes.find((node) => node.path === from.path)?.name ?? from.path;
  const stood = { collection: from.collection, path: parentOf(from.path) };
  const next = nextTo(from);
  await attempted(async () => {
    const path = await relocate(from, to, before);
    const back = () => attempted(() => relocate({ collection: to.collection, path }, stood, next));
    didInTree(`Moved “${name}”`, () => void back());
  });
}

/** Moves a node up or down among its siblings. */
export async function shiftItem(spot: Spot, by: 1 | -1): Promise<void> {
  const tree = collectionOf(spot.collection);
  if (!tree) return;
  const around = siblings(tree, spot.path);
  const at = around.findIndex((node) => node.path === spot.path);
  const target = at + by;
  if (at < 0 || target < 0 || target >= around.length) return;
  const before = around[by < 0 ? target : target + 1]?.path;
  await moveItem(spot, { collection: spot.collection, path: parentOf(spot.path) }, before);
}

/** Moves what was cut into the folder of a row. */
export async function pasteInto(row: Row): Promise<void> {
  const { cut } = treeView.get();
  if (!cut) return;
  const at = cut.indexOf("/");
  treeView.set({ cut: null });
  await moveItem({ collection: cut.slice(0, at), path: cut.slice(at + 1) }, folderOf(row));
}

async function restore(collection: string, before: string, removal: string): Promise<void> {
  await attempted(async () => {
    const path = await backend().call("item_restore", { removal });
    await fileRestored(collection, before, path);
    await refreshCollection(collection);
    reveal(collection, path);
  });
}

/** The row that takes the place of one that goes: the next, else the one before, else the folder above. */
function heirOf({ collection, path }: Spot): string {
  const tree = collectionOf(collection);
  const around = tree ? siblings(tree, path) : [];
  const at = around.findIndex((node) => node.path === path);
  return (around[at + 1] ?? around[at - 1])?.path ?? parentOf(path);
}

/** Removes at once; the toast and Ctrl Z bring it back. */
export async function removeItem({ collection, path }: Spot, name: string): Promise<void> {
  await attempted(async () => {
    const heir = heirOf({ collection, path });
    const inTree = isFocused();
    const removal = await backend().call("item_remove", { collection, path });
    await refreshCollection(collection);
    treeView.set({ active: keyOf(collection, heir) });
    if (inTree) focusRow();
    fileRemoved(collection, path);
    const { page } = navigation.get();
    if (page && "path" in page && page.collection === collection && isWithin(page.path, path)) closePage();
    didInTree(`Deleted “${name}”`, () => void restore(collection, path, removal));
  });
}

export async function closeCollection(id: string): Promise<void> {
  const name = collectionOf(id)?.name ?? "";
  await attempted(async () => {
    await backend().call("collection_close", { collection: id });
    await refreshCollection(id);
    closePage();
    toast(`Closed “${name}”. Its files stay.`);
  });
}

export async function showInFiles({ collection, path }: Spot): Promise<void> {
  await attempted(() => backend().showInFileManager(collection, path));
}
