import { Info, KeyRound } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { SecretStoreState } from "../bindings/SecretStoreState";
import type { Stage } from "../bindings/Stage";
import { Button } from "../components/Button";
import { Checkbox } from "../components/Choice";
import { Dialog } from "../components/Dialog";
import { Icon } from "../components/Icon";
import { useStore } from "../store";
import { tenants } from "../tenant/state";
import { ImportFacts } from "./ImportFacts";
import { ImportKeep } from "./ImportKeep";
import { ImportPrivateKey } from "./ImportPrivateKey";
import { ImportRenew } from "./ImportRenew";
import { ImportTest } from "./ImportTest";
import { ImportText } from "./ImportText";
import { closeImport, imports, renewImport, saveImport, type Import } from "./import_state";

interface Form {
  name: string;
  stage: Stage | null;
  hold: boolean;
  clear: boolean;
  thenApi: boolean;
}

/** The saved key goes only after the new one proved good. */
function renewalBlocked(state: Import, existing: boolean): string | null {
  if (!existing) return "The key to renew is not there any more.";
  if (state.test.state === "bad") return "The new key got no token, so the saved one stays.";
  return state.test.state === "good" ? null : "Asking for a token with the new key…";
}

/** Why the key cannot be saved as it stands, in words. */
export function saveBlocked(
  state: Import,
  form: Form,
  existing: boolean,
  store: SecretStoreState | null,
): string | null {
  const { read } = state;
  if (!read) return "Paste a service key or choose its file.";
  if (!read.facts) return "Nothing to save: this is no service key.";
  if (read.blocked) return read.blocked;
  if (state.renews !== null) return renewalBlocked(state, existing);
  if (!form.name.trim()) return state.tenant ? "Give the key a name." : "Give the tenant a name.";
  if (!existing && !form.stage) return "Choose a stage; production asks before it is written to.";
  if (store && store.state !== "ready" && !form.hold)
    return "Hold the secrets for this run only, or unlock the keyring first.";
  return null;
}

function titleOf(tenant: string | null, renews: string | null): string {
  if (tenant === null) return "Add a service key";
  return renews === null ? `Add a service key to ${tenant}` : `Renew ${renews} of ${tenant}`;
}

const renewWord = (saving: boolean) => (saving ? "Renewing" : "Renew key");

export interface ImportDialogProps {
  store: SecretStoreState | null;
  onSaved(tenant: string): void;
}

/** Left what was pasted, right what it means; one dialog, no wizard. */
export function ImportDialog({ store, onSaved }: ImportDialogProps) {
  const state = useStore(imports, (all) => all);
  const list = useStore(tenants, (all) => all.list);
  const [form, setForm] = useState<Form>({ name: "", stage: null, hold: false, clear: true, thenApi: false });
  const nameField = useRef<HTMLInputElement>(null);
  const start = useRef<HTMLButtonElement>(null);
  const change = (part: Partial<Form>) => setForm((now) => ({ ...now, ...part }));
  const { read, tenant } = state;
  const id = read?.id ?? null;

  useEffect(() => {
    if (!read) return;
    setForm({
      name: (tenant ? read.suggested_name : read.suggested_tenant) ?? "",
      stage: read.suggested_stage,
      hold: false,
      clear: true,
      thenApi: false,
    });
    const timer = setTimeout(() => {
      if (nameField.current) nameField.current.select();
      else start.current?.focus();
    });
    return () => clearTimeout(timer);
    // Only another key starts the form anew; a private key added to it does not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [id, tenant]);

  const waits = read?.facts?.kind === "external" && read.facts.private_key_fits !== true;
  const waited = useRef(waits);
  useEffect(() => {
    if (waited.current && !waits && id) {
      nameField.current?.focus();
      nameField.current?.select();
    }
    waited.current = waits;
  }, [waits, id]);

  if (!state.open) return null;
  const known = list.find((one) => one.name === (tenant ?? form.name.trim())) ?? null;
  const { renews } = state;
  const saved = known?.keys.find((key) => key.name === renews) ?? null;
  const blocked = saveBlocked(state, form, renews === null ? known !== null : saved !== null, store);
  const failed = state.test.state === "bad";
  const offersApi =
    renews === null && read?.facts?.plan === "integration-flow" && !known?.keys.some((key) => key.plan === "api");
  const save = async () => {
    if (blocked) return;
    if (renews !== null) {
      const renewed = await renewImport(form.clear && state.fromClipboard);
      if (renewed) onSaved(renewed);
      return;
    }
    const kept = await saveImport({
      tenant: tenant ?? form.name.trim(),
      stage: known ? null : form.stage,
      name: tenant ? form.name.trim() : null,
      holdForRun: form.hold,
      clearClipboard: form.clear && state.fromClipboard,
      thenApi: form.thenApi && offersApi,
    });
    if (kept) onSaved(kept);
  };
  const footer = (
    <>
      <div className="grow row foot-note">
        {blocked ? (
          <>
            <Icon of={Info} />
            <span data-testid="import-blocked">{blocked}</span>
          </>
        ) : offersApi ? (
          <Checkbox
            label={
              <span className="small second">
                Then add this tenant&apos;s <span className="mono">api</span> key, for endpoints and message logs
              </span>
            }
            checked={form.thenApi}
            onChange={(thenApi) => change({ thenApi })}
          />
        ) : null}
      </div>
      <Button onClick={closeImport} data-testid="import-cancel">
        Cancel
      </Button>
      <Button
        variant="primary"
        keys="Ctrl Enter"
        disabled={blocked !== null}
        busy={state.saving}
        onClick={() => void save()}
        data-testid="import-save"
      >
        {renews === null ? (state.saving ? "Saving" : failed ? "Save anyway" : "Save key") : renewWord(state.saving)}
      </Button>
    </>
  );
  return (
    <Dialog
      wide
      title={titleOf(tenant, renews)}
      tile={
        <span className="tile">
          <Icon of={KeyRound} size={20} />
        </span>
      }
      onClose={closeImport}
      onSubmit={() => void save()}
      focus={read?.facts && !waits ? nameField : start}
      footer={footer}
      testId="import-dialog"
    >
      <div className={`import ${read?.facts ? "" : "alone"}`}>
        <ImportText
          state={state}
          clear={form.clear}
          onClear={(clear) => change({ clear })}
          start={start}
          aside={waits}
        />
        {read?.facts ? (
          <div className="import-right">
            <div className="import-facts">
              {waits ? <ImportPrivateKey read={read} busy={state.reading} /> : <ImportFacts read={read} />}
              {waits ? null : renews !== null ? (
                <ImportRenew saved={saved} facts={read.facts} />
              ) : (
                <ImportKeep
                  state={state}
                  form={form}
                  onChange={change}
                  known={known}
                  store={store}
                  nameField={nameField}
                />
              )}
            </div>
            {waits ? null : <ImportTest test={state.test} tenant={state.tenant} />}
          </div>
        ) : null}
      </div>
    </Dialog>
  );
}
