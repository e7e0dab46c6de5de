import { backend } from "../backend";
import { toast } from "../components/Toast";
import { goTo, openPage } from "../navigation";
import { createStore } from "../store";
import type { Spot } from "./actions";
import { attempted, putTree } from "./state";
import { reveal } from "./view";
import type { CollectionTree } from "../bindings/CollectionTree";
import type { ImportReport } from "../bindings/ImportReport";
import { expand } from "./view";
import { keyOf } from "./rows";

/** An open collection of another tool, and what importing it does. */
export interface Opened {
  collection: string;
  report: ImportReport;
}

export type CollectionDialog =
  | { kind: "create" }
  | { kind: "import"; of?: Opened }
  | { kind: "export"; spot: Spot; name: string }
  | { kind: "check"; collection: string }
  | { kind: "environments"; collection: string };

/** Which dialog of the collections is open. */
export const dialogs = createStore<{ open: CollectionDialog | null }>({ open: null });

export function openDialog(open: CollectionDialog): void {
  dialogs.set({ open });
}

export function closeDialog(): void {
  dialogs.set({ open: null });
}

/** Shows a collection that was just opened; of an empty one there is only its page. */
export function welcome(tree: CollectionTree, said: string): void {
  putTree(tree);
  goTo("requests");
  reveal(tree.id, "");
  expand(keyOf(tree.id, ""), true);
  if (tree.nodes.length === 0 && !tree.problem) openPage({ kind: "folder", collection: tree.id, path: "" });
  toast(said);
}

export async function openCollection(): Promise<void> {
  await attempted(async () => {
    const tree = await backend().collectionChoose();
    if (!tree) return;
    welcome(tree, `Opened “${tree.name}”`);
    if (tree.problem) openPage({ kind: "broken", collection: tree.id, path: tree.problem.path });
  });
}
