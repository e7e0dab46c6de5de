import type { ReactNode } from "react";
import type { Code } from "../bindings/Code";
import type { Error as Failure } from "../bindings/Error";
import { Callout, type Tone } from "../components/Callout";

const TITLES: Record<Code, string> = {
  invalid_input: "Something is missing or wrong",
  not_found: "Not found",
  already_exists: "The name is taken",
  not_a_service_key: "This is no service key",
  passphrase_needed: "The file needs its passphrase",
  wrong_passphrase: "The passphrase does not open this file",
  key_mismatch: "The file does not fit this key",
  private_key_needed: "The private key is missing",
  wrong_key: "This key is for something else",
  foreign_host: "Not a host of this tenant",
  confirmation_needed: "Production asks first",
  name_not_resolved: "Host not found",
  connect_failed: "No connection",
  tls_failed: "No secure connection",
  timed_out: "No answer in time",
  cut_off: "The answer was cut off",
  cancelled: "Cancelled",
  token_refused: "The token server refused",
  platform_refused: "Refused before the flow ran",
  token_unavailable: "The token server did not answer",
  secret_store_missing: "No keyring on this computer",
  secret_store_locked: "The keyring is locked",
  secret_store_refused: "The keyring refused",
  disk_full: "The disk is full",
  storage_failed: "Sluice could not keep its data",
};

export function failureTitle(failure: Failure): string {
  return TITLES[failure.code];
}

export interface FailureNoteProps {
  failure: Failure;
  tone?: Tone;
  actions?: ReactNode;
}

/** What failed, why, what to do; the raw text one click away. */
export function FailureNote({ failure, tone = "bad", actions }: FailureNoteProps) {
  return (
    <Callout tone={tone} title={failureTitle(failure)} actions={actions}>
      <FailureText failure={failure} />
    </Callout>
  );
}

/** The same without a frame. */
export function FailureText({ failure }: { failure: Failure }) {
  return (
    <>
      <p data-testid="error-message">{failure.message}</p>
      {failure.hint ? <p data-testid="error-hint">{failure.hint}</p> : null}
      {failure.detail ? (
        <details>
          <summary>Raw text</summary>
          <pre className="well" data-testid="error-detail">
            {failure.detail}
          </pre>
        </details>
      ) : null}
    </>
  );
}
