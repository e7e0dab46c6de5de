import type { Draft } from "../bindings/Draft";

const PLACE = "sluice.aside";

/** The tabs that were closed with edits their file does not have; losing the list opens them again. */
export function asideIds(): ReadonlySet<string> {
  try {
    const ids: unknown = JSON.parse(localStorage.getItem(PLACE) ?? "[]");
    return new Set(Array.isArray(ids) ? ids.filter((id): id is string => typeof id === "string") : []);
  } catch {
    return new Set();
  }
}

/** Remembers which of the closed tabs are kept. */
export function keepAside(closed: ReadonlyArray<Draft>): void {
  const ids = closed.filter((draft) => draft.file?.changed).map((draft) => draft.id);
  try {
    localStorage.setItem(PLACE, JSON.stringify(ids));
  } catch {
    // A window without storage shows them as open tabs at its next start.
  }
}
