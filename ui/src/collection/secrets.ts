import { backend, failureOf } from "../backend";
import type { Variable } from "../bindings/Variable";
import { createStore } from "../store";
import type { Typed } from "./KeptVariables";

/** Whether typed secrets are held for this run only, and whether the keyring refused to take one. */
export const holding = createStore<{ forRun: boolean; refused: boolean }>({ forRun: false, refused: false });

/** Puts what was typed for secret variables into the keyring, or holds it for this run if the user said so. */
export async function keepSecrets(
  typed: Typed,
  variables: ReadonlyArray<Variable>,
  place: { collection?: string; environment?: string },
): Promise<void> {
  const secret = new Set(variables.filter((one) => one.secret).map((one) => one.name));
  const hold_for_run = holding.get().forRun;
  try {
    await Promise.all(
      Object.entries(typed)
        .filter(([name, value]) => secret.has(name) && value !== "")
        .map(([name, value]) => backend().call("secret_variable_set", { ...place, name, value, hold_for_run })),
    );
    holding.set({ refused: false });
  } catch (thrown) {
    holding.set({ refused: failureOf(thrown).code.startsWith("secret_store_") });
    throw thrown;
  }
}
