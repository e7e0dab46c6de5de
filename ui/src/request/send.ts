import { backend, failureOf } from "../backend";
import type { Draft } from "../bindings/Draft";
import { toast } from "../components/Toast";
import { putFailureAside, startSending } from "../exchange/state";
import { createStore } from "../store";
import { loadTenants, tenants } from "../tenant/state";
import { resolveDraft, writes } from "./resolve";
import { changeRequest, requests } from "./state";

/** Which request waits for the production question, and which tenants were answered for in this run. */
interface Guard {
  asking: string | null;
  /** The production tenant it is asked for: the chosen one, or the one the URL's host belongs to. */
  tenant: string | null;
  released: ReadonlySet<string>;
}

export const guard = createStore<Guard>({
  asking: null,
  tenant: null,
  released: new Set(),
});

/** Whether Send will ask first. */
export function asksFirst(method: string, tenant: string | null): boolean {
  const stage = tenants.get().list.find((one) => one.name === tenant)?.stage;
  return stage === "prod" && writes(method) && tenant !== null && !guard.get().released.has(tenant);
}

async function send(draft: Draft, confirmed: boolean): Promise<void> {
  const failure = await startSending(draft, confirmed);
  // Rust knows better what is production; it sent nothing.
  if (failure?.code !== "confirmation_needed" || confirmed) return;
  const tenant = failure.detail ?? draft.tenant;
  if (tenant !== null && guard.get().released.has(tenant)) await send(draft, true);
  else guard.set({ asking: draft.id, tenant });
}

/** Sends a tab's request, or asks first when it would write to production. */
export function sendRequest(id: string): void {
  const draft = requests.get().list.find((one) => one.id === id);
  if (!draft) return;
  if (asksFirst(draft.request.method, draft.tenant)) guard.set({ asking: id, tenant: draft.tenant });
  else void send(draft, draft.tenant !== null && guard.get().released.has(draft.tenant));
}

/** The user answered the question with yes. */
export function confirmSend(id: string, dontAskAgain: boolean): void {
  const draft = requests.get().list.find((one) => one.id === id);
  guard.set((now) => ({
    asking: null,
    released: dontAskAgain && now.tenant ? new Set([...now.released, now.tenant]) : now.released,
  }));
  if (draft) void send(draft, true);
}

/** Leaves the sign-in out, so that no credential goes anywhere, and sends. */
export function sendWithoutSignIn(id: string): void {
  changeRequest(id, { authorization: { kind: "none" } });
  sendRequest(id);
}

/** Lets the tenant's credentials go to this host from now on; its page takes that back. */
export async function allowHost(id: string, origin: string | null): Promise<void> {
  const draft = requests.get().list.find((one) => one.id === id);
  if (!draft || !origin) return;
  try {
    const tenant = draft.tenant ?? (await resolveDraft(draft)).tenant;
    if (!tenant) return;
    await backend().call("host_allow", { tenant, origin });
    await loadTenants();
    putFailureAside(id);
  } catch (thrown) {
    toast(failureOf(thrown).message);
  }
}

/** In this run every production tenant is asked for again; for tests. */
export function forgetAnswers(): void {
  guard.set({ asking: null, tenant: null, released: new Set() });
}
