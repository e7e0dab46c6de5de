import type { Saved } from "../bindings/Saved";
import { createStore } from "../store";

/** Saved outcomes that only the user can decide. */
export type Undecided = Exclude<Saved, { outcome: "written" }>;
/** What the user said to one of them. */
export type Decision = "mine" | "theirs" | "move" | "write" | "cancel";

export interface SaveOptions {
  version?: string;
  with_secrets?: boolean;
  move_secrets?: boolean;
}

interface Asking {
  saved: Undecided;
  decide(decision: Decision): void;
}

/** What the dialog asks at the moment. */
export const outcomes = createStore<{ asking: Asking | null }>({ asking: null });

function ask(saved: Undecided): Promise<Decision> {
  // A second question takes the place of the first, which then changed nothing.
  outcomes.get().asking?.decide("cancel");
  return new Promise((decided) => {
    const decide = (decision: Decision) => {
      outcomes.set({ asking: null });
      decided(decision);
    };
    outcomes.set({ asking: { saved, decide } });
  });
}

function optionsFor(saved: Undecided, decision: Decision): SaveOptions {
  if (saved.outcome === "conflict") return { version: saved.version };
  return decision === "move" ? { move_secrets: true } : { with_secrets: true };
}

/**
 * Leads a saving to its end: asks what to do about a file somebody else changed and about secrets, and saves again.
 * Answers whether it was written, the edit was only kept, or the file's own text shall be taken.
 */
export async function handleSaved(
  saved: Saved,
  again: (options: SaveOptions) => Promise<Saved>,
): Promise<"written" | "kept" | "theirs"> {
  let now = saved;
  let options: SaveOptions = {};
  while (now.outcome !== "written") {
    // oxlint-disable-next-line eslint/no-await-in-loop -- every question follows from the answer before
    const decision = await ask(now);
    if (decision === "cancel") return "kept";
    if (decision === "theirs") return "theirs";
    options = { ...options, ...optionsFor(now, decision) };
    // oxlint-disable-next-line eslint/no-await-in-loop
    now = await again(options);
  }
  return "written";
}
