import { Globe } from "lucide-react";
import { useEffect } from "react";
import { toast } from "../components/Toast";
import { useAttempt } from "../failure/attempt";
import { useStore } from "../store";
import { EditedPage } from "./EditedPage";
import { globalEdits, globalsUnsaved, readGlobals, saveGlobals } from "./global_edits";
import { KeptVariables } from "./KeptVariables";

/** The variables of this computer, for every collection. */
export function GlobalsPage() {
  const now = useStore(globalEdits, (state) => state);
  const [failure, attempt] = useAttempt();
  useEffect(() => {
    void attempt(() => readGlobals());
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  const shown = now.edit ?? now.read;
  const save = () =>
    attempt(async () => {
      if ((await saveGlobals()) === "written") toast("Saved the global variables");
    });
  return (
    <EditedPage
      icon={Globe}
      crumbs={["Global variables"]}
      changed={globalsUnsaved(now)}
      onSave={() => void save()}
      failure={failure}
      reading="Reading the variables"
    >
      {shown ? (
        <>
          <p className="page-form dim small">
            They count in every collection, after everything a collection says itself, and stay on this computer.
          </p>
          <KeptVariables
            variables={shown}
            kept={null}
            typed={now.typed}
            onTyped={(typed) => globalEdits.set({ typed })}
            onChange={(edit) => globalEdits.set({ edit })}
          />
        </>
      ) : null}
    </EditedPage>
  );
}
