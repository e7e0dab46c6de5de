import { Copy, Columns2, Download, ExternalLink, Pin, PinOff, Send, Trash2 } from "lucide-react";
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
} from "react";
import { ContextMenu, type ContextCommand } from "../components/ContextMenu";
import { useStore } from "../store";
import { changeEntry, compareChosen, compareWith, copyAsCurl, exportHar, removeChosen, takeAsPartner } from "./actions";
import { openExchange, sendExchange } from "./drafts";
import { entryAt, headingsOf, heightOf, PAGE, ROW, HEADING, topOf, windowOf } from "./geometry";
import { HistoryRow } from "./HistoryRow";
import { activate, clearSelection, selectTo, toggle } from "./selection";
import { activeEntry, history, loadPage, sight } from "./state";

const USUAL_HEIGHT = 640;

function place(element: HTMLElement, top: number): void {
  element.scrollTop = top;
}

function useScroll(frame: RefObject<HTMLDivElement | null>) {
  const [at, setAt] = useState({ top: sight.top, height: USUAL_HEIGHT });
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const read = () => {
      sight.top = element.scrollTop;
      setAt({ top: element.scrollTop, height: element.clientHeight || USUAL_HEIGHT });
    };
    // The list was left at this place before.
    place(element, sight.top);
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    element.addEventListener("scroll", read, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", read);
    };
  }, [frame]);
  return at;
}

/** Chooses a row: shows it, takes it into the selection, or compares it with the one that waits. */
function choose(index: number, event: Pick<MouseEvent, "shiftKey" | "ctrlKey" | "metaKey" | "type">): void {
  const entry = entryAt(history.get().pages, index);
  if (entry && event.type === "click" && takeAsPartner(entry.id)) return;
  if (event.shiftKey) return void selectTo(index);
  if (event.ctrlKey || event.metaKey) return toggle(index);
  activate(index);
}

function commandsOf(): ContextCommand[] {
  const entry = activeEntry();
  const id = entry?.id ?? "";
  const { size } = history.get().selected;
  return [
    { label: "Open", icon: ExternalLink, keys: "Enter", run: () => void openExchange(id) },
    { label: "Send again", icon: Send, run: () => void sendExchange(id) },
    { label: "Copy as cURL", icon: Copy, run: () => void copyAsCurl(id) },
    {
      label: size === 2 ? "Compare" : "Compare with…",
      icon: Columns2,
      keys: "C",
      apart: true,
      run: () => (size === 2 ? compareChosen() : compareWith(entry)),
    },
    {
      label: entry?.pinned ? "Unpin" : "Pin",
      icon: entry?.pinned ? PinOff : Pin,
      run: () => void changeEntry(id, { pinned: !entry?.pinned }),
    },
    { label: "Export as HAR…", icon: Download, run: () => void exportHar() },
    {
      label: size > 1 ? `Delete ${size}…` : "Delete",
      icon: Trash2,
      keys: "Del",
      danger: true,
      apart: true,
      run: () => removeChosen(),
    },
  ];
}

function keyOf(event: KeyboardEvent, rowsInSight: number): (() => void) | null {
  const { active, count } = history.get();
  const steps: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + rowsInSight,
    PageUp: active - rowsInSight,
    Home: 0,
    End: count - 1,
  };
  const to = steps[event.key];
  if (to !== undefined) return () => (event.shiftKey ? void selectTo(to) : activate(to));
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const entry = activeEntry();
  if (event.key === " ") return () => toggle(active);
  if (event.key === "Enter" && entry)
    return () => choose(active, { shiftKey: false, ctrlKey: false, metaKey: false, type: "click" });
  if (event.key === "c" || event.key === "C") return compareChosen;
  if (event.key === "Delete") return () => removeChosen();
  return event.key === "Escape" ? clearSelection : null;
}

/** Everything that fits, by day; only rows in sight are there. */
export function HistoryList() {
  const frame = useRef<HTMLDivElement>(null);
  const { pages, count, active, selected, turn, partner } = useStore(history, (state) => state);
  const { top, height } = useScroll(frame);
  const headings = useMemo(() => headingsOf(pages), [pages]);
  const [from, to] = windowOf(headings, count, top, height);
  const shownTurn = useRef(turn);
  const before = useRef({ headings, first: from });

  useEffect(() => {
    Object.assign(sight, { from, to });
    for (let page = Math.floor(from / PAGE); page * PAGE < to; page += 1) void loadPage(page);
  }, [from, to, pages]);
  useLayoutEffect(() => {
    if (!frame.current || shownTurn.current === turn) return;
    shownTurn.current = turn;
    place(frame.current, 0);
  }, [frame, turn]);
  useLayoutEffect(() => {
    // Headings that come to be known above what is in sight do not move it.
    const { headings: old, first } = before.current;
    const moved = topOf(headings, first) - topOf(old, first);
    if (frame.current && old !== headings && moved !== 0 && frame.current.scrollTop > 0 && first > 0)
      place(frame.current, frame.current.scrollTop + moved);
    before.current = { headings, first: from };
  }, [frame, headings, from]);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element || element.clientHeight === 0) return;
    const rowTop = topOf(headings, active);
    const least = rowTop - HEADING;
    if (least < element.scrollTop) place(element, least);
    else if (rowTop + ROW > element.scrollTop + element.clientHeight)
      place(element, rowTop + ROW - element.clientHeight);
    // Only the keyboard's row is brought into sight, not one that headings move.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [active, turn]);

  const onClick = useCallback((index: number, event: MouseEvent) => choose(index, event), []);
  const onOpen = useCallback((id: string) => void openExchange(id), []);
  const onKeyDown = (event: KeyboardEvent) => {
    const entry = activeEntry();
    const opens = event.key === "Enter" && !partner && entry;
    const act = opens ? () => onOpen(entry.id) : keyOf(event, Math.max(1, Math.floor(height / ROW) - 1));
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const rows = Array.from({ length: to - from }, (_, place) => from + place);
  return (
    <ContextMenu label="Exchange" commands={commandsOf()}>
      <div
        ref={frame}
        className="history-list"
        role="listbox"
        aria-label="Exchanges"
        aria-multiselectable="true"
        aria-activedescendant={count > 0 ? `history-${active}` : undefined}
        tabIndex={0}
        onMouseDown={(event) => {
          // A row that has the focus would take it along when it scrolls away.
          if (event.button !== 0) return;
          event.preventDefault();
          event.currentTarget.focus({ preventScroll: true });
        }}
        onKeyDown={onKeyDown}
        data-testid="history-list"
      >
        <div className="history-sheet" style={{ height: heightOf(headings, count) }}>
          {headings
            .filter(({ index }) => index >= from && index < to)
            .map(({ index, name, date }) => (
              <div
                key={index}
                className="history-day"
                role="presentation"
                style={{ top: topOf(headings, index) - HEADING }}
              >
                <span className="strong">{name}</span> {date}
              </div>
            ))}
          {rows.map((index) => {
            const entry = entryAt(pages, index);
            if (!entry)
              return <div key={index} className="history-row waiting" style={{ top: topOf(headings, index) }} />;
            return (
              <HistoryRow
                key={entry.id}
                entry={entry}
                index={index}
                count={count}
                top={topOf(headings, index)}
                active={index === active}
                selected={selected.has(entry.id)}
                onClick={onClick}
                onToggle={toggle}
                onOpen={onOpen}
              />
            );
          })}
        </div>
      </div>
    </ContextMenu>
  );
}
