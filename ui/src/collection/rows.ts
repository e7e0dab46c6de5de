import type { CollectionTree } from "../bindings/CollectionTree";
import type { Node } from "../bindings/Node";

/** A row of the tree: a collection, or a node of one. */
export interface Row {
  key: string;
  collection: CollectionTree;
  /** None is the collection itself. */
  node: Node | null;
  name: string;
  level: number;
  /** Null while there is nothing to open. */
  expanded: boolean | null;
  /** How many siblings there are, itself included, and its place among them from 1. */
  size: number;
  place: number;
}

interface Index {
  /** The place of the folder above; -1 is the collection. */
  parents: Int32Array;
  texts: string[];
  filled: Uint8Array;
}

export function keyOf(collection: string, path: string): string {
  return `${collection}/${path}`;
}

export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** Whether a path is a folder's, or below it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}

const indexes = new WeakMap<Node[], Index>();

function indexOf(nodes: Node[]): Index {
  const known = indexes.get(nodes);
  if (known) return known;
  const index: Index = { parents: new Int32Array(nodes.length), texts: [], filled: new Uint8Array(nodes.length) };
  const above: number[] = [];
  nodes.forEach((node, at) => {
    const parent = node.depth === 0 ? -1 : (above[node.depth - 1] ?? -1);
    index.parents[at] = parent;
    if (parent >= 0) index.filled[parent] = 1;
    index.texts.push(`${node.method ?? ""} ${node.name}`.toLowerCase());
    above[node.depth] = at;
  });
  indexes.set(nodes, index);
  return index;
}

/** Which nodes a filter leaves: those that match, what is above them, and what is below a folder that matches. */
function matching(tree: CollectionTree, words: string[]): Uint8Array {
  const { parents, texts } = indexOf(tree.nodes);
  const whole = tree.name.toLowerCase();
  const all = words.every((word) => whole.includes(word));
  const kept = new Uint8Array(tree.nodes.length);
  tree.nodes.forEach((_, at) => {
    const parent = parents[at] ?? -1;
    const text = texts[at] ?? "";
    const hit = all || (parent >= 0 && kept[parent] === 2) || words.every((word) => text.includes(word));
    if (!hit) return;
    kept[at] = 2;
    for (let up = parent; up >= 0 && !kept[up]; up = parents[up] ?? -1) kept[up] = 1;
  });
  return kept;
}

export function wordsOf(filter: string): string[] {
  return filter.toLowerCase().split(/\s+/).filter(Boolean);
}

function nodeRows(tree: CollectionTree, expanded: ReadonlySet<string>, kept: Uint8Array | null): Row[] {
  const { parents, filled } = indexOf(tree.nodes);
  const rows: Row[] = [];
  const counts = new Map<number, number>();
  const parentsOfRows: number[] = [];
  let closedAt = Number.POSITIVE_INFINITY;
  tree.nodes.forEach((node, at) => {
    if (node.depth > closedAt) return;
    closedAt = Number.POSITIVE_INFINITY;
    if (kept && !kept[at]) return;
    const key = keyOf(tree.id, node.path);
    const opens = node.kind === "folder" && filled[at] === 1;
    const open = kept ? opens : opens && expanded.has(key);
    if (node.kind === "folder" && !open) closedAt = node.depth;
    const parent = parents[at] ?? -1;
    const place = (counts.get(parent) ?? 0) + 1;
    counts.set(parent, place);
    parentsOfRows.push(parent);
    rows.push({
      key,
      collection: tree,
      node,
      name: node.name,
      level: node.depth + 2,
      expanded: opens ? open : null,
      size: 0,
      place,
    });
  });
  rows.forEach((row, at) => (row.size = counts.get(parentsOfRows[at] ?? -1) ?? 1));
  return rows;
}

/** The rows of all collections as they are shown. */
export function flatten(trees: ReadonlyArray<CollectionTree>, expanded: ReadonlySet<string>, filter: string): Row[] {
  const words = wordsOf(filter);
  const shown = trees
    .map((tree) => ({ tree, kept: words.length > 0 ? matching(tree, words) : null }))
    .filter(({ tree, kept }) => {
      if (!kept || kept.some((one) => one > 0)) return true;
      return words.every((word) => tree.name.toLowerCase().includes(word));
    });
  return shown.flatMap(({ tree, kept }, at) => {
    const key = keyOf(tree.id, "");
    const opens = tree.nodes.length > 0;
    const open = opens && (kept !== null || expanded.has(key));
    const row: Row = {
      key,
      collection: tree,
      node: null,
      name: tree.name,
      level: 1,
      expanded: opens ? open : null,
      size: shown.length,
      place: at + 1,
    };
    return open ? [row, ...nodeRows(tree, expanded, kept)] : [row];
  });
}

/** The siblings of a node in their order. */
export function siblings(tree: CollectionTree, path: string): Node[] {
  const parent = parentOf(path);
  return tree.nodes.filter((node) => parentOf(node.path) === parent);
}
