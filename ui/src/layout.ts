import { remember, remembered } from "./remembered";
import { createStore } from "./store";

export interface Layout {
  sidebar: boolean;
  /** In pixels. */
  sidebarWidth: number;
  beside: boolean;
  facts: boolean;
  wrap: boolean;
}

export const SIDEBAR = { usual: 288, least: 200, most: 480 };
/** Below this width the sidebar lies over the content. */
export const NARROW = "(max-width: 1099px)";

const PLACE = "sluice.layout";
const usual: Layout = { sidebar: true, sidebarWidth: SIDEBAR.usual, beside: false, facts: true, wrap: false };

/** How the window is arranged; remembered, and harmless when lost. */
export const layout = createStore<Layout>({ ...usual, ...(remembered(PLACE) as Partial<Layout> | null) });

/** Whether the sidebar lies over the content of a narrow window; never remembered. */
export const overlay = createStore<{ open: boolean }>({ open: false });

export function arrange(change: Partial<Layout>): void {
  layout.set(change);
  remember(PLACE, layout.get());
}

/** Shows or hides the sidebar; in a narrow window that is for a moment only. */
export function toggleSidebar(): void {
  if (window.matchMedia(NARROW).matches) overlay.set({ open: !overlay.get().open });
  else arrange({ sidebar: !layout.get().sidebar });
}
