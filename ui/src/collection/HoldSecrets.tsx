import { Callout } from "../components/Callout";
import { Checkbox } from "../components/Choice";
import { useSecretStore } from "../settings/state";

export interface HoldSecretsProps {
  hold: boolean;
  onChange(hold: boolean): void;
  /** The keyring refused a moment ago. */
  refused?: boolean;
}

/** Where the keyring cannot be used: the offer to hold secrets for this run only. */
export function HoldSecrets({ hold, onChange, refused }: HoldSecretsProps) {
  const store = useSecretStore();
  // Once ticked it stays: the failure that led to it goes away while saving again.
  if (!hold && !refused && (!store || store.state === "ready")) return null;
  const missing = store?.state === "unusable";
  return (
    <Callout tone="warn" title={missing ? "No keyring on this computer" : "The keyring is not open"}>
      {store && store.state !== "ready" ? <p>{store.hint}</p> : null}
      <Checkbox label="Hold secrets for this run only" checked={hold} onChange={onChange} testId="hold-secrets" />
    </Callout>
  );
}
