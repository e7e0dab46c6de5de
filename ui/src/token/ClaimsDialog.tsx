import type { TokenFacts } from "../bindings/TokenFacts";
import { backend } from "../backend";
import { Button } from "../components/Button";
import { CodeView } from "../components/CodeView";
import { Dialog } from "../components/Dialog";
import { toast } from "../components/Toast";
import { useAttempt } from "../failure/attempt";
import { FailureNote } from "../failure/FailureNote";

/** The claims of a token; the token itself never comes here. */
export function ClaimsDialog({ facts, onClose }: { facts: TokenFacts; onClose(): void }) {
  const text = facts.claims ? JSON.stringify(facts.claims, null, 2) : "";
  const [failure, attempt] = useAttempt();
  const copy = async () => {
    if (await attempt(() => backend().clipboardCopy(text))) toast("Claims copied");
  };
  return (
    <Dialog
      title={`Claims of the token of ${facts.key}`}
      onClose={onClose}
      footer={
        <>
          <span className="grow dim small">Decoded for reading; Sluice does not verify the signature.</span>
          {text ? <Button onClick={() => void copy()}>Copy claims</Button> : null}
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      {failure ? (
        <div className="dialog-body">
          <FailureNote failure={failure} />
        </div>
      ) : null}
      {text ? (
        <div className="dialog-code">
          <CodeView value={text} language="json" label="Claims" readOnly wrap />
        </div>
      ) : (
        <div className="dialog-body">
          <p>This token is opaque: it carries no claims that could be read.</p>
        </div>
      )}
    </Dialog>
  );
}
