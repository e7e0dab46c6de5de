import { backend, failureOf } from "../backend";
import type { Error as Failure } from "../bindings/Error";
import type { SecretStoreState } from "../bindings/SecretStoreState";
import type { Settings } from "../bindings/Settings";
import { toast } from "../components/Toast";
import { createStore, useStore } from "../store";
import { applyTheme } from "./theme";

interface Known {
  settings: Settings | null;
  store: SecretStoreState | null;
  failure: Failure | null;
}

export const known = createStore<Known>({ settings: null, store: null, failure: null });

export async function loadSettings(): Promise<void> {
  const settings = await backend().call("settings_get", null);
  known.set({ settings });
  applyTheme(settings.theme);
}

export async function loadSecretStore(): Promise<void> {
  known.set({ store: await backend().call("secret_store_state", null) });
}

async function replace(settings: Settings): Promise<boolean> {
  try {
    const kept = await backend().call("settings_change", settings);
    known.set({ settings: kept, failure: null });
    applyTheme(kept.theme);
    return true;
  } catch (thrown) {
    known.set({ failure: failureOf(thrown) });
    return false;
  }
}

/** Changes settings at once; the toast offers the way back. */
export async function changeSettings(change: Partial<Settings>, said: string): Promise<void> {
  const before = known.get().settings;
  if (!before) return;
  if (await replace({ ...before, ...change })) toast(said, () => void replace(before));
}

export function useSettings(): Settings | null {
  return useStore(known, (state) => state.settings);
}

export function useSecretStore(): SecretStoreState | null {
  return useStore(known, (state) => state.store);
}
