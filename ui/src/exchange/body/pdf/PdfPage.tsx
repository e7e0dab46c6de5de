import { useEffect, useRef, useState, type RefObject } from "react";
import { drawPage, sizeOf, type PageSize, type PdfDocument } from "./document";

export interface PdfPageProps {
  pdf: PdfDocument;
  number: number;
  scale: number;
  size: PageSize;
  scroller: RefObject<HTMLDivElement | null>;
  onSize(number: number, size: PageSize): void;
}

/** How far beyond what is seen pages are drawn. */
const AHEAD = "60% 0px";

/** Whether an element is in sight of its scroller, or nearly. */
function useNear(element: RefObject<HTMLElement | null>, scroller: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!element.current) return undefined;
    const observer = new IntersectionObserver((seen) => setNear(seen.at(-1)?.isIntersecting ?? false), {
      root: scroller.current,
      rootMargin: AHEAD,
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, scroller]);
  return near;
}

/** A page: its paper always, what is on it only while it is near. */
export function PdfPage(props: PdfPageProps) {
  const { number, scale, size, scroller } = props;
  const paper = useRef<HTMLDivElement>(null);
  const near = useNear(paper, scroller);
  return (
    <div
      ref={paper}
      className="pdf-page"
      role="group"
      aria-label={`Page ${number}`}
      data-page={number}
      style={{ width: size.width * scale, height: size.height * scale }}
    >
      {near ? <Drawn key={scale} {...props} /> : null}
    </div>
  );
}

function Drawn({ pdf, number, scale, onSize }: PdfPageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<"drawing" | "drawn" | "failed">("drawing");
  useEffect(() => {
    let stop: (() => void) | undefined;
    let current = true;
    const draw = async () => {
      const page = await pdf.getPage(number);
      if (!current || !canvas.current || !text.current) return;
      onSize(number, sizeOf(page));
      const drawing = drawPage(page, scale, canvas.current, text.current);
      stop = drawing.stop;
      await drawing.done;
      if (current) setState("drawn");
    };
    draw().catch(() => current && setState("failed"));
    return () => {
      current = false;
      stop?.();
    };
  }, [pdf, number, scale, onSize]);
  return (
    <>
      <canvas ref={canvas} aria-hidden="true" data-state={state} />
      <div
        ref={text}
        className="textLayer"
        style={{ "--total-scale-factor": (scale * 96) / 72 } as React.CSSProperties}
      />
      {state === "failed" ? (
        <p className="pdf-failed" role="alert">
          Page {number} could not be drawn. Open the PDF with the system to see it.
        </p>
      ) : null}
    </>
  );
}
