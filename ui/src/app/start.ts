import { backend, failureOf } from "../backend";
import type { Error as Failure } from "../bindings/Error";
import { answerDropped, answerRefused } from "../certificate/requests";
import { followKeys, loadCertificates } from "../certificate/state";
import { followTenants } from "../collection/environments";
import { followCollections, loadCollections } from "../collection/state";
import { forgetAnswer } from "../exchange/state";
import { closePage, goTo } from "../navigation";
import { reloadFile, reloadFiles } from "../request/file";
import { forgetResolved } from "../request/resolve";
import { activate, allKept, keepAll, loadRequests, requests } from "../request/state";
import { dropFailed, imports, showImport } from "../service_key/import_state";
import { loadSecretStore, loadSettings } from "../settings/state";
import { toast } from "../components/Toast";
import { createStore } from "../store";
import { loadTenants } from "../tenant/state";

export const started = createStore<{ ready: boolean; failure: Failure | null }>({ ready: false, failure: null });

/** Says what happened to the user's data before the window opened: a damaged file, and what was saved of it. */
async function tellRemarks(): Promise<void> {
  for (const remark of await backend().call("remark_list", null)) toast([remark.message, remark.hint].join(" ").trim());
}

/** Reads everything the window shows and goes where the user left. */
export async function start(): Promise<void> {
  try {
    void loadSecretStore().catch(() => undefined);
    void tellRemarks().catch(() => undefined);
    const [tenants, drafts, open] = await Promise.all([
      loadTenants(),
      loadRequests(),
      loadCollections(),
      loadSettings(),
    ]);
    const first = drafts[0];
    if (first) {
      activate(first.id);
      goTo("requests");
    } else goTo(open.length > 0 ? "requests" : tenants.length > 0 ? "tenants" : "start");
    started.set({ ready: true, failure: null });
    void loadCertificates();
    void reloadFiles();
  } catch (thrown) {
    started.set({ ready: true, failure: failureOf(thrown) });
  }
}

/** The window goes once everything typed is kept. */
async function leave(): Promise<void> {
  await allKept();
  await backend().windowClose();
}

/** A certificate fell on the window; whoever is adding a key stays with that. */
async function answerFell(name: string): Promise<void> {
  if (imports.get().open) toast(`${name} is signed; its private key fits`);
  else await answerDropped(name);
}

/** Listens to what happens outside of the views; answers how to stop. */
export function listen(): () => void {
  const stops = [
    backend().onKeyDropped((read) => showImport(read, false)),
    backend().onDropFailed(dropFailed),
    backend().onAnswerDropped(({ name }) => void answerFell(name)),
    backend().onAnswerRefused((failure) => (imports.get().open ? dropFailed(failure) : answerRefused(failure))),
    backend().onClosing(() => void leave()),
    followCollections((id) => void reloadFile(id)),
  ];
  const stopFollowingTenants = followTenants();
  const stopFollowingKeys = followKeys();
  let open = new Set<string>();
  const stopForgetting = requests.subscribe(() => {
    const now = new Set(requests.get().list.map((draft) => draft.id));
    for (const id of open) {
      if (now.has(id)) continue;
      forgetAnswer(id);
      forgetResolved(id);
    }
    open = now;
  });
  // Another tab takes the place of a page.
  let shown = requests.get().active;
  const stopFollowing = requests.subscribe(() => {
    const { active } = requests.get();
    if (active !== shown) closePage();
    shown = active;
  });
  const onHide = () => keepAll();
  window.addEventListener("pagehide", onHide);
  window.addEventListener("blur", onHide);
  return () => {
    for (const stop of stops) void stop.then((act) => act());
    stopFollowingTenants();
    stopFollowingKeys();
    stopForgetting();
    stopFollowing();
    window.removeEventListener("pagehide", onHide);
    window.removeEventListener("blur", onHide);
  };
}
