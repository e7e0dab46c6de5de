import { LockKeyhole } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "../components/Button";
import { Callout } from "../components/Callout";
import { Checkbox } from "../components/Choice";
import { Field } from "../components/Field";
import { Icon } from "../components/Icon";
import { Select } from "../components/Select";
import { Spinner } from "../components/Spinner";
import { FormDialog } from "../failure/FormDialog";
import { loadSecretStore, useSecretStore } from "../settings/state";
import { addRequest, certificateRequests, closeRequestDialog } from "./requests";
import {
  EMPTY_FORM,
  faultOf,
  formBlocked,
  KINDS,
  PART_LABEL,
  requestAdd,
  type Part,
  type RequestForm,
  type SubjectFields,
} from "./subject";

interface SubjectProps {
  subject: SubjectFields;
  onChange(part: Part, value: string): void;
}

function Subject({ subject, onChange }: SubjectProps) {
  const field = (part: Part, placeholder: string) => (
    <Field
      className={part === "C" ? "subject-country" : "grow"}
      label={PART_LABEL[part]}
      placeholder={placeholder}
      value={subject[part]}
      wrong={faultOf(part, subject[part])}
      onChange={(event) => onChange(part, event.target.value)}
      data-testid={`subject-${part}`}
    />
  );
  return (
    <fieldset className="form subject">
      <legend className="h3">Subject</legend>
      {field("CN", "orders-dev")}
      <div className="form-row">
        {field("O", "Acme Foods")}
        {field("OU", "Integration")}
      </div>
      <div className="form-row">
        {field("L", "Walldorf")}
        {field("ST", "")}
        {field("C", "DE")}
      </div>
    </fieldset>
  );
}

interface KeyPairProps {
  form: RequestForm;
  onChange(part: Partial<RequestForm>): void;
}

/** The kind of the key pair, and what else the certificate is. */
function KeyPair({ form, onChange }: KeyPairProps) {
  return (
    <>
      <div className="form-row">
        <div>
          <span className="label">Key pair</span>
          <Select
            className="full"
            label="Key pair"
            value={form.kind}
            options={KINDS}
            onChange={(kind) => onChange({ kind })}
            testId="request-kind"
          />
        </div>
        <Field
          className="grow"
          large
          label="DNS names"
          placeholder="none"
          hint="A client certificate needs none."
          value={form.dnsNames}
          onChange={(event) => onChange({ dnsNames: event.target.value })}
        />
      </div>
      <div>
        <Checkbox
          label="Let the key sign its own certificate, for tests"
          checked={form.selfSigned}
          onChange={(selfSigned) => onChange({ selfSigned })}
          testId="request-self-signed"
        />
        {form.selfSigned ? (
          <p className="field-note">Valid for a year. SAP&apos;s load balancer does not trust such a certificate.</p>
        ) : null}
      </div>
    </>
  );
}

function Custody({ hold, onHold }: { hold: boolean; onHold(hold: boolean): void }) {
  const store = useSecretStore();
  if (!hold && (!store || store.state === "ready"))
    return (
      <p className="row small second">
        <Icon of={LockKeyhole} className="ok" />
        <span>
          <b>The private key</b> is made here and goes to the OS keyring; no file and no page ever has it.
        </span>
      </p>
    );
  return (
    <Callout
      tone="warn"
      title={store?.state === "locked" ? "The keyring is locked" : "No keyring keeps the private key"}
      actions={
        <Button size="s" onClick={() => void loadSecretStore().catch(() => undefined)}>
          Look again
        </Button>
      }
    >
      <p>
        {store && store.state !== "ready" ? store.hint : null} Held for this run only, it is lost when Sluice ends: take
        the answer in and export it before.
      </p>
      <Checkbox label="Hold the private key for this run only" checked={hold} onChange={onHold} testId="request-hold" />
    </Callout>
  );
}

/** Whom a certificate is asked for, and the kind of its key pair. */
export function RequestDialog() {
  const [form, setForm] = useState<RequestForm>(EMPTY_FORM);
  const [making, setMaking] = useState(false);
  const [named, setNamed] = useState(false);
  const store = useSecretStore();
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => void loadSecretStore().catch(() => undefined), []);
  const change = (part: Partial<RequestForm>) => setForm((now) => ({ ...now, ...part }));
  const rename = (name: string) => change({ name, subject: named ? form.subject : { ...form.subject, CN: name } });
  const fill = (part: Part, value: string) => {
    if (part === "CN") setNamed(true);
    change({ subject: { ...form.subject, [part]: value } });
  };
  const unkept = store !== null && store.state !== "ready" && !form.hold;
  const make = async () => {
    setMaking(true);
    try {
      await addRequest(requestAdd(form));
      // Whoever did not wait may have another dialog open by now.
      if (certificateRequests.get().dialog?.kind === "new") closeRequestDialog();
    } catch (thrown) {
      // The keyring may have been locked since the last look.
      void loadSecretStore().catch(() => undefined);
      throw thrown;
    } finally {
      setMaking(false);
    }
  };
  const blocked = formBlocked(form);
  return (
    <FormDialog
      title="New certificate request"
      action="Make key pair and request"
      disabled={blocked !== null || unkept}
      focus={first}
      onSave={make}
      onClose={closeRequestDialog}
    >
      <Field
        ref={first}
        label="Name"
        placeholder="orders-dev"
        hint="What it is called in Sluice and on the command line."
        value={form.name}
        onChange={(event) => rename(event.target.value)}
        data-testid="request-name"
      />
      <Subject subject={form.subject} onChange={fill} />
      <KeyPair form={form} onChange={change} />
      <Custody hold={form.hold} onHold={(hold) => change({ hold })} />
      {making ? (
        <p className="row" role="status">
          <Spinner timed /> Making the key pair
        </p>
      ) : null}
    </FormDialog>
  );
}
