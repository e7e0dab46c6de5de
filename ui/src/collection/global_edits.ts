import { backend } from "../backend";
import type { Saved } from "../bindings/Saved";
import type { Variable } from "../bindings/Variable";
import { createStore } from "../store";
import type { Typed } from "./KeptVariables";
import { handleSaved } from "./save_outcome";
import { keepSecrets } from "./secrets";

interface GlobalEdit {
  read: Variable[] | null;
  /** What they shall be, while that differs. */
  edit: Variable[] | null;
  typed: Typed;
}

/** The global variables as they were read and edited; they stay when another page is shown. */
export const globalEdits = createStore<GlobalEdit>({ read: null, edit: null, typed: {} });

/** Whether there is something to save. */
export function globalsUnsaved({ edit, typed }: GlobalEdit): boolean {
  return edit !== null || Object.values(typed).some(Boolean);
}

/** Reads the variables; edits stay, unless they are given up. */
export async function readGlobals(giveUp = false): Promise<void> {
  const read = await backend().call("global_variables", null);
  if (giveUp || !globalsUnsaved(globalEdits.get())) globalEdits.set({ read, edit: null, typed: {} });
}

function textOf(variables: ReadonlyArray<Variable>): string {
  const line = ({ name, value, enabled, secret, description }: Variable) =>
    [`${enabled ? "" : "(off) "}${name}: ${secret ? "(secret)" : value}`, description].filter(Boolean).join("  # ");
  return variables.map((one) => `${line(one)}\n`).join("");
}

async function written(variables: Variable[]): Promise<Saved> {
  await backend().call("global_variables_change", variables);
  return { outcome: "written", path: "", version: "" };
}

/** Writes the edits; asks first when the variables were changed elsewhere meanwhile. */
export async function saveGlobals(): Promise<"written" | "kept" | "theirs"> {
  const { read, edit, typed } = globalEdits.get();
  const mine = edit ?? read;
  if (!read || !mine) return "kept";
  const theirs = textOf(await backend().call("global_variables", null));
  const ours = textOf(mine);
  const first: Saved =
    edit === null || theirs === textOf(read) || theirs === ours
      ? await written(mine)
      : { outcome: "conflict", theirs, ours, version: "" };
  const became = await handleSaved(first, () => written(mine));
  if (became === "kept") return became;
  if (became === "written") await keepSecrets(typed, mine, {});
  await readGlobals(true);
  return became;
}
