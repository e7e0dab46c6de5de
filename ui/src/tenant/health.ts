import type { Key } from "../bindings/Key";
import type { Tenant } from "../bindings/Tenant";
import { validity, type Validity } from "../format/time";

export type LightState = "works" | "soon" | "warned" | "refused" | "unknown";

const ORDER: LightState[] = ["works", "unknown", "warned", "soon", "refused"];

/** How a key's certificate stands; absent without one. */
export function keyValidity(key: Key, now = Date.now()): Validity | null {
  const leaf = key.chain?.certificates[0];
  return leaf ? validity(leaf.not_before, leaf.not_after, now) : null;
}

export function keyLight(key: Key, now = Date.now()): LightState {
  const ends = keyValidity(key, now);
  if (key.health.state === "bad" || ends?.state === "past" || !key.usable) return "refused";
  if (ends?.state === "soon") return "soon";
  if (key.health.state === "warned") return "warned";
  return key.health.state === "good" ? "works" : "unknown";
}

/** The worst state of the tenant's keys; without keys nothing is known. */
export function tenantLight(tenant: Tenant, now = Date.now()): LightState {
  const states = tenant.keys.map((key) => keyLight(key, now));
  return states.reduce<LightState>(
    (worst, state) => (ORDER.indexOf(state) > ORDER.indexOf(worst) ? state : worst),
    states[0] ?? "unknown",
  );
}

/** The certificate of a tenant that ends first, when that is near or past. */
export function tenantExpiry(tenant: Tenant, now = Date.now()): Validity | null {
  const due = tenant.keys
    .map((key) => keyValidity(key, now))
    .filter((one): one is Validity => one !== null && one.state !== "good");
  return due.toSorted((a, b) => a.daysLeft - b.daysLeft)[0] ?? null;
}

/** The key that is used when none is named. */
export function usualKey(tenant: Tenant): Key | null {
  return tenant.keys.find((key) => key.plan === "integration-flow") ?? tenant.keys[0] ?? null;
}

/** Tenants by group, groups by name, those without one last. */
export function grouped(list: ReadonlyArray<Tenant>): Array<{ group: string; tenants: Tenant[] }> {
  const groups = new Map<string, Tenant[]>();
  for (const tenant of list) {
    const name = tenant.group ?? (tenant.stage === "sandbox" ? "On this computer" : "");
    groups.set(name, [...(groups.get(name) ?? []), tenant]);
  }
  const rank = (name: string) => (name === "" ? 1 : name === "On this computer" ? 2 : 0);
  return [...groups]
    .map(([group, tenants]) => ({ group, tenants }))
    .toSorted((a, b) => rank(a.group) - rank(b.group) || a.group.localeCompare(b.group));
}
