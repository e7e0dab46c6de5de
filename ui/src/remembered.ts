/** What this installation remembers under a name; null when there is nothing, or nothing readable. */
export function remembered(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}

/** Remembers how the window was used, for the next run; harmless when lost. */
export function remember(name: string, value: unknown): void {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // A window without storage starts as usual.
  }
}

/** The texts remembered under a name. */
export function rememberedTexts(name: string): string[] {
  const read = remembered(name);
  return Array.isArray(read) ? read.filter((one) => typeof one === "string") : [];
}
