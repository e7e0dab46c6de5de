import { useEffect, useState } from "react";
import { backend, failureOf } from "../backend";
import type { Error as Failure } from "../bindings/Error";
import type { Key } from "../bindings/Key";
import type { KeyFacts } from "../bindings/KeyFacts";
import { Button } from "../components/Button";
import { Dialog } from "../components/Dialog";
import { Skeleton } from "../components/Skeleton";
import { CopyText } from "../failure/CopyText";
import { FailureNote } from "../failure/FailureNote";
import { day } from "../format/time";
import { Chain } from "./Chain";
import { Problems } from "./Problems";
import { KIND, kindSentence, METHOD, planSentence } from "./words";

export interface KeyFactsDialogProps {
  tenant: string;
  shown: Key;
  onClose(): void;
}

/** Everything about a key that is not secret. */
export function KeyFactsDialog({ tenant, shown, onClose }: KeyFactsDialogProps) {
  const [facts, setFacts] = useState<KeyFacts | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    backend()
      .call("key_facts", { tenant, key: shown.name })
      .then(setFacts, (thrown: unknown) => setFailure(failureOf(thrown)));
  }, [tenant, shown.name]);
  return (
    <Dialog
      title={`The key ${shown.name}`}
      onClose={onClose}
      footer={
        <>
          <span className="grow" />
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <div className="dialog-body form">
        {failure ? <FailureNote failure={failure} /> : null}
        {facts ? (
          <>
            <dl className="facts">
              <dt>Kind</dt>
              <dd>
                {KIND[facts.kind]}, <span className="dim">{kindSentence(facts.kind)}</span>
              </dd>
              <dt>Plan</dt>
              <dd>
                <span className="mono">{facts.plan}</span>, <span className="dim">{planSentence(facts.plan)}</span>
              </dd>
              <dt>Client ID</dt>
              <dd className="row">
                <span className="mono-s">{facts.client_id}</span>
                <CopyText label="Copy client id" text={facts.client_id} />
              </dd>
              <dt>Host</dt>
              <dd className="mono">{facts.host_url ?? "not in the key"}</dd>
              <dt>Token URL</dt>
              <dd className="mono">{facts.token_url}</dd>
              {facts.stated_token_url ? (
                <>
                  <dt>In the key</dt>
                  <dd className="mono">{facts.stated_token_url}</dd>
                </>
              ) : null}
              <dt>Asks with</dt>
              <dd>{METHOD[shown.method]}</dd>
              <dt>Secrets</dt>
              <dd>{shown.custody === "keyring" ? "in this computer's keyring" : "held for this run only"}</dd>
              <dt>Added</dt>
              <dd>{day(shown.added_at)}</dd>
            </dl>
            <Problems problems={facts.problems} />
            {facts.chain ? <Chain chain={facts.chain} keyFits={facts.private_key_fits} /> : null}
          </>
        ) : failure ? null : (
          <Skeleton label="Reading the key" lines={6} />
        )}
      </div>
    </Dialog>
  );
}
