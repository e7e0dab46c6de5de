import { Plus, Search } from "lucide-react";
import type { ReactNode } from "react";
import { Field } from "./Field";
import { IconButton } from "./IconButton";
import { moveFocus } from "./move_focus";

export interface SideListProps {
  /** What is listed: "tenants". */
  of: string;
  filter: string;
  onFilter(filter: string): void;
  /** What else can be done with the list. */
  actions?: ReactNode;
  add: { label: string; keys: string; onAdd(): void };
  /** What is said when nothing is shown; null while there are rows. */
  empty: string | null;
  children: ReactNode;
}

/** A list of the sidebar under its filter; arrow keys move among its rows. */
export function SideList({ of, filter, onFilter, actions, add, empty, children }: SideListProps) {
  return (
    <>
      <div className="side-head">
        <Field
          className="grow"
          label={`Filter ${of}`}
          hideLabel
          placeholder={`Filter ${of}`}
          icon={Search}
          value={filter}
          onChange={(event) => onFilter(event.target.value)}
        />
        {actions}
        <IconButton label={add.label} keys={add.keys} icon={Plus} onClick={add.onAdd} />
      </div>
      <div className="side-scroll" onKeyDown={(event) => moveFocus(event, ".side-row")}>
        {children}
        {empty ? <p className="side-empty">{empty}</p> : null}
      </div>
    </>
  );
}

export interface SideGroupProps {
  title: string;
  count: number;
  children: ReactNode;
}

export function SideGroup({ title, count, children }: SideGroupProps) {
  return (
    <section aria-label={title}>
      <h3 className="side-group">
        <span>{title}</span>
        <span>{count}</span>
      </h3>
      {children}
    </section>
  );
}

export interface SideRowProps {
  current: boolean;
  /** Whether Tab reaches this row; the arrow keys reach the others. */
  first: boolean;
  onOpen(): void;
  children: ReactNode;
}

export function SideRow({ current, first, onOpen, children }: SideRowProps) {
  return (
    <button
      type="button"
      className="side-row"
      aria-current={current ? "page" : undefined}
      tabIndex={first ? 0 : -1}
      onClick={onOpen}
    >
      {children}
    </button>
  );
}
