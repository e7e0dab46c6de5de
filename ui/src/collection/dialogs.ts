import { backend } from "../backend";
import { toast } from "../components/Toast";
import { goTo } from "../navigation";
import { createStore } from "../store";
import type { Spot } from "./actions";
import { attempted, putTree } from "./state";
import { reveal } from "./view";
import type { CollectionTree } from "../bindings/CollectionTree";
import { expand } from "./view";
import { keyOf } from "./rows";

export type CollectionDialog =
  | { kind: "create" }
  | { kind: "import" }
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

/** Shows a collection that was just opened. */
export function welcome(tree: CollectionTree, said: string): void {
  putTree(tree);
  goTo("requests");
  reveal(tree.id, "");
  expand(keyOf(tree.id, ""), true);
  toast(said);
}

export async function openCollection(): Promise<void> {
  await attempted(async () => {
    const tree = await backend().collectionChoose();
    if (tree) welcome(tree, `Opened “${tree.name}”`);
  });
}
