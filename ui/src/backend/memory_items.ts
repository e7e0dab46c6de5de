import type { Input, OperationName, Output } from "./backend";
import { folderItem, slug } from "./memory_collection_story";
import {
  below,
  free,
  mended,
  outcome,
  parentOf,
  refuse,
  renamed,
  subtree,
  within,
  written,
  type Shelf,
} from "./memory_shelf";
import { request } from "./memory_story";

export type ItemOperation = Extract<
  OperationName,
  "request_read" | "request_save" | "request_create" | `folder_${string}` | `item_${string}` | `file_${string}`
>;

/** Requests, folders and their files. */
export function memoryItems(shelf: Shelf): { [K in ItemOperation]: (input: Input<K>) => Output<K> } {
  const { find, entry, insert, changed, removed } = shelf;
  return {
    request_read: (input) => {
      const found = entry(input.collection, input.path);
      if (!found.item) throw refuse("invalid_input", `${input.path} is no request.`);
      return { item: found.item, version: String(found.version) };
    },
    request_save: (input) => {
      const found = entry(input.collection, input.path);
      const stop = outcome(input.version ?? undefined, found.version, input.item, found.item, input);
      if (stop) return stop;
      found.item = mended(input.item, input.move_secrets);
      found.name = input.item.name;
      found.version += 1;
      changed(input.collection);
      return written(found.path, found.version);
    },
    request_create: (input) => {
      const kept = find(input.collection);
      const path = free(kept, input.folder, input.item.name, ".yml");
      const item = mended(input.item, !input.with_secrets);
      insert(kept, input.folder, [{ path, kind: "request", name: item.name, item, version: 1 }]);
      return path;
    },
    folder_read: (input) => {
      const kept = find(input.collection);
      if (!input.path) return { item: kept.root, version: String(kept.version) };
      const found = entry(input.collection, input.path);
      return { item: found.folder ?? folderItem(found.name), version: String(found.version) };
    },
    folder_save: (input) => {
      const kept = find(input.collection);
      const found = input.path ? entry(input.collection, input.path) : null;
      const now = found?.version ?? kept.version;
      const stop = outcome(input.version ?? undefined, now, input.item, found ? found.folder : kept.root, input);
      if (stop) return stop;
      const item = mended(input.item, input.move_secrets);
      if (found) Object.assign(found, { folder: item, name: item.name, version: now + 1 });
      else Object.assign(kept, { root: item, name: item.name, version: now + 1 });
      changed(kept.id);
      return written(input.path, now + 1);
    },
    folder_create: (input) => {
      const kept = find(input.collection);
      const path = free(kept, input.folder, input.name, "");
      insert(kept, input.folder, [
        { path, kind: "folder", name: input.name, folder: folderItem(input.name), version: 1 },
      ]);
      return path;
    },
    item_rename: (input) => {
      const kept = find(input.collection);
      const found = entry(input.collection, input.path);
      const end = found.kind === "folder" ? "" : ".yml";
      const same = below(parentOf(input.path), slug(input.name) + end) === input.path;
      const path = same ? input.path : free(kept, parentOf(input.path), input.name, end);
      kept.entries = kept.entries.map((one) => {
        if (!within(one.path, input.path)) return one;
        const next = renamed(one, input.path, path);
        if (one !== found) return next;
        return {
          ...next,
          name: input.name,
          version: one.version + 1,
          item: one.item && { ...one.item, name: input.name },
          folder: one.folder && { ...one.folder, name: input.name },
        };
      });
      changed(kept.id);
      return path;
    },
    item_move: (input) => {
      const kept = find(input.collection);
      const to = find(input.to_collection);
      const moving = subtree(kept, input.path);
      if (moving.length === 0) throw refuse("not_found", `${input.path} is gone.`);
      if (kept === to && within(input.folder, input.path))
        throw refuse("invalid_input", "A folder cannot be moved into itself.");
      kept.entries = kept.entries.filter((one) => !moving.includes(one));
      const last = input.path.split("/").at(-1) ?? input.path;
      const wanted = below(input.folder, last);
      const taken = to.entries.some((one) => one.path === wanted);
      const path = taken
        ? free(to, input.folder, last.replace(/\.yml$/, ""), last.endsWith(".yml") ? ".yml" : "")
        : wanted;
      insert(
        to,
        input.folder,
        moving.map((one) => renamed(one, input.path, path)),
        input.before ?? undefined,
      );
      if (kept !== to) changed(kept.id);
      return path;
    },
    item_duplicate: (input) => {
      const kept = find(input.collection);
      const source = subtree(kept, input.path);
      const first = source[0];
      if (!first) throw refuse("not_found", `${input.path} is gone.`);
      const name = `${first.name} copy`;
      const path = free(kept, parentOf(input.path), name, first.kind === "folder" ? "" : ".yml");
      const copies = structuredClone(source).map((one) => renamed(one, input.path, path));
      const copy = copies[0];
      if (copy) {
        copy.name = name;
        if (copy.item) copy.item.name = name;
        if (copy.folder) copy.folder.name = name;
      }
      const at = kept.entries.findLastIndex((one) => within(one.path, input.path)) + 1;
      kept.entries = kept.entries.toSpliced(at, 0, ...copies);
      changed(kept.id);
      return path;
    },
    item_remove: (input) => {
      const kept = find(input.collection);
      const gone = subtree(kept, input.path);
      if (gone.length === 0) throw refuse("not_found", `${input.path} is gone.`);
      const at = kept.entries.findIndex((one) => one === gone[0]);
      kept.entries = kept.entries.filter((one) => !gone.includes(one));
      const removal = crypto.randomUUID();
      removed.set(removal, () => {
        kept.entries = kept.entries.toSpliced(at, 0, ...gone);
        changed(kept.id);
        return input.path;
      });
      changed(kept.id);
      return removal;
    },
    item_restore: (input) => {
      const back = removed.get(input.removal);
      if (!back) throw refuse("not_found", "What was removed is no longer there.");
      removed.delete(input.removal);
      return back();
    },
    file_text: (input) => {
      const found = entry(input.collection, input.path);
      const text = found.text ?? (found.item ? `${JSON.stringify(found.item, null, 2)}\n` : "");
      return {
        text,
        problem: found.problem ?? null,
        repair: found.problem
          ? { label: "Move line 14 to two spaces", text: text.replace("\n   auth:", "\n  auth:") }
          : null,
        version: String(found.version),
      };
    },
    file_save_text: (input) => {
      const found = entry(input.collection, input.path);
      if (input.version !== String(found.version))
        throw refuse("already_exists", "The file was changed by another program.", "Read it again.");
      const name = "Change delivery date";
      Object.assign(found, {
        text: input.text,
        problem: undefined,
        kind: "request",
        name,
        version: found.version + 1,
        item: {
          name,
          request: request("PATCH", "{{runtimeUrl}}/http/acme/orders/v2/change"),
          details: { tags: [], variables: [], scripts: [], assertions: [], docs: "" },
        },
      });
      changed(input.collection);
      return String(found.version);
    },
  };
}
