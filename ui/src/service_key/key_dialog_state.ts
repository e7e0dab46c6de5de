import { createStore } from "../store";

export type KeyDialog = "facts" | "edit" | "remove";

interface Asked {
  what: KeyDialog;
  tenant: string;
  key: string;
}

export const keyDialogs = createStore<{ asked: Asked | null }>({ asked: null });

/** Opens a dialog about a saved key, from wherever one stands. */
export function openKeyDialog(what: KeyDialog, tenant: string, key: string): void {
  keyDialogs.set({ asked: { what, tenant, key } });
}

export function closeKeyDialog(): void {
  keyDialogs.set({ asked: null });
}
