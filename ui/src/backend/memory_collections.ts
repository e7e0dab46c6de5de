import type { CollectionTree } from "../bindings/CollectionTree";
import type { ImportReport } from "../bindings/ImportReport";
import type { Tenant } from "../bindings/Tenant";
import type { Backend, Input, OperationName, Output } from "./backend";
import { collections, folderItem, slug, type Kept } from "./memory_collection_story";
import { memoryEnvironments, type EnvironmentOperation } from "./memory_environments";
import { memoryItems, type ItemOperation } from "./memory_items";
import { memoryShelf, refuse } from "./memory_shelf";
import { request } from "./memory_story";
import { memoryVariables, type VariableOperation } from "./memory_variables";

type CollectionOperation = Extract<OperationName, `collection_${string}` | `curl_${string}`>;

type CollectionShell = Pick<
  Backend,
  | "collectionChoose"
  | "collectionCreate"
  | "importChoose"
  | "importOpened"
  | "importWrite"
  | "exportChoose"
  | "showInFileManager"
  | "onCollectionChanged"
>;

export interface MemoryCollections {
  handlers: {
    [K in CollectionOperation | ItemOperation | EnvironmentOperation | VariableOperation]: (
      input: Input<K>,
    ) => Output<K>;
  };
  shell: CollectionShell;
  /** Somebody else wrote a request's file; tells the window. */
  touch(collection: string, path: string): void;
}

const REPORT: ImportReport = {
  format: "Postman collection 2.1",
  name: "Returns",
  requests: 12,
  folders: 3,
  environments: 1,
  scripts: 4,
  secrets: ["clientSecret"],
  losses: [
    { place: "Returns / Create return", what: "The saved example answers were left out." },
    { place: "Returns / Upload photo", what: "The file of the body is not part of the export; its path is kept." },
  ],
};

/** Collections that live in memory. */
export function memoryCollections(
  empty: boolean,
  tenants: () => Tenant[],
  calls: Array<[string, unknown]>,
): MemoryCollections {
  const shelf = memoryShelf(empty, tenants);
  const { find, entry, tree, changed, listeners } = shelf;
  let importing = false;

  const handlers: MemoryCollections["handlers"] = {
    ...memoryItems(shelf),
    ...memoryEnvironments(shelf),
    ...memoryVariables(empty, shelf, tenants),
    collection_list: () => shelf.open.map(tree),
    collection_tree: (input) => tree(find(input.collection)),
    collection_close: (input) => {
      shelf.open = shelf.open.filter((one) => one.id !== input.collection);
      return null;
    },
    collection_check: (input) =>
      find(input.collection).entries.flatMap((one) => (one.problem ? [{ kind: "broken", problem: one.problem }] : [])),
    curl_read: (input) => {
      const url = /https?:\/\/[^\s'"]+/.exec(input.text)?.[0];
      if (!url) throw refuse("invalid_input", "This is no curl command.", "Copy the whole command, from curl on.");
      return { ...request(/-X\s+(\w+)/.exec(input.text)?.[1] ?? "GET", url), authorization: { kind: "none" } };
    },
    curl_of: (input) => `curl -X ${input.request.method} '${input.request.url}'`,
  };

  const made = (id: string, name: string): CollectionTree => {
    const kept: Kept = {
      id,
      name,
      folder: `/home/you/collections/${slug(name)}`,
      root: folderItem(name, { authorization: { kind: "bearer", key: null } }),
      version: 1,
      environment: null,
      environments: [],
      entries: [],
    };
    shelf.open = [...shelf.open.filter((one) => one.id !== id), kept];
    return structuredClone(tree(kept));
  };
  const asked = (name: string, input: unknown) => calls.push([name, input]);

  return {
    handlers,
    shell: {
      async collectionChoose() {
        asked("collection_choose", null);
        const story = collections().find((one) => !shelf.open.some((other) => other.id === one.id));
        if (!story) return null;
        shelf.open = [...shelf.open, story];
        return structuredClone(tree(story));
      },
      async collectionCreate(name) {
        asked("collection_create_in_folder", name);
        return made(slug(name), name);
      },
      async importChoose(what) {
        asked("import_choose", what);
        importing = true;
        return structuredClone(REPORT);
      },
      async importOpened(collection) {
        asked("import_opened", collection);
        importing = true;
        return structuredClone(REPORT);
      },
      async importWrite(holdForRun) {
        asked("import_write_to_folder", { holdForRun });
        if (!importing) throw refuse("invalid_input", "Nothing was chosen.", "Choose a file first.");
        importing = false;
        return made("returns", REPORT.name);
      },
      async exportChoose(collection, path, format) {
        asked("export_choose", { collection, path, format });
        return format === "opencollection"
          ? []
          : [
              {
                place: find(collection).name,
                what: "Folder settings have no place in this format and were put into each request.",
              },
            ];
      },
      async showInFileManager(collection, path) {
        asked("show_in_file_manager", { collection, path });
      },
      async onCollectionChanged(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    touch(collection, path) {
      const found = entry(collection, path);
      found.version += 1;
      changed(collection);
    },
  };
}
