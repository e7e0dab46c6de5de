/** The marked text of rows; pieces of one long line are joined again, which the browser would not do. */
export function markedText(sheet: HTMLElement): string {
  const marked = document.getSelection();
  if (!marked || marked.rangeCount === 0 || marked.isCollapsed) return "";
  const range = marked.getRangeAt(0);
  let text = "";
  let first = true;
  for (const row of sheet.querySelectorAll<HTMLElement>("[data-row]")) {
    const cell = row.querySelector<HTMLElement>(".rows-text");
    if (!cell || !range.intersectsNode(cell)) continue;
    const part = document.createRange();
    part.selectNodeContents(cell);
    const fold = cell.querySelector(".rows-folded");
    if (fold) part.setEndBefore(fold);
    if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0)
      part.setStart(range.startContainer, range.startOffset);
    if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(range.endContainer, range.endOffset);
    text += `${first || row.dataset.piece !== undefined ? "" : "\n"}${part.toString()}`;
    first = false;
  }
  return text;
}
