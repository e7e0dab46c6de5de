import { createStore } from "../store";
import { tenants } from "../tenant/state";
import { startSending } from "../exchange/state";
import { requests } from "./state";
import { writes } from "./resolve";

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

/** Sends a tab's request, or asks first when it would write to production. */
export function sendRequest(id: string): void {
  const draft = requests.get().list.find((one) => one.id === id);
  if (!draft) return;
  if (asksFirst(draft.request.method, draft.tenant)) guard.set({ asking: id });
  else void startSending(draft);
}

/** The user answered the question with yes. */
export function confirmSend(id: string, dontAskAgain: boolean): void {
  const draft = requests.get().list.find((one) => one.id === id);
  guard.set((now) => ({
    asking: null,
    released: dontAskAgain && draft?.tenant ? new Set([...now.released, draft.tenant]) : now.released,
  }));
  if (draft) void startSending(draft);
}

/** In this run every production tenant is asked for again; for tests. */
export function forgetAnswers(): void {
  guard.set({ asking: null, released: new Set() });
}
