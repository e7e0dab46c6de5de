import { Check, Pin } from "lucide-react";
import { memo, type MouseEvent } from "react";
import type { HistoryEntry } from "../bindings/HistoryEntry";
import { Icon } from "../components/Icon";
import { pathOf } from "../format/address";
import { clock, duration, moment } from "../format/time";
import { MethodName } from "../request/MethodName";
import { StageTag } from "../tenant/marks";
import { nameOf } from "./days";
import { DOORS, Pieces, StatusTag } from "./marks";

export interface HistoryRowProps {
  entry: HistoryEntry;
  index: number;
  count: number;
  top: number;
  active: boolean;
  selected: boolean;
  onClick(index: number, event: MouseEvent): void;
  onToggle(index: number): void;
  onOpen(id: string): void;
}

function Second({ entry }: { entry: HistoryEntry }) {
  const found = entry.found[0];
  if (found) {
    const [before = "", ...rest] = found.pieces;
    return (
      <span className="history-second history-excerpt">
        <span>{found.place}:&nbsp;</span>
        <span className="mono-s history-before">
          <bdi>{before}</bdi>
        </span>
        <span className="mono-s cut">
          <Pieces pieces={["", ...rest]} />
        </span>
      </span>
    );
  }
  if (entry.note) return <span className="history-second cut">Note: {entry.note}</span>;
  return <span className="history-second cut mono-s">{entry.title ? pathOf(entry.url) : entry.url}</span>;
}

/** An exchange in the list. */
export const HistoryRow = memo(function HistoryRow(props: HistoryRowProps) {
  const { entry, index, count, top, active, selected, onClick, onToggle, onOpen } = props;
  const door = DOORS[entry.door];
  const name = nameOf(entry);
  return (
    <div
      id={`history-${index}`}
      role="option"
      aria-selected={selected}
      aria-posinset={index + 1}
      aria-setsize={count}
      tabIndex={-1}
      aria-label={`${entry.method} ${name}, ${entry.tenant ?? "no tenant"}, ${entry.status ?? "no answer"}, ${clock(entry.started_at)}`}
      className={`history-row ${active ? "active" : ""}`}
      style={{ top }}
      onClick={(event) => onClick(index, event)}
      onDoubleClick={() => onOpen(entry.id)}
      onContextMenu={(event) => !active && onClick(index, event)}
      data-testid="history-row"
    >
      <span
        className="history-check"
        onClick={(event) => {
          event.stopPropagation();
          onToggle(index);
        }}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        <i aria-hidden="true">{selected ? <Icon of={Check} size={12} /> : null}</i>
      </span>
      <span className="history-method">
        <MethodName method={entry.method} short />
      </span>
      <span className="history-what">
        <span className="row history-first">
          <span className="strong cut">{name}</span>
          {entry.stage ? <StageTag stage={entry.stage} /> : null}
          <span className="second cut">{entry.tenant}</span>
          {entry.door === "window" ? null : (
            <span title={door.name} className="dim">
              <Icon of={door.icon} size={14} />
            </span>
          )}
          {entry.pinned ? (
            <span title="Pinned" className="dim">
              <Icon of={Pin} size={14} />
            </span>
          ) : null}
        </span>
        <Second entry={entry} />
      </span>
      <span className="history-status">
        <StatusTag entry={entry} />
      </span>
      <span className="history-took">{duration(entry.took_ms)}</span>
      <span className="history-time" title={moment(entry.started_at)}>
        {clock(entry.started_at)}
      </span>
    </div>
  );
});
