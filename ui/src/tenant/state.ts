import { backend, type Input } from "../backend";
import type { Tenant } from "../bindings/Tenant";
import { createStore, useStore } from "../store";

interface Tenants {
  list: Tenant[];
  loaded: boolean;
  /** The tenant in the chip of the top bar. */
  current: string | null;
}

export const tenants = createStore<Tenants>({ list: [], loaded: false, current: null });

export async function loadTenants(): Promise<Tenant[]> {
  const list = await backend().call("tenant_list", null);
  tenants.set((now) => ({
    list,
    loaded: true,
    current: list.some((one) => one.name === now.current) ? now.current : (list[0]?.name ?? null),
  }));
  return list;
}

export function chooseTenant(name: string | null): void {
  tenants.set({ current: name });
}

export async function addTenant(input: Input<"tenant_add">): Promise<void> {
  const made = await backend().call("tenant_add", input);
  await loadTenants();
  chooseTenant(made.name);
}

export async function changeTenant(input: Input<"tenant_change">): Promise<void> {
  const changed = await backend().call("tenant_change", input);
  if (tenants.get().current === input.tenant) chooseTenant(changed.name);
  await loadTenants();
}

export async function forbidHost(tenant: string, origin: string): Promise<void> {
  await backend().call("host_forbid", { tenant, origin });
  await loadTenants();
}

export async function removeTenant(name: string): Promise<void> {
  await backend().call("tenant_remove", { tenant: name });
  await loadTenants();
}

export function useTenants(): Tenant[] {
  return useStore(tenants, (state) => state.list);
}

export function useTenant(name: string | null): Tenant | null {
  return useStore(tenants, (state) => state.list.find((one) => one.name === name) ?? null);
}

export function useCurrentTenant(): Tenant | null {
  return useStore(tenants, (state) => state.list.find((one) => one.name === state.current) ?? null);
}
