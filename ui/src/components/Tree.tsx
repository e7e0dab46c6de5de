import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type HTMLAttributes,
  type KeyboardEvent,
  type ReactNode,
} from "react";
import { keyTarget, type TreeRow } from "./tree_keys";

export interface TreeProps<T extends TreeRow> {
  label: string;
  rows: ReadonlyArray<T>;
  /** The row Tab reaches. */
  active: string | null;
  /** The row whose content is shown. */
  selected: string | null;
  onActive(key: string): void;
  onOpen(row: T): void;
  onToggle(row: T, open: boolean): void;
  /** More keys; answers whether the stroke was for it. */
  onKey?(event: KeyboardEvent, row: T): boolean;
  /** More attributes of a row, for dragging and menus. */
  attributes?(row: T): HTMLAttributes<HTMLDivElement>;
  renderRow(row: T): ReactNode;
  testId?: string;
}

export const ROW_HEIGHT = 28;
const BEYOND = 10;

interface Window {
  from: number;
  to: number;
}

/** The rows that stand in the scrolled part. */
function windowOf(scroller: HTMLElement, count: number): Window {
  // What cannot be measured is taken as a usual sidebar.
  const height = scroller.clientHeight || 800;
  const from = Math.max(0, Math.floor(scroller.scrollTop / ROW_HEIGHT) - BEYOND);
  return { from, to: Math.min(count, Math.ceil((scroller.scrollTop + height) / ROW_HEIGHT) + BEYOND) };
}

/** A tree of any size: only the rows in sight are there, the arrow keys move through all of them. */
export function Tree<T extends TreeRow>(props: TreeProps<T>) {
  const { label, rows, active, selected, onActive, onOpen, onToggle, onKey, attributes, renderRow, testId } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const focusNext = useRef(false);
  const typed = useRef({ text: "", at: 0 });
  const [shown, setShown] = useState<Window>({ from: 0, to: 60 });
  const measure = useCallback(() => {
    if (!scroller.current) return;
    const next = windowOf(scroller.current, rows.length);
    setShown((now) => (now.from === next.from && now.to === next.to ? now : next));
  }, [rows.length]);
  useLayoutEffect(measure, [measure]);
  useEffect(() => {
    const observer = new ResizeObserver(measure);
    if (scroller.current) observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [measure]);

  const at = rows.findIndex((row) => row.key === active);
  const tabbed = at < 0 ? 0 : at;
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box || at < 0) return;
    const top = at * ROW_HEIGHT;
    const height = box.clientHeight;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (height > 0 && top + ROW_HEIGHT > box.scrollTop + height) box.scrollTop = top + ROW_HEIGHT - height;
    if (!focusNext.current) return;
    focusNext.current = false;
    box.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]')?.focus({ preventScroll: true });
    // Only another active row scrolls, not every change of the rows.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [active]);

  const go = (row: T | undefined) => {
    if (!row || row.key === active) return;
    focusNext.current = true;
    onActive(row.key);
  };
  const onKeyDown = (event: KeyboardEvent, row: T, place: number) => {
    if (event.target !== event.currentTarget) return;
    const ours = (() => {
      if (onKey?.(event, row)) return true;
      if (event.ctrlKey || event.metaKey || event.altKey) return false;
      if (event.key === "Enter" || event.key === " ") return (onOpen(row), true);
      if (event.key === "ArrowRight" && row.expanded === false) return (onToggle(row, true), true);
      if (event.key === "ArrowLeft" && row.expanded) return (onToggle(row, false), true);
      const target = keyTarget(rows, place, event, typed.current);
      if (target === null) return false;
      go(rows[target]);
      return true;
    })();
    if (!ours) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const drawn = rows.slice(shown.from, shown.to).map((row, place) => ({ row, place: place + shown.from }));
  const outside = rows[tabbed];
  if (outside && (tabbed < shown.from || tabbed >= shown.to)) drawn.push({ row: outside, place: tabbed });
  return (
    <div ref={scroller} className="tree-scroll" onScroll={measure}>
      <div
        role="tree"
        aria-label={label}
        className="tree"
        style={{ height: rows.length * ROW_HEIGHT }}
        data-testid={testId}
      >
        {drawn.map(({ row, place }) => (
          <div
            {...attributes?.(row)}
            key={row.key}
            role="treeitem"
            aria-level={row.level}
            aria-setsize={row.size}
            aria-posinset={row.place}
            aria-expanded={row.expanded ?? undefined}
            aria-selected={row.key === selected}
            tabIndex={place === tabbed ? 0 : -1}
            className={`tree-row ${attributes?.(row).className ?? ""}`}
            style={{ top: place * ROW_HEIGHT, paddingLeft: 8 + (row.level - 1) * 16 }}
            onFocus={(event) => event.target === event.currentTarget && row.key !== active && onActive(row.key)}
            onClick={() => onOpen(row)}
            onKeyDown={(event) => onKeyDown(event, row, place)}
          >
            {renderRow(row)}
          </div>
        ))}
      </div>
    </div>
  );
}
