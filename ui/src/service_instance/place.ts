/** Where in a text the line and column are that a message names; null when it names none that is there. */
export function offsetOf(text: string, message: string): number | null {
  const found = /line (\d+), column (\d+)/u.exec(message);
  if (!found) return null;
  const lines = text.split("\n");
  const line = Number(found[1]) - 1;
  if (line < 0 || line >= lines.length) return null;
  const before = lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
  const column = Math.min(Math.max(0, Number(found[2]) - 1), lines[line]?.length ?? 0);
  return before + column;
}
