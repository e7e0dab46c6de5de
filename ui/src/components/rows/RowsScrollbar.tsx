import { useRef, type KeyboardEvent, type PointerEvent } from "react";
import { ROW } from "./geometry";
import { useRows, type RowsModel } from "./model";

const LEAST = 28;

/** A scroll bar of our own: the whole height is more than a browser can lay out. */
export function RowsScrollbar({ model, controls, label }: { model: RowsModel; controls: string; label: string }) {
  useRows(model, (rows) => rows.version);
  const bar = useRef<HTMLDivElement>(null);
  const grabbed = useRef<number | null>(null);
  const height = model.viewport;
  const end = model.end.row * ROW + model.end.offset + height;
  const thumb = Math.min(height, Math.max(LEAST, (height * height) / Math.max(1, end)));
  const top = model.share * (height - thumb);
  const goTo = (clientY: number) => {
    const box = bar.current?.getBoundingClientRect();
    if (box && height > thumb) model.scrollTo((clientY - box.top - (grabbed.current ?? thumb / 2)) / (height - thumb));
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    const y = event.clientY - event.currentTarget.getBoundingClientRect().top;
    grabbed.current = y >= top && y <= top + thumb ? y - top : thumb / 2;
    event.currentTarget.setPointerCapture(event.pointerId);
    goTo(event.clientY);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowRight") model.scrollBy(ROW);
    else if (event.key === "ArrowUp" || event.key === "ArrowLeft") model.scrollBy(-ROW);
    else if (event.key === "PageDown") model.scrollBy(height - ROW);
    else if (event.key === "PageUp") model.scrollBy(ROW - height);
    else if (event.key === "Home") model.scrollTo(0);
    else if (event.key === "End") model.scrollTo(1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const idle = end <= height;
  return (
    <div
      ref={bar}
      className={`rows-bar ${idle ? "idle" : ""}`}
      role="scrollbar"
      tabIndex={idle ? -1 : 0}
      aria-label={label}
      aria-controls={controls}
      aria-orientation="vertical"
      aria-valuemin={1}
      aria-valuemax={Math.max(1, model.total)}
      aria-valuenow={Math.min(model.position.row + 1, Math.max(1, model.total))}
      aria-valuetext={`Row ${(model.position.row + 1).toLocaleString("en")} of ${model.total.toLocaleString("en")}`}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => grabbed.current !== null && goTo(event.clientY)}
      onPointerUp={() => (grabbed.current = null)}
      onPointerCancel={() => (grabbed.current = null)}
    >
      {idle ? null : <span className="rows-thumb" style={{ height: thumb, transform: `translateY(${top}px)` }} />}
    </div>
  );
}
