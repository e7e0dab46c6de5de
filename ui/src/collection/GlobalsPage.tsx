import { Globe, Save } from "lucide-react";
import { useEffect } from "react";
import { Button } from "../components/Button";
import { Skeleton } from "../components/Skeleton";
import { toast } from "../components/Toast";
import { FailureNote } from "../failure/FailureNote";
import { useAttempt } from "../failure/attempt";
import { useStore } from "../store";
import { globalEdits, globalsUnsaved, readGlobals, saveGlobals } from "./global_edits";
import { KeptVariables } from "./KeptVariables";
import { PageHead, Unsaved } from "./PageHead";

/** The variables of this computer, for every collection. */
export function GlobalsPage() {
  const now = useStore(globalEdits, (state) => state);
  const [failure, attempt] = useAttempt();
  useEffect(() => {
    void attempt(() => readGlobals());
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  const shown = now.edit ?? now.read;
  const changed = globalsUnsaved(now);
  const save = () =>
    attempt(async () => {
      if ((await saveGlobals()) === "written") toast("Saved the global variables");
    });
  return (
    <div className="page">
      <PageHead icon={Globe} crumbs={["Global variables"]}>
        {changed ? <Unsaved /> : null}
        <Button
          variant="primary"
          icon={Save}
          keys="Ctrl S"
          disabled={!changed}
          onClick={() => void save()}
          data-testid="page-save"
        >
          Save
        </Button>
      </PageHead>
      {failure ? (
        <div className="page-notes">
          <FailureNote failure={failure} />
        </div>
      ) : null}
      <p className="page-form dim small">
        They count in every collection, after everything a collection says itself, and stay on this computer.
      </p>
      {shown ? (
        <KeptVariables
          variables={shown}
          kept={null}
          typed={now.typed}
          onTyped={(typed) => globalEdits.set({ typed })}
          onChange={(edit) => globalEdits.set({ edit })}
        />
      ) : failure ? null : (
        <Skeleton label="Reading the variables" lines={4} />
      )}
    </div>
  );
}
