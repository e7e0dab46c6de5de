import type { CollectionTree } from "../bindings/CollectionTree";
import type { Finding } from "../bindings/Finding";
import { openPage } from "../navigation";
import { openNode, showSettings } from "./actions";
import { closeDialog, openDialog } from "./dialogs";
import { parentOf } from "./rows";

const SETTINGS = /(^|\/)(opencollection|folder)\.ya?ml$/;
const ENVIRONMENT = /^environments\/(.+)\.ya?ml$/;

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");

function environmentOf(tree: CollectionTree, path: string): string | null {
  const file = ENVIRONMENT.exec(path)?.[1];
  if (!file) return null;
  return tree.environments.find(({ name }) => plain(name) === plain(file))?.name ?? null;
}

/** Opens the file a finding is about, as what it is. */
export function openFinding(tree: CollectionTree, { kind, problem: { path } }: Finding): void {
  const collection = tree.id;
  closeDialog();
  const node = tree.nodes.find((one) => one.path === path);
  const environment = environmentOf(tree, path);
  if (kind === "broken") openPage({ kind: "broken", collection, path });
  else if (node?.kind === "request") void openNode(collection, path);
  else if (node?.kind === "folder" || path === "") showSettings({ collection, path });
  else if (SETTINGS.test(path)) showSettings({ collection, path: parentOf(path) });
  else if (environment) openPage({ kind: "environment", collection, environment });
  else if (ENVIRONMENT.test(path)) openDialog({ kind: "environments", collection });
  else openPage({ kind: "broken", collection, path });
}
