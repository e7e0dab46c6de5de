import type { CollectionTree } from "../bindings/CollectionTree";
import type { Error as Failure } from "../bindings/Error";
import type { LiteralSecret } from "../bindings/LiteralSecret";
import type { Node } from "../bindings/Node";
import type { Saved } from "../bindings/Saved";
import type { Tenant } from "../bindings/Tenant";
import { collections, slug, type Entry, type Kept } from "./memory_collection_story";

/** The collections that are open in memory. */
export interface Shelf {
  open: Kept[];
  /** How what was removed comes back; answers where it is then. */
  removed: Map<string, () => string>;
  find(id: string): Kept;
  entry(id: string, path: string): Entry;
  tree(kept: Kept): CollectionTree;
  /** Puts entries before a sibling, or last in a folder. */
  insert(kept: Kept, folder: string, entries: Entry[], before?: string): void;
  /** Tells the window that something in a collection changed. */
  changed(id: string): void;
  listeners: Set<(collection: string) => void>;
}

export const refuse = (code: Failure["code"], message: string, hint: string | null = null): Failure => ({
  code,
  message,
  hint,
  detail: null,
});

export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
export const below = (folder: string, name: string): string => (folder ? `${folder}/${name}` : name);
export const within = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** A path in a folder that is not taken. */
export const free = (kept: Kept, folder: string, name: string, end: string): string => {
  for (let count = 1; ; count += 1) {
    const path = below(folder, `${slug(name)}${count > 1 ? `-${count}` : ""}${end}`);
    if (!kept.entries.some((one) => one.path === path)) return path;
  }
};

/** An item with everything below it. */
export const subtree = (kept: Kept, path: string): Entry[] => kept.entries.filter((one) => within(one.path, path));

export const renamed = (one: Entry, from: string, to: string): Entry => ({
  ...one,
  path: to + one.path.slice(from.length),
});

const node = (one: Entry): Node => ({
  path: one.path,
  depth: one.path.split("/").length - 1,
  kind: one.kind,
  name: one.name,
  method: one.item?.request.method ?? null,
  problem: one.problem ?? null,
});

const secretsIn = (value: unknown): LiteralSecret[] =>
  JSON.stringify(value).includes("hunter2") ? [{ place: "Authorization header", variable: "authorizationHeader" }] : [];

/** What stops a save: another version, or secrets. */
export const outcome = (
  version: string | undefined,
  now: number,
  item: unknown,
  theirs: unknown,
  order: { with_secrets: boolean; move_secrets: boolean },
): Saved | null => {
  if (version !== undefined && version !== String(now)) {
    const text = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
    return { outcome: "conflict", theirs: text(theirs), ours: text(item), version: String(now) };
  }
  const found = secretsIn(item);
  return found.length > 0 && !order.with_secrets && !order.move_secrets ? { outcome: "secrets", found } : null;
};

export const written = (path: string, version: number): Saved => ({
  outcome: "written",
  path,
  version: String(version),
});

/** Without the secret, when it moves to the keyring. */
export const mended = <T>(item: T, move: boolean): T =>
  move ? (JSON.parse(JSON.stringify(item).replaceAll("hunter2", "{{authorizationHeader}}")) as T) : item;

/** The collections of the story, or none. */
export function memoryShelf(empty: boolean, tenants: () => Tenant[]): Shelf {
  const listeners: Shelf["listeners"] = new Set();
  const shelf: Shelf = {
    open: empty ? [] : collections(),
    removed: new Map(),
    listeners,
    find(id) {
      const found = shelf.open.find((one) => one.id === id);
      if (!found) throw refuse("not_found", `There is no open collection called ${id}.`);
      return found;
    },
    entry(id, path) {
      const found = shelf.find(id).entries.find((one) => one.path === path);
      if (!found) throw refuse("not_found", `${path} is gone.`, "Read the collection again.");
      return found;
    },
    tree: (kept) => ({
      id: kept.id,
      name: kept.name,
      folder: kept.folder,
      writable: true,
      problem: null,
      environments: kept.environments
        .map((one) => ({
          name: one.environment.name,
          color: one.environment.color ?? null,
          tenant: one.tenant,
          tenant_known: tenants().some((tenant) => tenant.name === one.tenant),
          problem: one.problem ?? null,
        }))
        .toSorted((a, b) => a.name.localeCompare(b.name)),
      environment: kept.environment,
      nodes: kept.entries.map(node),
    }),
    insert(kept, folder, entries, before) {
      let at = before ? kept.entries.findIndex((one) => one.path === before) : -1;
      if (at < 0) at = folder ? kept.entries.findLastIndex((one) => within(one.path, folder)) + 1 : kept.entries.length;
      kept.entries = kept.entries.toSpliced(at, 0, ...entries);
      shelf.changed(kept.id);
    },
    changed: (id) => void setTimeout(() => listeners.forEach((tell) => tell(id))),
  };
  return shelf;
}
