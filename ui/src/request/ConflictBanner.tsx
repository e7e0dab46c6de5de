import { Columns2 } from "lucide-react";
import { failureOf } from "../backend";
import type { Draft } from "../bindings/Draft";
import { Button } from "../components/Button";
import { Callout } from "../components/Callout";
import { CodeView } from "../components/CodeView";
import { Dialog } from "../components/Dialog";
import { FailureNote } from "../failure/FailureNote";
import { compareTexts, fileRemoved, hideTexts, keepMine, takeTheirs, useConflict, type Conflict } from "./file";
import { tellFailure, useDraftFailure } from "./save";

function Compare({ draft, texts }: { draft: Draft; texts: NonNullable<Conflict["texts"]> }) {
  const close = () => hideTexts(draft.id);
  return (
    <Dialog
      wide
      title="The file and your edits"
      onClose={close}
      testId="compare"
      footer={
        <>
          <span className="grow" />
          <Button onClick={() => takeTheirs(draft.id)}>Take theirs</Button>
          <Button variant="primary" onClick={() => keepMine(draft.id)}>
            Keep mine
          </Button>
        </>
      }
    >
      <div className="dialog-body compare">
        <section aria-label="In the file now">
          <h3 className="sub">In the file now</h3>
          <CodeView value={texts.theirs} language="text" label="In the file now" readOnly />
        </section>
        <section aria-label="Your edits">
          <h3 className="sub">{texts.rendered ? "Your edits, not yet in the words of the file" : "Your edits"}</h3>
          <CodeView value={texts.ours} language="text" label="Your edits" readOnly />
        </section>
      </div>
    </Dialog>
  );
}

async function compare(id: string): Promise<void> {
  try {
    await compareTexts(id);
  } catch (thrown) {
    tellFailure(id, failureOf(thrown));
  }
}

/** What stands between a draft and its file. */
export function ConflictBanner({ draft }: { draft: Draft }) {
  const conflict = useConflict(draft.id);
  const failure = useDraftFailure(draft.id);
  return (
    <>
      {conflict?.theirs ? (
        <Callout
          tone="warn"
          title="This file was changed outside"
          testId="conflict"
          actions={
            <>
              <Button size="s" icon={Columns2} onClick={() => void compare(draft.id)}>
                Compare
              </Button>
              <Button size="s" onClick={() => keepMine(draft.id)} data-testid="keep-mine">
                Keep mine
              </Button>
              <Button size="s" onClick={() => takeTheirs(draft.id)} data-testid="take-theirs">
                Take theirs
              </Button>
            </>
          }
        >
          Your edits are kept. Nothing is written until you choose.
        </Callout>
      ) : null}
      {conflict && !conflict.theirs ? (
        <Callout
          tone="warn"
          title="The file of this request is gone or cannot be read"
          testId="conflict"
          actions={
            <Button
              size="s"
              onClick={() => draft.file && fileRemoved(draft.file.collection, draft.file.path)}
              data-testid="leave-file"
            >
              Keep as unsaved request
            </Button>
          }
        >
          Your edits are kept.
        </Callout>
      ) : null}
      {failure ? (
        <FailureNote
          failure={failure}
          actions={
            <Button size="s" onClick={() => tellFailure(draft.id, undefined)}>
              Close
            </Button>
          }
        />
      ) : null}
      {conflict?.texts ? <Compare draft={draft} texts={conflict.texts} /> : null}
    </>
  );
}
