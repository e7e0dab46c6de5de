import { pageAt } from "./zoom";

/** A place in a document: a page, and how far down it. */
export interface Place {
  page: number;
  part: number;
}

export const START: Place = { page: 1, part: 0 };

const papers = (scroller: HTMLElement): HTMLElement[] => [...scroller.querySelectorAll<HTMLElement>(".pdf-page")];

/** The place at the upper edge of what is seen. */
export function placeIn(scroller: HTMLElement): Place {
  const all = papers(scroller);
  const tops = all.map((paper) => paper.offsetTop);
  const page = pageAt(tops, scroller.scrollTop);
  const paper = all[page - 1];
  return paper ? { page, part: (scroller.scrollTop - paper.offsetTop) / Math.max(1, paper.offsetHeight) } : START;
}

/** The page that is being read. */
export function pageIn(scroller: HTMLElement): number {
  const tops = papers(scroller).map((paper) => paper.offsetTop);
  return pageAt(tops, scroller.scrollTop + scroller.clientHeight / 2);
}

/** Brings a place to the upper edge. */
export function showPlace(scroller: HTMLElement, { page, part }: Place): void {
  const paper = papers(scroller)[page - 1];
  if (paper) scroller.scrollTop = paper.offsetTop + part * paper.offsetHeight;
}

/** Brings the beginning of a page into sight, with some of the gap above it. */
export function showPage(scroller: HTMLElement, page: number, gap: number): void {
  const paper = papers(scroller)[page - 1];
  if (paper) scroller.scrollTop = paper.offsetTop - gap;
}
