import { useRef, useState } from "react";
import { backend } from "../backend";
import type { Key } from "../bindings/Key";
import type { Method } from "../bindings/Method";
import type { Plan } from "../bindings/Plan";
import { Field } from "../components/Field";
import { Select } from "../components/Select";
import { FormDialog } from "../failure/FormDialog";
import { RemoveDialog } from "../failure/RemoveDialog";
import { followKey } from "../request/state";
import { useStore } from "../store";
import { loadTenants, useTenant } from "../tenant/state";
import { closeKeyDialog, keyDialogs } from "./key_dialog_state";
import { KeyFactsDialog } from "./KeyFactsDialog";
import { METHOD } from "./words";

interface KeyDialogProps {
  tenant: string;
  shown: Key;
  onClose(): void;
}

const PLANS: Plan[] = ["integration-flow", "api", "other"];

/** Name, plan, token method and token URL of a key. */
function KeyEdit({ tenant, shown, onClose }: KeyDialogProps) {
  const [name, setName] = useState(shown.name);
  const [plan, setPlan] = useState<Plan>(shown.plan);
  const [method, setMethod] = useState<Method>(shown.method);
  const [url, setUrl] = useState(shown.token_url);
  const first = useRef<HTMLInputElement>(null);
  const methods: Method[] = shown.kind === "secret" ? ["body", "basic"] : ["mtls"];
  const change = async () => {
    await backend().call("key_change", {
      tenant,
      key: shown.name,
      name: name.trim() === shown.name ? undefined : name.trim(),
      plan: plan === shown.plan ? undefined : plan,
      method: method === shown.method ? undefined : method,
      token_url: url.trim() === shown.token_url ? undefined : url.trim(),
    });
    if (name.trim() !== shown.name) followKey(tenant, shown.name, name.trim());
    await loadTenants();
    onClose();
  };
  return (
    <FormDialog
      title={`Change the key ${shown.name}`}
      action="Save key"
      disabled={!name.trim()}
      focus={first}
      onSave={change}
      onClose={onClose}
    >
      <Field
        ref={first}
        large
        label="Name"
        value={name}
        wrong={name.trim() ? null : "A key needs a name"}
        onChange={(event) => setName(event.target.value)}
      />
      <div className="form-row">
        <div className="grow">
          <span className="label">Plan</span>
          <Select
            className="full"
            label="Plan"
            value={plan}
            options={PLANS.map((value) => ({ value, label: value }))}
            onChange={setPlan}
          />
        </div>
        <div className="grow">
          <span className="label">How tokens are asked for</span>
          <Select
            className="full"
            label="How tokens are asked for"
            value={method}
            options={methods.map((value) => ({ value, label: METHOD[value] }))}
            onChange={setMethod}
          />
        </div>
      </div>
      <Field
        large
        mono
        label="Token URL"
        value={url}
        hint="Leave empty to return to the one of the key."
        onChange={(event) => setUrl(event.target.value)}
      />
    </FormDialog>
  );
}

function KeyRemove({ tenant, shown, onClose }: KeyDialogProps) {
  const remove = async () => {
    await backend().call("key_remove", { tenant, key: shown.name });
    await loadTenants();
    onClose();
  };
  return (
    <RemoveDialog
      title={`Remove the key ${shown.name}?`}
      text="Its secrets leave this computer's keyring. The key in the BTP cockpit stays as it is."
      hint={`Tenant ${tenant}`}
      action="Remove key"
      onRemove={remove}
      onClose={onClose}
    />
  );
}

const DIALOGS = { facts: KeyFactsDialog, edit: KeyEdit, remove: KeyRemove };

/** The dialog about a key that was asked for, if any. */
export function KeyDialogs() {
  const asked = useStore(keyDialogs, (state) => state.asked);
  const tenant = useTenant(asked?.tenant ?? null);
  const key = tenant?.keys.find((one) => one.name === asked?.key);
  if (!asked || !tenant || !key) return null;
  const Shown = DIALOGS[asked.what];
  return <Shown key={asked.what + key.name} tenant={tenant.name} shown={key} onClose={closeKeyDialog} />;
}
