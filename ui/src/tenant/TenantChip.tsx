import { ChevronDown, Cloud, Plus } from "lucide-react";
import type { Tenant } from "../bindings/Tenant";
import { Icon } from "../components/Icon";
import { Menu, MenuHead, MenuItem, MenuLine } from "../components/Menu";
import { grouped } from "./health";
import { StageTag, TenantMark } from "./marks";
import { useTenants } from "./state";

export interface TenantChipProps {
  tenant: Tenant | null;
  onChoose(name: string): void;
  onShow(): void;
  onAddKey(): void;
}

/** Shows the tenant and changes it. */
export function TenantChip({ tenant, onChoose, onShow, onAddKey }: TenantChipProps) {
  const list = useTenants();
  if (list.length === 0) return null;
  const trigger = (
    <button
      type="button"
      className={`chip ${tenant?.stage === "prod" ? "prod" : ""}`}
      data-testid="tenant-chip"
      aria-label={tenant ? `Tenant ${tenant.name}, ${tenant.stage}` : "Choose a tenant"}
    >
      {tenant ? (
        <>
          <TenantMark tenant={tenant} />
          <span className="strong">{tenant.name}</span>
          <StageTag stage={tenant.stage} />
        </>
      ) : (
        <span className="dim">Choose a tenant</span>
      )}
      <Icon of={ChevronDown} size={14} />
    </button>
  );
  return (
    <Menu trigger={trigger} label="Tenants">
      {grouped(list).map(({ group, tenants }) => (
        <div key={group} role="group" aria-label={group || "Tenants"}>
          <MenuHead>{group || "Tenants"}</MenuHead>
          {tenants.map((one) => (
            <MenuItem key={one.name} checked={one.name === tenant?.name} onSelect={() => onChoose(one.name)}>
              <TenantMark tenant={one} />
              <span>{one.name}</span>
              <StageTag stage={one.stage} />
            </MenuItem>
          ))}
        </div>
      ))}
      <MenuLine />
      {tenant ? (
        <MenuItem icon={Cloud} onSelect={onShow}>
          Show {tenant.name}
        </MenuItem>
      ) : null}
      <MenuItem icon={Plus} keys="Ctrl V" onSelect={onAddKey}>
        Add a service key…
      </MenuItem>
    </Menu>
  );
}
