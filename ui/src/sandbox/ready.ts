import { backend } from "../backend";
import type { Request } from "../bindings/Request";
import type { Tenant } from "../bindings/Tenant";
import { emptyRequest, openRequest } from "../request/state";
import { chooseTenant, loadTenants } from "../tenant/state";
import { usualKey } from "../tenant/health";
import { fetchToken } from "../token/state";

const ORDER = `{
  "purchaseOrder": "PO-2026-11842",
  "soldTo": "0010001000",
  "currency": "EUR",
  "items": [
    { "material": "TG-11", "quantity": 12, "unit": "EA" },
    { "material": "TG-14", "quantity": 3, "unit": "EA" }
  ]
}
`;

/** Whether the sandbox runs in this window: its keys are held for one run only. */
export function isRunning(tenant: Tenant): boolean {
  return tenant.keys.length > 0 && tenant.keys.every((key) => key.usable);
}

/** A request that works on the sandbox tenant as it is; on others one to fill in. */
export function readyRequest(tenant: Tenant): { title: string | null; request: Request } {
  if (tenant.stage !== "sandbox") return { title: null, request: emptyRequest() };
  return {
    title: "Create order",
    request: { ...emptyRequest(), method: "POST", url: "/http/orders", body: { kind: "json", text: ORDER } },
  };
}

/** Opens a tab with a request that fits the tenant. */
export function callFlow(tenant: Tenant): void {
  openRequest({ tenant: tenant.name, ...readyRequest(tenant) });
}

/** Starts the embedded tenant, gets its first token and answers its tenant. */
export async function startSandbox(): Promise<Tenant> {
  const tenant = await backend().sandboxStart();
  await loadTenants();
  chooseTenant(tenant.name);
  const key = usualKey(tenant);
  if (key) void fetchToken(tenant.name, key.name, false).then(() => loadTenants());
  return tenant;
}
