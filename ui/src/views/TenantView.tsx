import {
  Cloud,
  Ellipsis,
  FileCog,
  FlaskConical,
  KeyRound,
  ListChecks,
  Play,
  Plus,
  ScanSearch,
  Send,
  ShieldAlert,
} from "lucide-react";
import { useState } from "react";
import { failureOf } from "../backend";
import type { Error as Failure } from "../bindings/Error";
import type { Tenant } from "../bindings/Tenant";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { Icon } from "../components/Icon";
import { IconButton } from "../components/IconButton";
import { Menu, MenuItem, MenuLine } from "../components/Menu";
import { toast } from "../components/Toast";
import { CopyText } from "../failure/CopyText";
import { FailureDialog } from "../failure/FailureDialog";
import { openInspection } from "../connectivity/state";
import { hostOf } from "../format/address";
import { callFlow, isRunning, startSandbox } from "../sandbox/ready";
import { checkKeys } from "../key_check/state";
import { openServiceInstance } from "../service_instance/state";
import { openImport } from "../service_key/import_state";
import { KeyTable } from "../service_key/KeyTable";
import { AllowedHosts } from "../tenant/AllowedHosts";
import { usualKey } from "../tenant/health";
import { StageTag } from "../tenant/marks";
import { useTenant } from "../tenant/state";
import { TenantEdit, TenantRemove } from "../tenant/TenantDialogs";
import { TokenCard } from "../token/TokenCard";

interface HeadProps {
  tenant: Tenant;
  onCall(): void;
}

function Head({ tenant, onCall }: HeadProps) {
  const [dialog, setDialog] = useState<"edit" | "remove" | null>(null);
  const [starting, setStarting] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const icon = { prod: ShieldAlert, sandbox: FlaskConical, dev: Cloud, test: Cloud }[tenant.stage];
  const url = tenant.runtime_url ?? tenant.api_url;
  const startAgain = async () => {
    setStarting(true);
    try {
      await startSandbox();
      toast("The sandbox runs");
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
    setStarting(false);
  };
  return (
    <header className="page-head">
      <span className={`tile l ${tenant.stage}`}>
        <Icon of={icon} size={24} />
      </span>
      <div className="grow">
        <div className="row">
          <h1>{tenant.name}</h1>
          <StageTag stage={tenant.stage} />
          <span className="dim">{tenant.group}</span>
        </div>
        {url ? (
          <div className="row page-url">
            <span className="mono-s dim cut" title={url}>
              {hostOf(url)}
            </span>
            <CopyText label="Copy the URL" text={url} />
            <IconButton
              size="s"
              label={`Inspect ${hostOf(url)}: name, TLS, certificates`}
              icon={ScanSearch}
              onClick={() => openInspection(hostOf(url))}
            />
            {tenant.runtime_url_override ? <span className="small dim">your own URL</span> : null}
          </div>
        ) : null}
      </div>
      {tenant.stage === "sandbox" && !isRunning(tenant) ? (
        <Button
          icon={Play}
          busy={starting}
          disabled={starting}
          onClick={() => void startAgain()}
          data-testid="sandbox-start"
        >
          {starting ? "Starting" : "Start the sandbox"}
        </Button>
      ) : null}
      {tenant.keys.length > 0 ? (
        <>
          <Button icon={ListChecks} onClick={() => void checkKeys({ tenant: tenant.name })} data-testid="check-keys">
            Check all keys
          </Button>
          <Button icon={Send} onClick={onCall} data-testid="tenant-call">
            New request
          </Button>
        </>
      ) : null}
      <Button variant="primary" icon={Plus} onClick={() => openImport(tenant.name)} data-testid="add-key">
        Add key
      </Button>
      <Menu
        label={`Actions of ${tenant.name}`}
        trigger={<IconButton label={`Actions of ${tenant.name}`} icon={Ellipsis} />}
      >
        <MenuItem onSelect={() => setDialog("edit")}>Rename or change…</MenuItem>
        <MenuItem onSelect={openServiceInstance}>Service instance and key parameters…</MenuItem>
        <MenuLine />
        <MenuItem danger onSelect={() => setDialog("remove")}>
          Remove…
        </MenuItem>
      </Menu>
      <FailureDialog title="The sandbox did not start" failure={failure} onClose={() => setFailure(null)} />
      {dialog === "edit" ? <TenantEdit tenant={tenant} onClose={() => setDialog(null)} /> : null}
      {dialog === "remove" ? <TenantRemove tenant={tenant} onClose={() => setDialog(null)} /> : null}
    </header>
  );
}

/** One tenant: its keys and the token they get. */
export function TenantView({ name, onCall }: { name: string | null; onCall(): void }) {
  const tenant = useTenant(name);
  const [selected, setSelected] = useState<string | null>(null);
  if (!tenant) {
    return (
      <EmptyState
        icon={Cloud}
        title="No tenant yet"
        text="A tenant is one Integration Suite with its service keys. Add a key and its tenant shows up here."
      >
        <Button variant="primary" icon={Plus} onClick={() => openImport()}>
          Add a service key
        </Button>
      </EmptyState>
    );
  }
  const chosen = tenant.keys.find((key) => key.name === selected) ?? usualKey(tenant);
  const call = () => {
    callFlow(tenant);
    onCall();
  };
  return (
    <div className="page" data-testid="tenant-page">
      <Head key={tenant.name} tenant={tenant} onCall={call} />
      <div className="page-body">
        {chosen ? (
          <div className="columns">
            <div className="column">
              <KeyTable tenant={tenant} selected={chosen.name} onSelect={(key) => setSelected(key.name)} />
              <section className="card next" aria-label="Call a flow">
                <Icon of={Send} size={20} />
                <div className="grow">
                  <div className="strong">Call a flow of {tenant.name}</div>
                  <p className="dim small">
                    Method and path are yours; token, CSRF token and certificate are Sluice&apos;s work.
                  </p>
                </div>
                <Button icon={Send} onClick={call} data-testid="tenant-call-flow">
                  Call
                </Button>
              </section>
              <AllowedHosts tenant={tenant} />
            </div>
            <TokenCard tenant={tenant} chosen={chosen} onChoose={(key) => setSelected(key.name)} />
          </div>
        ) : (
          <section className="card">
            <EmptyState
              icon={KeyRound}
              title="No key yet"
              text="A service key lets Sluice sign in to this tenant. Copy one in the BTP cockpit under Instances and Subscriptions."
            >
              <Button icon={Plus} onClick={() => openImport(tenant.name)}>
                Add key
              </Button>
              <Button icon={FileCog} onClick={openServiceInstance}>
                Parameters to create one
              </Button>
            </EmptyState>
          </section>
        )}
      </div>
    </div>
  );
}
