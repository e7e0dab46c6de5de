/** Two texts by lines. */
export function difference(ours: string, theirs: string): { ours: string[]; theirs: string[] } {
  return { ours: linesOf(ours), theirs: linesOf(theirs) };
}

export function linesOf(text: string): string[] {
  return text.replace(/\n$/, "").split("\n");
}

/** The numbers of the lines of a text that another one does not have at that place. */
export function changedLines(before: string, after: string): number[] {
  const old = linesOf(before);
  const now = linesOf(after);
  let start = 0;
  while (start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  return Array.from({ length: now.length - end - start }, (_, at) => start + at + 1);
}
