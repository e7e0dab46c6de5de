import { createStore } from "./store";

export interface Layout {
  sidebar: boolean;
  beside: boolean;
  facts: boolean;
  wrap: boolean;
}

const PLACE = "sluice.layout";
const usual: Layout = { sidebar: true, beside: false, facts: true, wrap: false };

function remembered(): Layout {
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(PLACE) ?? "{}") as Partial<Layout>) };
  } catch {
    return usual;
  }
}

/** How the window is arranged; remembered, and harmless when lost. */
export const layout = createStore<Layout>(remembered());

export function arrange(change: Partial<Layout>): void {
  layout.set(change);
  try {
    localStorage.setItem(PLACE, JSON.stringify(layout.get()));
  } catch {
    // A window without storage starts with the usual arrangement.
  }
}
