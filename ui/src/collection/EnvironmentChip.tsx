import { ChevronDown, KeyRound, Layers, ShieldAlert } from "lucide-react";
import type { CollectionTree } from "../bindings/CollectionTree";
import type { EnvironmentSummary } from "../bindings/EnvironmentSummary";
import { Icon } from "../components/Icon";
import { Menu, MenuHead, MenuItem, MenuLine } from "../components/Menu";
import { openPage } from "../navigation";
import { openImport } from "../service_key/import_state";
import { StageTag } from "../tenant/marks";
import { useTenants } from "../tenant/state";
import { openDialog } from "./dialogs";
import { chooseEnvironment } from "./environments";

/** An environment with its colour and the stage of its tenant. */
export function EnvironmentName({ environment }: { environment: EnvironmentSummary }) {
  const tenant = useTenants().find((one) => one.name === environment.tenant);
  return (
    <>
      {environment.color ? <i className="swatch" style={{ background: environment.color }} /> : null}
      {tenant?.stage === "prod" ? <Icon of={ShieldAlert} size={14} className="bad" /> : null}
      <span>{environment.name}</span>
      {tenant ? <StageTag stage={tenant.stage} /> : null}
      {environment.tenant && !environment.tenant_known ? <span className="warn small">needs a key</span> : null}
    </>
  );
}

/** Shows the environment of a collection and changes it. */
export function EnvironmentChip({ tree }: { tree: CollectionTree }) {
  const tenants = useTenants();
  const chosen = tree.environments.find((one) => one.name === tree.environment);
  const prod = tenants.find((one) => one.name === chosen?.tenant)?.stage === "prod";
  const missing = chosen && !chosen.tenant_known ? chosen.tenant : null;
  const state = prod ? ", production" : missing ? `, needs a key for ${missing}` : "";
  const trigger = (
    <button
      type="button"
      className={`environment-chip ${prod ? "prod" : ""}`}
      data-testid="environment-chip"
      aria-label={
        chosen ? `Environment ${chosen.name} of ${tree.name}${state}` : `Choose an environment of ${tree.name}`
      }
    >
      <Icon of={Layers} size={14} />
      {chosen ? <span>{chosen.name}</span> : <span className="dim">No environment</span>}
      {missing ? <span className="warn small">needs a key</span> : null}
      <Icon of={ChevronDown} size={14} />
    </button>
  );
  return (
    <Menu label={`Environments of ${tree.name}`} trigger={trigger}>
      <MenuHead>{tree.name}</MenuHead>
      {tree.environments.map((one) => (
        <MenuItem
          key={one.name}
          checked={one.name === tree.environment}
          onSelect={() => void chooseEnvironment(tree.id, one.name)}
        >
          <EnvironmentName environment={one} />
        </MenuItem>
      ))}
      <MenuItem checked={!tree.environment} onSelect={() => void chooseEnvironment(tree.id, null)}>
        No environment
      </MenuItem>
      <MenuLine />
      {missing ? (
        <MenuItem icon={KeyRound} onSelect={() => openImport(missing)}>
          Add the key of {missing}…
        </MenuItem>
      ) : null}
      {chosen ? (
        <MenuItem onSelect={() => openPage({ kind: "environment", collection: tree.id, environment: chosen.name })}>
          Edit {chosen.name}
        </MenuItem>
      ) : null}
      <MenuItem onSelect={() => openDialog({ kind: "environments", collection: tree.id })}>Environments…</MenuItem>
    </Menu>
  );
}
