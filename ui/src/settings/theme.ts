import type { Theme } from "../bindings/Theme";

const DARK = "(prefers-color-scheme: dark)";
const CONTRAST = "(prefers-contrast: more)";
const FORCED = "(forced-colors: active)";

let wanted: Theme = "system";

/** The theme that is drawn when the user leaves it to the system. */
export function systemTheme(matches: (query: string) => boolean): Exclude<Theme, "system"> {
  if (matches(CONTRAST) || matches(FORCED)) return "contrast";
  return matches(DARK) ? "dark" : "light";
}

function draw(): void {
  const theme = wanted === "system" ? systemTheme((query) => window.matchMedia(query).matches) : wanted;
  document.documentElement.dataset.theme = theme;
}

export function applyTheme(theme: Theme): void {
  wanted = theme;
  draw();
}

/** Follows the system while the window is open. */
export function followSystem(): void {
  for (const query of [DARK, CONTRAST, FORCED]) window.matchMedia(query).addEventListener("change", draw);
  draw();
}
