import type { EnvironmentRead } from "../bindings/EnvironmentRead";
import { backend } from "../backend";
import { createStore, useStore } from "../store";
import type { Typed } from "./KeptVariables";
import { keyOf } from "./rows";
import { handleSaved, type SaveOptions } from "./save_outcome";
import { keepSecrets } from "./secrets";

export interface EnvironmentEdit {
  read: EnvironmentRead;
  /** What it shall say, while that differs. */
  edit: EnvironmentRead | null;
  typed: Typed;
}

const NEW: EnvironmentRead = {
  environment: { name: "", variables: [] },
  tenant: null,
  kept_secrets: [],
  version: "",
};

/** Environments as they were read and edited; they stay when another page is shown. */
export const environmentEdits = createStore<Record<string, EnvironmentEdit | undefined>>({});

// No environment has an empty name, so that one stands for the one being made.
function placeOf(collection: string, environment: string | null): string {
  return keyOf(collection, environment ?? "");
}

export function useEnvironmentEdit(collection: string, environment: string | null): EnvironmentEdit | null {
  return useStore(environmentEdits, (state) => state[placeOf(collection, environment)] ?? null);
}

/** Whether there is something to save. */
export function isUnsaved(edit: EnvironmentEdit | null | undefined): boolean {
  return Boolean(edit && (edit.edit !== null || Object.values(edit.typed).some(Boolean)));
}

/** Reads an environment; edits stay, unless they are given up. */
export async function readEnvironment(collection: string, environment: string | null, giveUp = false): Promise<void> {
  const read = environment ? await backend().call("environment_read", { collection, environment }) : NEW;
  const place = placeOf(collection, environment);
  if (giveUp || !isUnsaved(environmentEdits.get()[place]))
    environmentEdits.set({ [place]: { read, edit: null, typed: {} } });
}

export function changeEnvironment(
  collection: string,
  environment: string | null,
  change: Partial<Omit<EnvironmentEdit, "read">>,
): void {
  const place = placeOf(collection, environment);
  const before = environmentEdits.get()[place];
  if (before) environmentEdits.set({ [place]: { ...before, ...change } });
}

/** The place of a variable in an environment that was read; it is added when there is none. */
export function rowOf(collection: string, environment: string | null, variable: string): number {
  const before = environmentEdits.get()[placeOf(collection, environment)];
  if (!before) return -1;
  const shown = before.edit ?? before.read;
  const { variables } = shown.environment;
  const at = variables.findIndex((one) => one.name === variable);
  if (at >= 0) return at;
  const added = [...variables, { name: variable, value: "", enabled: true, secret: false }];
  changeEnvironment(collection, environment, {
    edit: { ...shown, environment: { ...shown.environment, variables: added } },
  });
  return variables.length;
}

/** Writes the edits of an environment; answers what became of them. */
export async function writeEnvironment(
  collection: string,
  before: string | null,
): Promise<"written" | "kept" | "theirs"> {
  const kept = environmentEdits.get()[placeOf(collection, before)];
  if (!kept) return "kept";
  const { environment, tenant, version } = kept.edit ?? kept.read;
  const name = environment.name.trim();
  const order = (options: SaveOptions = {}) =>
    backend().call("environment_save", {
      collection,
      before: before ?? undefined,
      environment: { ...environment, name },
      tenant: tenant ?? undefined,
      version: options.version ?? (version || undefined),
    });
  const became = await handleSaved(await order(), order);
  if (became === "kept") return became;
  if (became === "written") {
    await keepSecrets(kept.typed, environment.variables, { collection, environment: name });
    if (name !== before) environmentEdits.set({ [placeOf(collection, before)]: undefined });
  }
  await readEnvironment(collection, became === "written" ? name : before, true);
  return became;
}
