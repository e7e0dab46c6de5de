import { CalendarClock, CircleX, Plus, Search } from "lucide-react";
import { useState, type KeyboardEvent } from "react";
import type { Tenant } from "../bindings/Tenant";
import { Field } from "../components/Field";
import { Icon } from "../components/Icon";
import { IconButton } from "../components/IconButton";
import { regionOf } from "../format/address";
import { count } from "../format/time";
import { grouped, tenantExpiry } from "./health";
import { StageTag, TenantMark } from "./marks";
import { useTenants } from "./state";

function Due({ tenant }: { tenant: Tenant }) {
  const due = tenantExpiry(tenant);
  if (!due) return <span className="side-note">{regionOf(tenant.runtime_url ?? tenant.api_url)}</span>;
  const past = due.state === "past";
  return (
    <span className={`side-note ${past ? "bad" : "warn"}`}>
      <Icon of={past ? CircleX : CalendarClock} size={14} />
      {past ? "expired" : due.daysLeft === 0 ? "today" : count(due.daysLeft, "day")}
    </span>
  );
}

/** Moves the focus among the rows of a list. */
export function moveFocus(event: KeyboardEvent<HTMLElement>, selector: string): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)];
  const at = rows.findIndex((row) => row === document.activeElement);
  rows[Math.min(rows.length - 1, Math.max(0, at + step))]?.focus();
  event.preventDefault();
}

export interface TenantListProps {
  current: string | null;
  onOpen(name: string): void;
  onAdd(): void;
}

/** The tenants by group, with a filter. */
export function TenantList({ current, onOpen, onAdd }: TenantListProps) {
  const all = useTenants();
  const [filter, setFilter] = useState("");
  const wanted = filter.trim().toLowerCase();
  const list = all.filter((one) => `${one.name} ${one.stage} ${one.group ?? ""}`.toLowerCase().includes(wanted));
  const first = list.some((one) => one.name === current) ? current : list[0]?.name;
  return (
    <>
      <div className="side-head">
        <Field
          className="grow"
          label="Filter tenants"
          hideLabel
          placeholder="Filter tenants"
          icon={Search}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <IconButton label="Add a service key" keys="Ctrl V" icon={Plus} onClick={onAdd} />
      </div>
      <div className="side-scroll" onKeyDown={(event) => moveFocus(event, ".side-row")}>
        {grouped(list).map(({ group, tenants }) => (
          <section key={group} aria-label={group || "Tenants"}>
            <h3 className="side-group">
              <span>{group || "Tenants"}</span>
              <span>{tenants.length}</span>
            </h3>
            {tenants.map((tenant) => (
              <button
                key={tenant.name}
                type="button"
                className="side-row"
                aria-current={tenant.name === current ? "page" : undefined}
                tabIndex={tenant.name === first ? 0 : -1}
                onClick={() => onOpen(tenant.name)}
              >
                <TenantMark tenant={tenant} />
                {tenant.color ? <i className="swatch" style={{ background: tenant.color }} /> : null}
                <span className="side-name">{tenant.name}</span>
                <StageTag stage={tenant.stage} />
                <Due tenant={tenant} />
              </button>
            ))}
          </section>
        ))}
        {list.length === 0 ? (
          <p className="side-empty">
            {all.length === 0 ? "Tenants appear here once a service key is added." : `No tenant matches “${filter}”.`}
          </p>
        ) : null}
      </div>
    </>
  );
}
