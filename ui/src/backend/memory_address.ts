import type { SecretStoreState } from "../bindings/SecretStoreState";
import type { Backend } from "./backend";
import { memoryBackend, type MemoryOptions } from "./memory";

const STORES: Record<string, SecretStoreState> = {
  locked: { state: "locked", hint: "Unlock it in the dialog of your desktop, then look again." },
  none: {
    state: "unusable",
    reason: "No Secret Service answers on this computer.",
    hint: "Install gnome-keyring or KeePassXC and sign in again.",
  },
};

/** A backend as the address of the page asks for: `?empty&paste=external&store=locked&refused&answer=open`. */
export function storyBackend(search: string): Backend {
  const asked = new URLSearchParams(search);
  const paste = asked.get("paste");
  return memoryBackend({
    empty: asked.has("empty"),
    paste: (paste ?? undefined) as MemoryOptions["paste"],
    store: STORES[asked.get("store") ?? ""],
    refused: asked.has("refused"),
    answer: (asked.get("answer") ?? undefined) as MemoryOptions["answer"],
    history: Number(asked.get("history") ?? 48_211),
    delay: Number(asked.get("delay") ?? 150),
  });
}
