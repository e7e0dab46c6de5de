import type { Draft } from "../bindings/Draft";
import { createStore, useStore } from "../store";
import { same } from "./baseline";

type Snapshot = Pick<Draft, "title" | "tenant" | "request" | "details">;

interface Steps {
  past: Snapshot[];
  future: Snapshot[];
  /** When the last edit was noted, in milliseconds. */
  at: number;
}

/** Edits closer together than this are one step, in milliseconds. */
export const COALESCE = 800;
const MOST = 100;
const NONE: Steps = { past: [], future: [], at: 0 };

const steps = createStore<Record<string, Steps | undefined>>({});

function snapshot({ title, tenant, request, details }: Draft): Snapshot {
  return { title, tenant, request, details };
}

/** Notes what a draft was before an edit. */
export function noteEdit(before: Draft, after: Draft): void {
  if (same(snapshot(before), snapshot(after))) return;
  const { past, at } = steps.get()[before.id] ?? NONE;
  const now = Date.now();
  const goesOn = past.length > 0 && now - at < COALESCE;
  const next = goesOn ? past : [...past, snapshot(before)].slice(-MOST);
  steps.set({ [before.id]: { past: next, future: [], at: now } });
}

/** The draft as it was one step ago; null when there is none. */
export function undone(draft: Draft): Draft | null {
  const { past, future } = steps.get()[draft.id] ?? NONE;
  const last = past.at(-1);
  if (!last) return null;
  steps.set({ [draft.id]: { past: past.slice(0, -1), future: [snapshot(draft), ...future], at: 0 } });
  return { ...draft, ...last };
}

/** The draft as it was before the last undo; null when there was none. */
export function redone(draft: Draft): Draft | null {
  const { past, future } = steps.get()[draft.id] ?? NONE;
  const [next, ...rest] = future;
  if (!next) return null;
  steps.set({ [draft.id]: { past: [...past, snapshot(draft)], future: rest, at: 0 } });
  return { ...draft, ...next };
}

/** Whether there is something to undo and to redo. */
export function useSteps(id: string): { undo: boolean; redo: boolean } {
  const undo = useStore(steps, (state) => (state[id]?.past.length ?? 0) > 0);
  const redo = useStore(steps, (state) => (state[id]?.future.length ?? 0) > 0);
  return { undo, redo };
}
