import {
  Cloud,
  FileCog,
  FileKey,
  FilePlus,
  FolderInput,
  FolderOpen,
  Globe,
  History,
  KeyRound,
  Layers,
  ListChecks,
  Package,
  Palette,
  Play,
  ScanSearch,
  Send,
  Settings,
  ShieldCheck,
  Upload,
  type LucideIcon,
} from "lucide-react";
import type { CollectionTree } from "../bindings/CollectionTree";
import type { Draft } from "../bindings/Draft";
import type { Tenant } from "../bindings/Tenant";
import type { Theme } from "../bindings/Theme";
import { newCertificateRequest } from "../certificate/requests";
import { newRequest, openNode, showSettings } from "../collection/actions";
import { openCollection, openDialog } from "../collection/dialogs";
import { chooseEnvironment } from "../collection/environments";
import { parentOf } from "../collection/rows";
import { openInspection } from "../connectivity/state";
import { checkKeys } from "../key_check/state";
import { goTo, openPage } from "../navigation";
import { sendRequest } from "../request/send";
import { activate, openRequest, requests, titleOf } from "../request/state";
import { openServiceInstance } from "../service_instance/state";
import { openImport } from "../service_key/import_state";
import { changeSettings } from "../settings/state";
import { chooseTenant } from "../tenant/state";

export interface Item {
  group: "Open requests" | "Requests" | "Tenants" | "Commands";
  name: string;
  note: string;
  /** What is searched in, lower case. */
  text: string;
  icon?: LucideIcon;
  method?: string;
  keys?: string;
  run(): void;
  /** What Ctrl Enter does in place of opening. */
  send?(): void;
}

type Told = Omit<Item, "text" | "note"> & { note?: string };

function item(told: Told): Item {
  const note = told.note ?? "";
  return { ...told, note, text: `${told.method ?? ""} ${told.name} ${note}`.toLowerCase() };
}

async function sendFile(collection: string, path: string): Promise<void> {
  await openNode(collection, path);
  const { list, active } = requests.get();
  const file = list.find((draft) => draft.id === active)?.file;
  if (active && file?.collection === collection && file.path === path) sendRequest(active);
}

/** The requests of all collections. */
export function requestItems(trees: ReadonlyArray<CollectionTree>): Item[] {
  return trees.flatMap((tree) => {
    const names = new Map(tree.nodes.map((node) => [node.path, node.name]));
    return tree.nodes
      .filter((node) => node.kind === "request")
      .map((node) =>
        item({
          group: "Requests",
          name: node.name,
          note: [tree.name, names.get(parentOf(node.path))].filter(Boolean).join(" · "),
          method: node.method ?? "GET",
          run: () => void openNode(tree.id, node.path),
          send: () => void sendFile(tree.id, node.path),
        }),
      );
  });
}

export function draftItems(list: ReadonlyArray<Draft>): Item[] {
  return list
    .filter((draft) => !draft.file)
    .map((draft) =>
      item({
        group: "Open requests",
        name: titleOf(draft),
        note: draft.tenant ?? "no tenant",
        method: draft.request.method,
        run: () => (activate(draft.id), goTo("requests")),
        send: () => (activate(draft.id), goTo("requests"), sendRequest(draft.id)),
      }),
    );
}

export function tenantItems(tenants: ReadonlyArray<Tenant>): Item[] {
  return tenants.map((tenant) =>
    item({
      group: "Tenants",
      name: tenant.name,
      note: `tenant, ${tenant.stage}`,
      icon: Cloud,
      run: () => (chooseTenant(tenant.name), goTo("tenants")),
    }),
  );
}

function ofCollection(tree: CollectionTree): Item[] {
  const spot = { collection: tree.id, path: "" };
  const command = (name: string, icon: LucideIcon, run: () => void, keys?: string) =>
    item({ group: "Commands", name, icon, run, keys });
  return [
    command(`New request in “${tree.name}”`, FilePlus, () => void newRequest(spot)),
    command(`Settings of “${tree.name}”`, Settings, () => showSettings(spot)),
    command(
      `Environments of “${tree.name}”`,
      Layers,
      () => openDialog({ kind: "environments", collection: tree.id }),
      "Ctrl E",
    ),
    command(`Check collection “${tree.name}”`, ListChecks, () => openDialog({ kind: "check", collection: tree.id })),
    command(`Export “${tree.name}”…`, Upload, () => openDialog({ kind: "export", spot, name: tree.name })),
    ...tree.environments.map((one) =>
      command(`Environment ${one.name} for “${tree.name}”`, Layers, () => void chooseEnvironment(tree.id, one.name)),
    ),
  ];
}

const THEMES: Theme[] = ["system", "light", "dark", "contrast"];

export function commandItems(trees: ReadonlyArray<CollectionTree>): Item[] {
  const command = (name: string, icon: LucideIcon, run: () => void, keys?: string) =>
    item({ group: "Commands", name, icon, run, keys });
  return [
    command("New request", Send, () => (openRequest(), goTo("requests")), "Ctrl N"),
    command("Open collection…", FolderOpen, () => void openCollection(), "Ctrl O"),
    command("New collection…", Package, () => openDialog({ kind: "create" })),
    command("Import a collection…", FolderInput, () => openDialog({ kind: "import" })),
    command("Global variables", Globe, () => openPage({ kind: "globals" })),
    command("Add a service key", KeyRound, () => openImport(), "Ctrl V"),
    command("Check the keys of all tenants", ListChecks, () => void checkKeys()),
    command("Service instance and key parameters", FileCog, () => openServiceInstance()),
    command("Show the start page", Play, () => goTo("start")),
    command("History", History, () => goTo("history")),
    command("Inspect a server", ScanSearch, () => openInspection()),
    command("Certificates", ShieldCheck, () => goTo("certificates")),
    command("New certificate request", FileKey, newCertificateRequest),
    command("Settings", Settings, () => goTo("settings")),
    ...THEMES.map((theme) =>
      command(`Theme: ${theme}`, Palette, () => void changeSettings({ theme }, `Theme: ${theme}`)),
    ),
    ...trees.flatMap(ofCollection),
  ];
}

const MOST: Record<Item["group"], number> = { "Open requests": 10, Requests: 30, Tenants: 10, Commands: 30 };
const GROUPS: ReadonlyArray<Item["group"]> = ["Open requests", "Requests", "Tenants", "Commands"];

/** The items that have all words, group by group; names that start with the first word come first, then those that have it. */
export function matchingItems(items: ReadonlyArray<Item>, text: string): Item[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const first = words[0] ?? "";
  const found = items.filter((one) => words.every((word) => one.text.includes(word)));
  return GROUPS.flatMap((group) => {
    const ours = found.filter((one) => one.group === group);
    // The name counts more than what stands beside it.
    const rank = ({ name }: Item) => {
      const at = first ? name.toLowerCase().indexOf(first) : 0;
      return at === 0 ? 0 : at > 0 ? 1 : 2;
    };
    const ranked = [0, 1, 2].flatMap((wanted) => ours.filter((one) => rank(one) === wanted));
    return ranked.slice(0, MOST[group]);
  });
}
