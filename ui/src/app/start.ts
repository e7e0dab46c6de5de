import { backend, failureOf } from "../backend";
import type { Error as Failure } from "../bindings/Error";
import { forgetAnswer } from "../exchange/state";
import { goTo } from "../navigation";
import { activate, keepAll, loadRequests, requests } from "../request/state";
import { dropFailed, showImport } from "../service_key/import_state";
import { loadSecretStore, loadSettings } from "../settings/state";
import { createStore } from "../store";
import { loadTenants } from "../tenant/state";

export const started = createStore<{ ready: boolean; failure: Failure | null }>({ ready: false, failure: null });

/** Reads everything the window shows and goes where the user left. */
export async function start(): Promise<void> {
  try {
    void loadSecretStore().catch(() => undefined);
    const [tenants, drafts] = await Promise.all([loadTenants(), loadRequests(), loadSettings()]);
    const first = drafts[0];
    if (first) {
      activate(first.id);
      goTo("requests");
    } else goTo(tenants.length > 0 ? "tenants" : "start");
    started.set({ ready: true, failure: null });
  } catch (thrown) {
    started.set({ ready: true, failure: failureOf(thrown) });
  }
}

/** Listens to what happens outside of the views; answers how to stop. */
export function listen(): () => void {
  const stops = [backend().onKeyDropped((read) => showImport(read, false)), backend().onDropFailed(dropFailed)];
  let open = new Set<string>();
  const stopForgetting = requests.subscribe(() => {
    const now = new Set(requests.get().list.map((draft) => draft.id));
    for (const id of open) if (!now.has(id)) forgetAnswer(id);
    open = now;
  });
  const onHide = () => keepAll();
  window.addEventListener("pagehide", onHide);
  window.addEventListener("blur", onHide);
  return () => {
    for (const stop of stops) void stop.then((act) => act());
    stopForgetting();
    window.removeEventListener("pagehide", onHide);
    window.removeEventListener("blur", onHide);
  };
}
