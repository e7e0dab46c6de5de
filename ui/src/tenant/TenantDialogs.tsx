import { useRef, useState } from "react";
import type { Stage } from "../bindings/Stage";
import type { Tenant } from "../bindings/Tenant";
import { Radio, Radios } from "../components/Choice";
import { Field } from "../components/Field";
import { FormDialog } from "../failure/FormDialog";
import { RemoveDialog } from "../failure/RemoveDialog";
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
  const first = useRef<HTMLInputElement>(null);
  const wrongColor = color && !/^#[0-9a-f]{6}$/i.test(color) ? "Six hexadecimal digits after #, like #0a6ed1" : null;
  const change = async () => {
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
  };
  const stages = tenant.stage === "sandbox" ? ([...STAGES, "sandbox"] as Stage[]) : STAGES;
  return (
    <FormDialog
      title={`Change ${tenant.name}`}
      action="Save tenant"
      disabled={!name.trim() || wrongColor !== null}
      focus={first}
      onSave={change}
      onClose={onClose}
    >
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
    </FormDialog>
  );
}

export function TenantRemove({ tenant, onClose }: { tenant: Tenant; onClose(): void }) {
  const remove = async () => {
    await removeTenant(tenant.name);
    onClose();
  };
  return (
    <RemoveDialog
      title={`Remove ${tenant.name}?`}
      text={`Its ${count(tenant.keys.length, "key")} and their secrets in the keyring go with it. Nothing changes on the tenant itself.`}
      hint="Requests that use it stay open."
      action={`Remove ${tenant.name}`}
      onRemove={remove}
      onClose={onClose}
    />
  );
}
