import { Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { failureOf } from "../backend";
import type { Error as Failure } from "../bindings/Error";
import type { Stage } from "../bindings/Stage";
import type { Tenant } from "../bindings/Tenant";
import { Button } from "../components/Button";
import { Radio, Radios } from "../components/Choice";
import { Ask, Dialog } from "../components/Dialog";
import { Field } from "../components/Field";
import { Icon } from "../components/Icon";
import { FailureNote } from "../failure/FailureNote";
import { count } from "../format/time";
import { followTenant } from "../request/state";
import { StageTag } from "./marks";
import { changeTenant, removeTenant } from "./state";

const STAGES: Stage[] = ["dev", "test", "prod"];

/** Name, stage, group, colour and runtime URL of a tenant. */
export function TenantEdit({ tenant, onClose }: { tenant: Tenant; onClose(): void }) {
  const [name, setName] = useState(tenant.name);
  const [stage, setStage] = useState<Stage>(tenant.stage);
  const [group, setGroup] = useState(tenant.group ?? "");
  const [color, setColor] = useState(tenant.color ?? "");
  const [runtime, setRuntime] = useState(tenant.runtime_url_override ?? "");
  const [failure, setFailure] = useState<Failure | null>(null);
  const first = useRef<HTMLInputElement>(null);
  const wrongColor = color && !/^#[0-9a-f]{6}$/i.test(color) ? "Six hexadecimal digits after #, like #0a6ed1" : null;
  const save = async () => {
    if (!name.trim() || wrongColor) return;
    try {
      await changeTenant({
        tenant: tenant.name,
        name: name.trim() === tenant.name ? undefined : name.trim(),
        stage: stage === tenant.stage ? undefined : stage,
        group: group.trim(),
        color: color.trim(),
        runtime_url_override: runtime.trim(),
      });
      if (name.trim() !== tenant.name) followTenant(tenant.name, name.trim());
      onClose();
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
  };
  const stages = tenant.stage === "sandbox" ? ([...STAGES, "sandbox"] as Stage[]) : STAGES;
  return (
    <Dialog
      title={`Change ${tenant.name}`}
      onClose={onClose}
      onSubmit={() => void save()}
      focus={first}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            keys="Ctrl Enter"
            disabled={!name.trim() || wrongColor !== null}
            onClick={() => void save()}
          >
            Save tenant
          </Button>
        </>
      }
    >
      <div className="dialog-body form">
        <Field
          ref={first}
          large
          label="Name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          wrong={name.trim() ? null : "A tenant needs a name"}
        />
        <div>
          <span className="label">Stage</span>
          <Radios label="Stage" value={stage} onChange={setStage} className="row wrap">
            {stages.map((one) => (
              <Radio key={one} value={one} label={<StageTag stage={one} />} />
            ))}
          </Radios>
        </div>
        <Field
          large
          label="Group"
          hint="Usually the customer; the sidebar lists tenants under it."
          value={group}
          onChange={(event) => setGroup(event.target.value)}
        />
        <Field
          large
          label="Colour"
          placeholder="#0a6ed1"
          value={color}
          wrong={wrongColor}
          onChange={(event) => setColor(event.target.value)}
          hint="A mark of your own in the sidebar; leave empty for none."
        />
        <Field
          large
          mono
          label="Runtime URL"
          placeholder={tenant.runtime_url ?? "https://host"}
          hint="Replaces the host of the service key, for custom domains. Leave empty to use the key's."
          value={runtime}
          onChange={(event) => setRuntime(event.target.value)}
        />
        {failure ? <FailureNote failure={failure} /> : null}
      </div>
    </Dialog>
  );
}

export function TenantRemove({ tenant, onClose }: { tenant: Tenant; onClose(): void }) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const remove = async () => {
    try {
      await removeTenant(tenant.name);
      onClose();
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
  };
  return (
    <Ask
      title={`Remove ${tenant.name}?`}
      tile={
        <span className="tile l prod">
          <Icon of={Trash2} size={24} />
        </span>
      }
      text={`Its ${count(tenant.keys.length, "key")} and their secrets in the keyring go with it. Nothing changes on the tenant itself.`}
      hint="Requests that use it stay open."
      onClose={onClose}
      action={
        <Button variant="danger" onClick={() => void remove()}>
          Remove {tenant.name}
        </Button>
      }
    >
      {failure ? <FailureNote failure={failure} /> : null}
    </Ask>
  );
}
