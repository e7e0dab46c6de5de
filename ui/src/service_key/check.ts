import { loadTenants } from "../tenant/state";
import { fetchToken } from "../token/state";

/** Asks the token server with each key; answers how many work. */
export async function checkKeys(tenant: string, names: ReadonlyArray<string>): Promise<number> {
  const results = await Promise.all(names.map((name) => fetchToken(tenant, name, true)));
  await loadTenants();
  return results.filter(Boolean).length;
}
