import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  type ClipboardEvent,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  type UIEvent,
} from "react";
import { markedText } from "./rows/copy";
import type { Matcher } from "./rows/marks";
import { useRows, type RowsModel } from "./rows/model";
import { RowLine } from "./rows/RowLine";
import { RowsScrollbar } from "./rows/RowsScrollbar";

export interface RowsViewProps {
  model: RowsModel;
  label: string;
  /** The highest line number there is, for the width of the gutter. */
  lines: number;
  wrap?: boolean;
  /** What stands out in every row. */
  matcher?: Matcher | null;
  /** What stands out most. */
  hit?: { row: number; column: number; length: number } | null;
  /** Whether something else at the edge shows the position. */
  bar?: boolean;
  className?: string;
  testId?: string;
  /** Stands above the rows and moves sideways with them. */
  head?: ReactNode;
  /** Everything was marked and is to be copied. */
  onCopyAll?(): void;
  /** Where the focus goes. */
  frame?: RefObject<HTMLDivElement | null>;
}

/** What a key does in the rows; answers whether it did something. */
function act(model: RowsModel, event: KeyboardEvent<HTMLElement>, onCopyAll?: () => void): boolean {
  const ctrl = event.ctrlKey || event.metaKey;
  const { key } = event;
  if (ctrl && key.toLowerCase() === "a") model.markAll(true);
  else if (ctrl && key.toLowerCase() === "c" && model.all) onCopyAll?.();
  else if (ctrl && key === "Home") model.goTo(0);
  else if (ctrl && key === "End") model.goTo(model.total - 1);
  else if (ctrl && event.shiftKey && (key === "[" || key === "{")) void model.fold(model.current);
  else if (ctrl && event.shiftKey && (key === "]" || key === "}")) model.unfold(model.current);
  else if (ctrl || event.altKey) return false;
  else if (key === "ArrowDown") model.step(1);
  else if (key === "ArrowUp") model.step(-1);
  else if (key === "PageDown") model.page(1);
  else if (key === "PageUp") model.page(-1);
  else if (key === "Home") event.currentTarget.scrollLeft = 0;
  else if (key === "End") event.currentTarget.scrollLeft = event.currentTarget.scrollWidth;
  else if (key === "Enter") model.toggleFold(model.current);
  else if (key === "Escape" && model.all) model.markAll(false);
  else return false;
  return true;
}

const LINE_PIXELS = 20;
const GUTTER_REST = 40;

/** Rows of any number, fetched as they come into view. */
export function RowsView(props: RowsViewProps) {
  const { model, label, lines, wrap = false, matcher = null, hit = null, bar = true, head, onCopyAll } = props;
  const id = useId();
  const own = useRef<HTMLDivElement>(null);
  const frame = props.frame ?? own;
  const sheet = useRef<HTMLDivElement>(null);
  const probe = useRef<HTMLSpanElement>(null);
  useRows(model, (rows) => rows.version);
  useLayoutEffect(() => model.setWrap(wrap), [model, wrap]);
  const digits = Math.max(2, lines.toLocaleString("en").length);

  useLayoutEffect(() => {
    const measure = () => {
      const box = frame.current;
      if (!box) return;
      const character = probe.current?.getBoundingClientRect().width || 7.5;
      const width = box.clientWidth - digits * character - GUTTER_REST;
      const above = sheet.current?.offsetTop ?? 0;
      model.setViewport((box.clientHeight || 400) - above, width > 0 ? Math.floor(width / character) : 80);
    };
    measure();
    const observer = new ResizeObserver(measure);
    if (frame.current) observer.observe(frame.current);
    return () => observer.disconnect();
  }, [model, frame, digits]);

  useLayoutEffect(() => {
    if (!wrap || !sheet.current) return;
    const rows = [...sheet.current.querySelectorAll<HTMLElement>("[data-row]")];
    model.measured(rows.map((row) => [Number(row.dataset.row), row.offsetHeight]));
  });

  // React listens to wheels passively, which would let the page move as well.
  useEffect(() => {
    const box = frame.current;
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.deltaY === 0 || (event.shiftKey && event.deltaX === 0)) return;
      event.preventDefault();
      model.scrollBy(event.deltaMode === 1 ? event.deltaY * LINE_PIXELS : event.deltaY);
      if (event.deltaX !== 0 && box) box.scrollLeft += event.deltaX;
    };
    box?.addEventListener("wheel", onWheel, { passive: false });
    return () => box?.removeEventListener("wheel", onWheel);
  }, [model, frame]);

  // Marking text beyond the edge lets the browser scroll a little: that is taken over.
  const onScroll = (event: UIEvent<HTMLElement>) => {
    const box = event.currentTarget;
    if (box.scrollTop === 0) return;
    const moved = box.scrollTop;
    box.scrollTop = 0;
    model.scrollBy(moved);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (!act(model, event, onCopyAll)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onCopy = (event: ClipboardEvent<HTMLElement>) => {
    const text = sheet.current && !model.all ? markedText(sheet.current) : "";
    if (!model.all && text === "") return;
    event.preventDefault();
    if (model.all) onCopyAll?.();
    else event.clipboardData.setData("text/plain", text);
  };
  const rows = model.visible();
  const widest = wrap ? 0 : model.widestOf(rows);
  return (
    <div className={`rows-view ${props.className ?? ""} ${model.all ? "all" : ""}`}>
      <div
        ref={frame}
        id={id}
        className={`rows-frame ${wrap ? "wrap" : ""}`}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-readonly="true"
        aria-rowcount={model.total}
        aria-activedescendant={rows.includes(model.current) ? `${id}-${model.current}` : undefined}
        data-testid={props.testId}
        style={{ "--digits": digits, "--widest": widest } as CSSProperties}
        onKeyDown={onKeyDown}
        onScroll={onScroll}
        onCopy={onCopy}
      >
        <span ref={probe} className="rows-probe" aria-hidden="true">
          0
        </span>
        {head}
        <div
          ref={sheet}
          className="rows-sheet"
          role="rowgroup"
          style={{ transform: `translateY(${-model.position.offset}px)` }}
        >
          {rows.map((row) => (
            <RowLine
              key={row}
              id={`${id}-${row}`}
              model={model}
              row={row}
              value={model.pages.get(row)}
              current={model.touched && row === model.current}
              hidden={model.folds.hidden(row)}
              hitFrom={hit?.row === row ? hit.column : undefined}
              hitLength={hit?.row === row ? hit.length : undefined}
              matcher={matcher}
            />
          ))}
        </div>
      </div>
      {bar ? <RowsScrollbar model={model} controls={id} label={`Position in ${label}`} /> : null}
    </div>
  );
}
