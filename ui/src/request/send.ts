import type { Draft } from "../bindings/Draft";
import { putFailureAside, startSending } from "../exchange/state";
import { createStore } from "../store";
import { tenants } from "../tenant/state";
import { writes } from "./resolve";
import { changeDraft, changeRequest, requests } from "./state";

/** Which request waits for the production question, and which tenants were answered for in this run. */
export const guard = createStore<{ asking: string | null; released: ReadonlySet<string> }>({
  asking: null,
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
  if (failure?.code === "confirmation_needed" && !confirmed) guard.set({ asking: draft.id });
}

/** Sends a tab's request, or asks first when it would write to production. */
export function sendRequest(id: string): void {
  const draft = requests.get().list.find((one) => one.id === id);
  if (!draft) return;
  if (asksFirst(draft.request.method, draft.tenant)) guard.set({ asking: id });
  else void send(draft, draft.tenant !== null && guard.get().released.has(draft.tenant));
}

/** The user answered the question with yes. */
export function confirmSend(id: string, dontAskAgain: boolean): void {
  const draft = requests.get().list.find((one) => one.id === id);
  guard.set((now) => ({
    asking: null,
    released: dontAskAgain && draft?.tenant ? new Set([...now.released, draft.tenant]) : now.released,
  }));
  if (draft) void send(draft, true);
}

/** Leaves the sign-in out, so that no credential goes anywhere, and sends. */
export function sendWithoutSignIn(id: string): void {
  changeRequest(id, { authorization: { kind: "none" } });
  sendRequest(id);
}

/** Lets the credentials of this one request go to hosts that are not the tenant's. */
export function allowAnyHost(id: string): void {
  changeDraft(id, (draft) => ({
    ...draft,
    request: { ...draft.request, options: { ...draft.request.options, any_host: true } },
  }));
  putFailureAside(id);
}

/** In this run every production tenant is asked for again; for tests. */
export function forgetAnswers(): void {
  guard.set({ asking: null, released: new Set() });
}
