import { backend } from "../backend";
import type { Variable } from "../bindings/Variable";
import type { Typed } from "./KeptVariables";

/** Puts what was typed for secret variables into the keyring. */
export async function keepSecrets(
  typed: Typed,
  variables: ReadonlyArray<Variable>,
  place: { collection?: string; environment?: string },
): Promise<void> {
  const secret = new Set(variables.filter((one) => one.secret).map((one) => one.name));
  await Promise.all(
    Object.entries(typed)
      .filter(([name, value]) => secret.has(name) && value !== "")
      .map(([name, value]) => backend().call("secret_variable_set", { ...place, name, value })),
  );
}
