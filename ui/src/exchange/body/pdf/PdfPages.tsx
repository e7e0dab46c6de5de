import { useCallback, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { PageSize, PdfDocument } from "./document";
import { PdfBar } from "./PdfBar";
import { PdfPage } from "./PdfPage";
import { pageIn, placeIn, showPage, showPlace, START } from "./place";
import { scaleOf, stepped, type Zoom } from "./zoom";

/** Paper's distance from the edges, both sides. */
const MARGIN = 32;

export interface PdfPagesProps {
  pdf: PdfDocument;
  first: PageSize;
}

/** Sizes of pages: that of the first until a page is known better. */
function useSizes(first: PageSize) {
  const [known, setKnown] = useState<Map<number, PageSize>>(new Map());
  const learn = useCallback(
    (number: number, size: PageSize) =>
      setKnown((before) => {
        const old = before.get(number) ?? first;
        const same = old.width === size.width && old.height === size.height;
        return same ? before : new Map(before).set(number, size);
      }),
    [first],
  );
  const widest = Math.max(first.width, ...[...known.values()].map((size) => size.width));
  return { sizeOf: (number: number) => known.get(number) ?? first, widest, learn };
}

/** How wide an element is within. */
function useRoom(element: React.RefObject<HTMLElement | null>): number {
  const [room, setRoom] = useState(0);
  useLayoutEffect(() => {
    const box = element.current;
    if (!box) return undefined;
    const measure = () => setRoom(box.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [element]);
  return room;
}

/** The pages of a document, one below the other. */
export function PdfPages({ pdf, first }: PdfPagesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState<Zoom>("width");
  const [page, setPage] = useState(1);
  const { sizeOf, widest, learn } = useSizes(first);
  const scale = scaleOf(zoom, useRoom(scroller) - MARGIN, widest);
  const place = useRef(START);
  // Whatever changes its size, the same place stays in sight.
  useLayoutEffect(() => {
    if (scroller.current && place.current !== START) showPlace(scroller.current, place.current);
  }, [scale]);
  const numbers = useMemo(() => Array.from({ length: pdf.numPages }, (_, at) => at + 1), [pdf]);
  const onScroll = () => {
    if (!scroller.current) return;
    place.current = placeIn(scroller.current);
    setPage(pageIn(scroller.current));
  };
  const go = (to: number) => {
    const wanted = Math.min(Math.max(to, 1), pdf.numPages);
    if (scroller.current) showPage(scroller.current, wanted, MARGIN / 2);
    setPage(wanted);
  };
  const step = (by: 1 | -1) => setZoom(stepped(scale, by));
  const fit = () => setZoom("width");
  const onKeyDown = (event: KeyboardEvent) => press(event, { go, step, fit, page, last: pdf.numPages });
  return (
    <div className="pdf">
      <PdfBar page={page} pages={pdf.numPages} scale={scale} fits={zoom === "width"} go={go} step={step} fit={fit} />
      <div
        ref={scroller}
        className="pdf-pages"
        role="region"
        aria-label="Pages of the PDF"
        data-testid="pdf-pages"
        tabIndex={0}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
      >
        {numbers.map((number) => (
          <PdfPage
            key={number}
            pdf={pdf}
            number={number}
            scale={scale}
            size={sizeOf(number)}
            scroller={scroller}
            onSize={learn}
          />
        ))}
      </div>
    </div>
  );
}

interface Keys {
  go(page: number): void;
  step(by: 1 | -1): void;
  fit(): void;
  page: number;
  last: number;
}

/** Plus, minus and zero change the size, arrows to the sides, Home and End the page; the rest scrolls as everywhere. */
function press(event: KeyboardEvent, { go, step, fit, page, last }: Keys): void {
  const does: Record<string, () => void> = {
    "+": () => step(1),
    "=": () => step(1),
    "-": () => step(-1),
    "0": fit,
    ArrowRight: () => go(page + 1),
    ArrowLeft: () => go(page - 1),
    Home: () => go(1),
    End: () => go(last),
  };
  const action = event.ctrlKey || event.metaKey || event.altKey ? undefined : does[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}
