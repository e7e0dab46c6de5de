import { FileWarning, KeyRound, TextQuote } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { backend } from "../backend";
import type { Finding } from "../bindings/Finding";
import type { FindingKind } from "../bindings/FindingKind";
import { Button } from "../components/Button";
import { Callout } from "../components/Callout";
import { Dialog } from "../components/Dialog";
import { Icon } from "../components/Icon";
import { Skeleton } from "../components/Skeleton";
import { FailureNote } from "../failure/FailureNote";
import { useAttempt } from "../failure/attempt";
import { closeDialog } from "./dialogs";
import { openFinding } from "./findings";
import { useCollection } from "./state";

const KINDS: Record<FindingKind, { words: string; icon: typeof FileWarning; tone: string }> = {
  broken: { words: "Can't be read", icon: FileWarning, tone: "bad" },
  secret: { words: "Secret in the file", icon: KeyRound, tone: "warn" },
  format: { words: "Format", icon: TextQuote, tone: "second" },
};

function Found({ finding, onOpen }: { finding: Finding; onOpen(): void }) {
  const { kind, problem } = finding;
  const { words, icon, tone } = KINDS[kind];
  return (
    <li>
      <button type="button" className="check-finding" onClick={onOpen}>
        <span className={`row ${tone}`}>
          <Icon of={icon} size={14} />
          {words}
          <span className="mono-s">
            {problem.path || "the collection"}
            {problem.line ? `:${problem.line}` : ""}
          </span>
        </span>
        <span>{problem.message}</span>
        {problem.hint ? <span className="dim">{problem.hint}</span> : null}
      </button>
    </li>
  );
}

/** What is wrong in the files of a collection, each a step away. */
export function CheckDialog({ collection }: { collection: string }) {
  const tree = useCollection(collection);
  const [findings, setFindings] = useState<Finding[] | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, attempt] = useAttempt();
  const close = useRef<HTMLButtonElement>(null);
  const check = async () => {
    setBusy(true);
    await attempt(async () => setFindings(await backend().call("collection_check", { collection })));
    setBusy(false);
  };
  useEffect(() => {
    void check();
    // oxlint-disable-next-line react/exhaustive-deps
  }, [collection]);
  return (
    <Dialog
      title={`Check “${tree?.name ?? ""}”`}
      focus={close}
      onClose={closeDialog}
      testId="check-dialog"
      footer={
        <>
          <span className="grow dim small">Checking changes nothing.</span>
          <Button busy={busy} disabled={busy} onClick={() => void check()}>
            Check again
          </Button>
          <Button ref={close} variant="primary" onClick={closeDialog}>
            Close
          </Button>
        </>
      }
    >
      <div className="dialog-body form" aria-live="polite">
        {failure ? <FailureNote failure={failure} /> : null}
        {!findings && !failure ? <Skeleton label="Checking the files" lines={4} /> : null}
        {findings?.length === 0 ? (
          <Callout tone="ok" title="Nothing found">
            Every file can be read, holds no secret and has the right format.
          </Callout>
        ) : null}
        {tree && findings && findings.length > 0 ? (
          <ul className="check-findings" aria-label="Findings">
            {findings.map((finding, at) => (
              // oxlint-disable-next-line react/no-array-index-key
              <Found key={at} finding={finding} onOpen={() => openFinding(tree, finding)} />
            ))}
          </ul>
        ) : null}
      </div>
    </Dialog>
  );
}
