import type { CollectionTree } from "../bindings/CollectionTree";
import type { Error as Failure } from "../bindings/Error";
import type { ImportReport } from "../bindings/ImportReport";
import type { LiteralSecret } from "../bindings/LiteralSecret";
import type { Node } from "../bindings/Node";
import type { Saved } from "../bindings/Saved";
import type { Variable } from "../bindings/Variable";
import type { VariableUse } from "../bindings/VariableUse";
import type { Tenant } from "../bindings/Tenant";
import type { Backend, Input, OperationName, Output } from "./backend";
import { collections, folderItem, slug, variable, type Entry, type Kept } from "./memory_collection_story";
import { request } from "./memory_story";

type CollectionOperation = Extract<
  OperationName,
  | `collection_${string}`
  | "request_read"
  | "request_save"
  | "request_create"
  | `folder_${string}`
  | `item_${string}`
  | `file_${string}`
  | `environment_${string}`
  | `global_${string}`
  | `variable_${string}`
  | "secret_variable_set"
  | `curl_${string}`
>;

type CollectionShell = Pick<
  Backend,
  | "collectionChoose"
  | "collectionCreate"
  | "importChoose"
  | "importWrite"
  | "exportChoose"
  | "showInFileManager"
  | "onCollectionChanged"
>;

export interface MemoryCollections {
  handlers: { [K in CollectionOperation]: (input: Input<K>) => Output<K> };
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

const refuse = (code: Failure["code"], message: string, hint: string | null = null): Failure => ({
  code,
  message,
  hint,
  detail: null,
});

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
const below = (folder: string, name: string): string => (folder ? `${folder}/${name}` : name);
const within = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

const NAMED = /\{\{\s*([^{}\s]+)\s*\}\}/g;

/** Collections that live in memory. */
export function memoryCollections(
  empty: boolean,
  tenants: () => Tenant[],
  calls: Array<[string, unknown]>,
): MemoryCollections {
  let open: Kept[] = empty ? [] : collections();
  let globals: Variable[] = empty ? [] : [variable("team", "integration")];
  let importing = false;
  const removed = new Map<string, () => string>();
  const listeners = new Set<(collection: string) => void>();
  const changed = (id: string) => setTimeout(() => listeners.forEach((tell) => tell(id)));

  const find = (id: string): Kept => {
    const found = open.find((one) => one.id === id);
    if (!found) throw refuse("not_found", `There is no open collection called ${id}.`);
    return found;
  };
  const entry = (id: string, path: string): Entry => {
    const found = find(id).entries.find((one) => one.path === path);
    if (!found) throw refuse("not_found", `${path} is gone.`, "Read the collection again.");
    return found;
  };
  const node = (one: Entry): Node => ({
    path: one.path,
    depth: one.path.split("/").length - 1,
    kind: one.kind,
    name: one.name,
    method: one.item?.request.method ?? null,
    problem: one.problem ?? null,
  });
  const tree = (kept: Kept): CollectionTree => ({
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
  });
  const free = (kept: Kept, folder: string, name: string, end: string): string => {
    for (let count = 1; ; count += 1) {
      const path = below(folder, `${slug(name)}${count > 1 ? `-${count}` : ""}${end}`);
      if (!kept.entries.some((one) => one.path === path)) return path;
    }
  };
  const subtree = (kept: Kept, path: string): Entry[] => kept.entries.filter((one) => within(one.path, path));
  /** Puts entries before a sibling, or last in a folder. */
  const insert = (kept: Kept, folder: string, entries: Entry[], before?: string) => {
    let at = before ? kept.entries.findIndex((one) => one.path === before) : -1;
    if (at < 0) at = folder ? kept.entries.findLastIndex((one) => within(one.path, folder)) + 1 : kept.entries.length;
    kept.entries = kept.entries.toSpliced(at, 0, ...entries);
    changed(kept.id);
  };
  const renamed = (one: Entry, from: string, to: string): Entry => ({
    ...one,
    path: to + one.path.slice(from.length),
  });
  const secretsIn = (value: unknown): LiteralSecret[] =>
    JSON.stringify(value).includes("hunter2")
      ? [{ place: "Authorization header", variable: "authorizationHeader" }]
      : [];
  const outcome = (
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
  const written = (path: string, version: number): Saved => ({ outcome: "written", path, version: String(version) });
  const mended = <T>(item: T, move: boolean): T =>
    move ? (JSON.parse(JSON.stringify(item).replaceAll("hunter2", "{{authorizationHeader}}")) as T) : item;

  const known = ({ context, tenant }: Input<"variable_query">): VariableUse[] => {
    const kept = context ? open.find((one) => one.id === context.collection) : undefined;
    const environment = kept?.environments.find((one) => one.environment.name === kept.environment);
    const folders = (context ? parentOf(context.path) : "").split("/").filter(Boolean);
    const at = tenants().find((one) => one.name === tenant);
    const places: Array<[VariableUse["origin"], Variable[]]> = [
      [{ scope: "request", name: null }, context?.variables ?? []],
      ...folders.map((_, index): [VariableUse["origin"], Variable[]] => {
        const path = folders.slice(0, folders.length - index).join("/");
        const found = kept?.entries.find((one) => one.path === path)?.folder;
        return [{ scope: "folder", name: found?.name ?? path }, found?.variables ?? []];
      }),
      ...(environment
        ? [
            [{ scope: "environment", name: environment.environment.name }, environment.environment.variables] as [
              VariableUse["origin"],
              Variable[],
            ],
          ]
        : []),
      ...(at
        ? [
            [
              { scope: "tenant", name: at.name },
              [variable("runtimeUrl", at.runtime_url ?? ""), variable("tenant", at.name)],
            ] as [VariableUse["origin"], Variable[]],
          ]
        : []),
      ...(kept
        ? [[{ scope: "collection", name: kept.name }, kept.root.variables] as [VariableUse["origin"], Variable[]]]
        : []),
      [{ scope: "global", name: null }, globals],
    ];
    const names = new Set(places.flatMap(([, list]) => list.map((one) => one.name)));
    return [...names].map((name) => {
      const asked = places.flatMap(([origin, list]) => {
        const found = list.find((one) => one.name === name && one.enabled);
        const value = found ? (found.secret ? "••••••••" : found.value) : null;
        return origin ? [{ origin, value, secret: found?.secret ?? false }] : [];
      });
      const hit = asked.find((one) => one.value !== null);
      return {
        name,
        value: hit?.value ?? null,
        secret: hit?.secret ?? false,
        origin: hit?.origin ?? null,
        problem: hit ? null : `${name} is not set anywhere.`,
        asked: asked.map(({ origin, value }) => ({ origin, value })),
      };
    });
  };

  const handlers: MemoryCollections["handlers"] = {
    collection_list: () => open.map(tree),
    collection_tree: (input) => tree(find(input.collection)),
    collection_close: (input) => {
      open = open.filter((one) => one.id !== input.collection);
      return null;
    },
    collection_check: (input) =>
      find(input.collection).entries.flatMap((one) => (one.problem ? [{ kind: "broken", problem: one.problem }] : [])),
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
    environment_read: (input) => {
      const found = find(input.collection).environments.find((one) => one.environment.name === input.environment);
      if (!found) throw refuse("not_found", `There is no environment called ${input.environment}.`);
      return found;
    },
    environment_save: (input) => {
      const kept = find(input.collection);
      const name = input.environment.name;
      const found = kept.environments.find((one) => one.environment.name === input.before);
      if (name !== input.before && kept.environments.some((one) => one.environment.name === name))
        throw refuse("already_exists", `There is already an environment called ${name}.`, "Choose another name.");
      const stop = outcome(
        input.version ?? undefined,
        Number(found?.version ?? 1),
        input.environment,
        found?.environment,
        {
          with_secrets: true,
          move_secrets: false,
        },
      );
      if (found && stop) return stop;
      const version = String(Number(found?.version ?? 0) + 1);
      const next = {
        environment: input.environment,
        tenant: input.tenant ?? null,
        kept_secrets: found?.kept_secrets ?? [],
        version,
      };
      kept.environments = found
        ? kept.environments.map((one) => (one === found ? next : one))
        : [...kept.environments, next];
      if (kept.environment === input.before && input.before) kept.environment = name;
      changed(kept.id);
      return { outcome: "written", path: `environments/${slug(name)}.yml`, version };
    },
    environment_remove: (input) => {
      const kept = find(input.collection);
      const gone = kept.environments.find((one) => one.environment.name === input.environment);
      if (!gone) throw refuse("not_found", `There is no environment called ${input.environment}.`);
      const chosen = kept.environment === input.environment;
      kept.environments = kept.environments.filter((one) => one !== gone);
      if (chosen) kept.environment = null;
      const removal = crypto.randomUUID();
      removed.set(removal, () => {
        kept.environments = [...kept.environments, gone];
        if (chosen) kept.environment = gone.environment.name;
        changed(kept.id);
        return input.environment;
      });
      changed(kept.id);
      return removal;
    },
    environment_choose: (input) => {
      const kept = find(input.collection);
      kept.environment = input.environment ?? null;
      return tree(kept);
    },
    global_variables: () => globals,
    global_variables_change: (input) => (globals = input),
    secret_variable_set: (input) => {
      if (!input.collection || !input.environment) return null;
      const found = find(input.collection).environments.find((one) => one.environment.name === input.environment);
      if (found)
        found.kept_secrets = [
          ...found.kept_secrets.filter((name) => name !== input.name),
          ...(input.value ? [input.name] : []),
        ];
      return null;
    },
    variable_query: (input) => {
      const all = known(input);
      const names = new Set(input.texts.flatMap((text) => [...text.matchAll(NAMED)].map((match) => match[1] ?? "")));
      return [...names].map(
        (name) =>
          all.find((one) => one.name === name) ?? {
            name,
            value: name.startsWith("$") ? "made anew" : null,
            secret: false,
            origin: name.startsWith("$") ? { scope: "dynamic", name: null } : null,
            problem: name.startsWith("$") ? null : `${name} is not set anywhere.`,
            asked: [],
          },
      );
    },
    variable_list: known,
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
    open = [...open.filter((one) => one.id !== id), kept];
    return structuredClone(tree(kept));
  };
  const asked = (name: string, input: unknown) => calls.push([name, input]);

  return {
    handlers,
    shell: {
      async collectionChoose() {
        asked("collection_choose", null);
        const story = collections().find((one) => !open.some((other) => other.id === one.id));
        if (!story) return null;
        open = [...open, story];
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
      async importWrite() {
        asked("import_write_to_folder", null);
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
