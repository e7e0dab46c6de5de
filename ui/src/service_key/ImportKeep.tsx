import { Folder, HardDrive, LockKeyhole } from "lucide-react";
import type { RefObject } from "react";
import type { SecretStoreState } from "../bindings/SecretStoreState";
import type { Stage } from "../bindings/Stage";
import type { Tenant } from "../bindings/Tenant";
import { Button } from "../components/Button";
import { Callout } from "../components/Callout";
import { Checkbox, Radio, Radios } from "../components/Choice";
import { Field } from "../components/Field";
import { Icon } from "../components/Icon";
import { loadSecretStore } from "../settings/state";
import { StageTag } from "../tenant/marks";
import type { Import } from "./import_state";

const STAGES: ReadonlyArray<{ stage: Stage; says: string }> = [
  { stage: "dev", says: "Sends at once" },
  { stage: "test", says: "Sends at once" },
  { stage: "prod", says: "Asks before writing" },
];

function storeTitle(store: SecretStoreState | null): string {
  if (store?.state === "locked") return "The keyring is locked";
  return store?.state === "unusable" ? "No keyring on this computer" : "The keyring did not take the secrets";
}

function storeWords(store: SecretStoreState | null): string {
  if (store?.state === "unusable") return `${store.reason} ${store.hint}`;
  return store?.state === "locked" ? store.hint : "Save again, or hold them for this run only.";
}

export interface ImportKeepProps {
  state: Import;
  form: { name: string; stage: Stage | null; hold: boolean };
  onChange(part: { name?: string; stage?: Stage; hold?: boolean }): void;
  known: Tenant | null;
  store: SecretStoreState | null;
  nameField: RefObject<HTMLInputElement | null>;
}

/** Under which name the key is kept, and where its parts go. */
export function ImportKeep({ state, form, onChange, known, store, nameField }: ImportKeepProps) {
  // Once ticked it stays: the failure that led to it goes away while saving again.
  const failed = form.hold || state.failure?.code.startsWith("secret_store_");
  return (
    <>
      <section aria-label="Keep it as">
        <h3 className="h3">Keep it as</h3>
        <div className="keep">
          <Field
            ref={nameField}
            large
            className="keep-name"
            label={state.tenant ? "Key name" : "Tenant name"}
            value={form.name}
            onChange={(event) => onChange({ name: event.target.value })}
            data-testid="import-name"
          />
          {known ? (
            state.tenant ? null : (
              <p className="dim small keep-known">
                There is a tenant of this name already; the key is added to it. <StageTag stage={known.stage} />
              </p>
            )
          ) : (
            <div className="grow">
              <span className="label">Stage</span>
              <Radios label="Stage" className="stages" value={form.stage} onChange={(stage) => onChange({ stage })}>
                {STAGES.map(({ stage, says }) => (
                  <Radio
                    key={stage}
                    value={stage}
                    className="stage-card"
                    testId={`import-stage-${stage}`}
                    label={
                      <span>
                        <StageTag stage={stage} />
                        <small>{says}</small>
                      </span>
                    }
                  />
                ))}
              </Radios>
            </div>
          )}
        </div>
      </section>
      {(store && store.state !== "ready") || failed ? (
        <Callout
          tone="warn"
          title={storeTitle(store)}
          actions={
            <Button size="s" onClick={() => void loadSecretStore().catch(() => undefined)}>
              Look again
            </Button>
          }
        >
          <p>{storeWords(store)}</p>
          <Checkbox
            label="Hold its secrets for this run only"
            checked={form.hold}
            onChange={(hold) => onChange({ hold })}
            testId="import-hold"
          />
        </Callout>
      ) : (
        <ul className="goes">
          <li>
            <Icon of={LockKeyhole} className="ok" />
            <span>
              <b>{state.read?.facts?.kind === "secret" ? "Client secret" : "Private key"}</b> goes to the OS keyring
            </span>
          </li>
          <li>
            <Icon of={HardDrive} />
            <span>
              <b>The rest</b> stays on this computer
            </span>
          </li>
          <li>
            <Icon of={Folder} />
            <span>
              <b>Collection files</b> get nothing
            </span>
          </li>
        </ul>
      )}
    </>
  );
}
