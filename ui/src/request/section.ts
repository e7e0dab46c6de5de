import { createStore, useStore } from "../store";
import type { Body } from "../bindings/Body";

/** A part of the request that is edited. */
export type Section = "params" | "headers" | "auth" | "body" | "variables" | "docs" | "scripts" | "options";

/** Which part of a request was chosen, by the request's id. */
const chosen = createStore<{ sections: Record<string, Section> }>({ sections: {} });

/** Shows a part of a request. */
export function showSection(request: string, section: Section): void {
  chosen.set(({ sections }) => ({ sections: { ...sections, [request]: section } }));
}

/** The part that is shown: what there is to edit, until one is chosen. */
export function useSection(request: string, body: Body): Section {
  const section = useStore(chosen, ({ sections }) => sections[request]);
  return section ?? (body.kind === "none" ? "params" : "body");
}
