import { CalendarClock, CircleX, ListChecks } from "lucide-react";
import { useState } from "react";
import type { Tenant } from "../bindings/Tenant";
import { Icon } from "../components/Icon";
import { IconButton } from "../components/IconButton";
import { SideGroup, SideList, SideRow } from "../components/SideList";
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

export interface TenantListProps {
  current: string | null;
  onOpen(name: string): void;
  onAdd(): void;
  /** Checks the keys of all tenants. */
  onCheck(): void;
}

/** The tenants by group, with a filter. */
export function TenantList({ current, onOpen, onAdd, onCheck }: TenantListProps) {
  const all = useTenants();
  const [filter, setFilter] = useState("");
  const wanted = filter.trim().toLowerCase();
  const list = all.filter((one) => `${one.name} ${one.stage} ${one.group ?? ""}`.toLowerCase().includes(wanted));
  const first = list.some((one) => one.name === current) ? current : list[0]?.name;
  const empty =
    all.length === 0
      ? "Tenants appear here once a service key is added."
      : list.length === 0
        ? `No tenant matches “${filter}”.`
        : null;
  return (
    <SideList
      of="tenants"
      filter={filter}
      onFilter={setFilter}
      actions={
        all.length > 0 ? <IconButton label="Check the keys of all tenants" icon={ListChecks} onClick={onCheck} /> : null
      }
      add={{ label: "Add a service key", keys: "Ctrl V", onAdd }}
      empty={empty}
    >
      {grouped(list).map(({ group, tenants }) => (
        <SideGroup key={group} title={group || "Tenants"} count={tenants.length}>
          {tenants.map((tenant) => (
            <SideRow
              key={tenant.name}
              current={tenant.name === current}
              first={tenant.name === first}
              onOpen={() => onOpen(tenant.name)}
            >
              <TenantMark tenant={tenant} />
              {tenant.color ? <i className="swatch" style={{ background: tenant.color }} /> : null}
              <span className="side-name">{tenant.name}</span>
              <StageTag stage={tenant.stage} />
              <Due tenant={tenant} />
            </SideRow>
          ))}
        </SideGroup>
      ))}
    </SideList>
  );
}
