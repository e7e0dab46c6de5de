import { backend, failureOf } from "../backend";
import type { CollectionTree } from "../bindings/CollectionTree";
import type { Error as Failure } from "../bindings/Error";
import type { Node } from "../bindings/Node";
import { createStore, useStore } from "../store";

interface Collections {
  list: CollectionTree[];
  loaded: boolean;
}

/** The open collections, in the order they were opened. */
export const collections = createStore<Collections>({ list: [], loaded: false });

/** What did not work in the tree; shown under it. */
export const treeFailure = createStore<{ failure: Failure | null }>({ failure: null });

function sameNode(a: Node, b: Node): boolean {
  return (
    a.name === b.name &&
    a.kind === b.kind &&
    a.method === b.method &&
    a.depth === b.depth &&
    a.problem?.line === b.problem?.line &&
    a.problem?.message === b.problem?.message
  );
}

/** A tree read anew, with the nodes of before where nothing changed. */
export function merged(before: CollectionTree | undefined, after: CollectionTree): CollectionTree {
  if (!before) return after;
  const known = new Map(before.nodes.map((node) => [node.path, node]));
  const nodes = after.nodes.map((node) => {
    const same = known.get(node.path);
    return same && sameNode(same, node) ? same : node;
  });
  const unchanged = nodes.length === before.nodes.length && nodes.every((node, at) => node === before.nodes[at]);
  return { ...after, nodes: unchanged ? before.nodes : nodes };
}

/** Puts a tree among the open collections. */
export function putTree(tree: CollectionTree): void {
  collections.set(({ list }) => {
    const before = list.find((one) => one.id === tree.id);
    const next = merged(before, tree);
    return { list: before ? list.map((one) => (one === before ? next : one)) : [...list, next] };
  });
}

export async function loadCollections(): Promise<CollectionTree[]> {
  const trees = await backend().call("collection_list", null);
  const { list } = collections.get();
  collections.set({
    list: trees.map((tree) =>
      merged(
        list.find((one) => one.id === tree.id),
        tree,
      ),
    ),
    loaded: true,
  });
  return trees;
}

/** Reads a collection anew; one that was closed meanwhile goes. */
export async function refreshCollection(id: string): Promise<void> {
  try {
    putTree(await backend().call("collection_tree", { collection: id }));
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.code === "not_found") collections.set(({ list }) => ({ list: list.filter((one) => one.id !== id) }));
    else treeFailure.set({ failure });
  }
}

/** Listens to the files; answers how to stop. */
export function followCollections(also: (collection: string) => void): Promise<() => void> {
  return backend().onCollectionChanged((id) => {
    void refreshCollection(id);
    also(id);
  });
}

/** Does something to the tree; what went wrong is shown under it. */
export async function attempted<T>(act: () => Promise<T>): Promise<T | null> {
  try {
    treeFailure.set({ failure: null });
    return await act();
  } catch (thrown) {
    treeFailure.set({ failure: failureOf(thrown) });
    return null;
  }
}

export function collectionOf(id: string | null | undefined): CollectionTree | null {
  return collections.get().list.find((one) => one.id === id) ?? null;
}

export function useCollections(): CollectionTree[] {
  return useStore(collections, (state) => state.list);
}

export function useCollection(id: string | null | undefined): CollectionTree | null {
  return useStore(collections, (state) => state.list.find((one) => one.id === id) ?? null);
}

/** The tenant of the chosen environment, when it exists here. */
export function tenantOf(tree: CollectionTree | null): string | null {
  const chosen = tree?.environments.find((one) => one.name === tree.environment);
  return chosen?.tenant_known ? chosen.tenant : null;
}

/** Where requests of a collection go: to the tenant of its environment, to none while that one is missing here, or wherever they went. */
export function targetOf(tree: CollectionTree | null): { tenant?: string | null } {
  const chosen = tree?.environments.find((one) => one.name === tree.environment);
  return chosen?.tenant ? { tenant: tenantOf(tree) } : {};
}
