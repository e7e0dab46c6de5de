import { backend } from "../backend";
import type { Draft } from "../bindings/Draft";
import type { DraftFile } from "../bindings/DraftFile";
import type { RequestItem } from "../bindings/RequestItem";
import type { RequestRead } from "../bindings/RequestRead";
import type { Saved } from "../bindings/Saved";
import { collectionOf, targetOf } from "../collection/state";
import { createStore, useStore } from "../store";
import { itemOf, keepBaseline, same, saysTheSame, standsInFile } from "./baseline";
import { itemText } from "./item_text";
import { activate, changeClosed, changeDraft, openRequest, requests, reopen } from "./state";

/** A file that says something else than it did when the draft was opened. */
export interface Conflict {
  /** What the file says now; absent when it is gone or broken. */
  theirs: RequestRead | null;
  /** What a refused save would have written, and for which edits. */
  refused: { item: RequestItem; ours: string } | null;
  /** Both texts, as soon as somebody asked for them. */
  texts: { theirs: string; ours: string; rendered: boolean } | null;
}

/** Which drafts are at odds with their file. */
export const conflicts = createStore<Record<string, Conflict | undefined>>({});

export function useConflict(draft: string): Conflict | null {
  return useStore(conflicts, (state) => state[draft] ?? null);
}

function draftsOf(collection: string): Draft[] {
  return requests.get().list.filter((draft) => draft.file?.collection === collection);
}

function readOf({ collection, path }: DraftFile): Promise<RequestRead | null> {
  return backend()
    .call("request_read", { collection, path })
    .catch(() => null);
}

function find(id: string): Draft | undefined {
  return requests.get().list.find((draft) => draft.id === id);
}

/** Puts what a file says into a draft, which is then unchanged. */
export function takeFile(id: string, collection: string, path: string, read: RequestRead): void {
  keepBaseline(id, read.item);
  conflicts.set({ [id]: undefined });
  changeDraft(id, (draft) => ({
    ...draft,
    title: read.item.name,
    request: read.item.request,
    details: read.item.details,
    file: { collection, path, version: read.version, changed: false },
  }));
}

/** Shows the open draft of a file, one that was closed with edits, or reads the file into a new tab. */
export async function openFile(collection: string, path: string): Promise<void> {
  const open = requests.get().list.find((draft) => standsInFile(draft, collection, path));
  if (open) return activate(open.id);
  const aside = requests.get().closed.find((draft) => standsInFile(draft, collection, path) && draft.file?.changed);
  if (aside) {
    reopen(aside.id);
    return reloadFile(collection);
  }
  const read = await backend().call("request_read", { collection, path });
  // The answer may come after a second click.
  const meanwhile = requests.get().list.find((draft) => standsInFile(draft, collection, path));
  if (meanwhile) return activate(meanwhile.id);
  const id = openRequest({
    ...targetOf(collectionOf(collection)),
    title: read.item.name,
    request: read.item.request,
    details: read.item.details,
    file: { collection, path, version: read.version, changed: false },
  });
  keepBaseline(id, read.item);
}

function moved(path: string, before: string, after: string): string | null {
  if (path === before) return after;
  return path.startsWith(`${before}/`) ? `${after}${path.slice(before.length)}` : null;
}

/** Drafts follow a file or folder that was renamed or moved, to another collection perhaps. */
export function followFile(collection: string, before: string, after: string, to: string = collection): void {
  const follow = (draft: Draft): Draft => {
    const path = draft.file?.collection === collection ? moved(draft.file.path, before, after) : null;
    return draft.file && path !== null ? { ...draft, file: { ...draft.file, collection: to, path } } : draft;
  };
  for (const draft of draftsOf(collection)) {
    if (follow(draft) !== draft) changeDraft(draft.id, follow);
  }
  changeClosed(follow);
  // Renaming changes what the file says as well.
  void reloadFile(to);
}

// What drafts stood in that lost their file in this run, for when the removal is undone.
const lost = new Map<string, DraftFile>();

/** The file or folder is gone: its drafts stay, without a file. */
export function fileRemoved(collection: string, path: string): void {
  const leave = (draft: Draft): Draft => {
    const gone = draft.file?.collection === collection && moved(draft.file.path, path, path) !== null;
    return gone ? { ...draft, file: null } : draft;
  };
  for (const draft of draftsOf(collection)) {
    if (leave(draft) === draft || !draft.file) continue;
    lost.set(draft.id, draft.file);
    conflicts.set({ [draft.id]: undefined });
    changeDraft(draft.id, leave);
  }
  changeClosed(leave);
}

/** A file that is back as it was takes its draft back. */
async function reattach(id: string, file: DraftFile): Promise<void> {
  const draft = find(id);
  if (!draft || draft.file) return void lost.delete(id);
  const read = await readOf(file);
  if (!read || find(id)?.file !== null) return;
  if (read.version !== file.version && !saysTheSame(id, read.item)) return;
  lost.delete(id);
  keepBaseline(id, read.item);
  changeDraft(id, (now) => ({ ...now, file: { ...file, version: read.version } }));
}

/** The file or folder is back, perhaps under another name: its drafts get it back. */
export async function fileRestored(collection: string, before: string, after: string): Promise<void> {
  for (const [id, file] of lost) {
    const path = file.collection === collection ? moved(file.path, before, after) : null;
    if (path !== null) lost.set(id, { ...file, path });
  }
  await reloadFile(collection);
}

function nameVersion(id: string, version: string): void {
  if (find(id)?.file?.version === version) return;
  changeDraft(id, (draft) => (draft.file ? { ...draft, file: { ...draft.file, version } } : draft));
}

async function look({ id, file }: Draft): Promise<void> {
  if (!file) return;
  const { collection, path, version } = file;
  const read = await readOf(file);
  const now = find(id)?.file;
  // Meanwhile it may have been saved, moved or closed.
  if (!now || now.version !== version || now.path !== path) return;
  if (read && (read.version === version || saysTheSame(id, read.item))) {
    keepBaseline(id, read.item);
    conflicts.set({ [id]: undefined });
    nameVersion(id, read.version);
  } else if (read && !now.changed) takeFile(id, collection, path, read);
  else if (read || now.changed)
    conflicts.set((all) => ({ [id]: { theirs: read, refused: all[id]?.refused ?? null, texts: null } }));
}

/** The files of a collection changed: drafts without edits take that silently, the others say so. */
export async function reloadFile(collection: string): Promise<void> {
  const back = [...lost].filter(([, file]) => file.collection === collection);
  await Promise.all([...draftsOf(collection).map(look), ...back.map(([id, file]) => reattach(id, file))]);
}

/** Looks after every draft with a file, once at start. */
export async function reloadFiles(): Promise<void> {
  const open = new Set(requests.get().list.flatMap((draft) => (draft.file ? [draft.file.collection] : [])));
  await Promise.all([...open].map(reloadFile));
}

// Saving may have moved secrets to the keyring, so that the file says it in other words.
async function takeSaved(id: string, sent: RequestItem, version: string): Promise<void> {
  const file = find(id)?.file;
  const read = file ? await readOf(file) : null;
  const draft = find(id);
  if (!read || !draft?.file || read.version !== version || draft.file.version !== version) return;
  if (same(itemOf(draft), sent) && !same(read.item, sent)) takeFile(id, draft.file.collection, draft.file.path, read);
}

/** What became of saving a draft, put into the draft and the conflicts. */
export async function settleSave(id: string, sent: RequestItem, saved: Saved): Promise<void> {
  const file = find(id)?.file;
  if (!file || saved.outcome === "secrets") return;
  if (saved.outcome === "written") {
    keepBaseline(id, sent);
    conflicts.set({ [id]: undefined });
    // What was typed while saving stays an edit.
    changeDraft(id, (draft) => ({
      ...draft,
      file: { collection: file.collection, path: saved.path, version: saved.version, changed: false },
    }));
    await takeSaved(id, sent, saved.version);
    return;
  }
  const read = await readOf(file);
  conflicts.set({ [id]: { theirs: read, refused: { item: sent, ours: saved.ours }, texts: null } });
}

/** Shows what the file says beside the draft's edits; only reads. */
export async function compareTexts(id: string): Promise<void> {
  const file = find(id)?.file;
  if (!file || !conflicts.get()[id]) return;
  const { collection, path } = file;
  const [read, text] = await Promise.all([readOf(file), backend().call("file_text", { collection, path })]);
  const draft = find(id);
  const conflict = conflicts.get()[id];
  if (!draft?.file || !conflict || draft.file.path !== path) return;
  const item = itemOf(draft);
  const { refused } = conflict;
  // What a save would have written is known only for the edits it was tried with.
  const ours = refused && same(refused.item, item) ? refused.ours : null;
  const texts = { theirs: text.text, ours: ours ?? itemText(item), rendered: ours === null };
  conflicts.set({ [id]: { ...conflict, theirs: read ?? conflict.theirs, texts } });
}

/** Ends comparing; the conflict stays. */
export function hideTexts(id: string): void {
  const conflict = conflicts.get()[id];
  if (conflict) conflicts.set({ [id]: { ...conflict, texts: null } });
}

/** The draft's edits stay and win at the next save. */
export function keepMine(id: string): void {
  const theirs = conflicts.get()[id]?.theirs;
  conflicts.set({ [id]: undefined });
  if (!theirs) return;
  keepBaseline(id, theirs.item);
  nameVersion(id, theirs.version);
}

/** The file wins; the draft's edits can be undone back. */
export function takeTheirs(id: string): void {
  const theirs = conflicts.get()[id]?.theirs;
  const file = find(id)?.file;
  if (theirs && file) takeFile(id, file.collection, file.path, theirs);
}
