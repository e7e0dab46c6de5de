import { FileInput, FolderInput, LockKeyhole } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { backend } from "../backend";
import type { ImportReport } from "../bindings/ImportReport";
import { Button } from "../components/Button";
import { Callout } from "../components/Callout";
import { Dialog } from "../components/Dialog";
import { FailureNote } from "../failure/FailureNote";
import { useAttempt } from "../failure/attempt";
import { count } from "../format/time";
import { closeDialog, welcome, type Opened } from "./dialogs";
import { HoldSecrets } from "./HoldSecrets";
import { Losses } from "./Losses";
import { refreshCollection } from "./state";

interface ReportProps {
  report: ImportReport;
  hold: boolean;
  onHold(hold: boolean): void;
  refused: boolean;
}

function Report({ report, hold, onHold, refused }: ReportProps) {
  return (
    <section aria-label="What importing does" className="form" data-testid="import-report">
      <div>
        <h3 className="h3">{report.name}</h3>
        <p className="dim">{report.format}</p>
      </div>
      <p className="import-numbers">
        <span>{count(report.requests, "request")}</span>
        <span>{count(report.folders, "folder")}</span>
        <span>{count(report.environments, "environment")}</span>
        {report.scripts > 0 ? <span>{count(report.scripts, "script")} kept, not run</span> : null}
      </p>
      {report.secrets.length > 0 ? (
        <Callout
          tone="info"
          icon={LockKeyhole}
          title={`${count(report.secrets.length, "secret")} ${hold ? "held for this run only" : "to this computer's keyring"}`}
        >
          <p className="mono">{report.secrets.join(", ")}</p>
        </Callout>
      ) : null}
      {report.secrets.length > 0 ? <HoldSecrets hold={hold} onChange={onHold} refused={refused} /> : null}
      <Losses losses={report.losses} />
    </section>
  );
}

/** Imports from another tool: choose, unless it is open already, see what it would do, import. */
export function ImportDialog({ of }: { of?: Opened }) {
  const [report, setReport] = useState<ImportReport | null>(of?.report ?? null);
  const [hold, setHold] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, attempt] = useAttempt();
  const first = useRef<HTMLButtonElement>(null);
  const main = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The button that was pressed was disabled meanwhile and lost the focus.
    if (busy || document.querySelector("[data-testid=collection-import]")?.contains(document.activeElement)) return;
    (report ? main : first).current?.focus();
  }, [busy, report]);
  const doing = async (act: () => Promise<void>) => {
    setBusy(true);
    await attempt(act);
    setBusy(false);
  };
  const choose = (what: "file" | "folder") =>
    doing(async () => {
      const read = await backend()
        .importChoose(what)
        .catch((thrown: unknown) => {
          // What was read before is no longer what would be written.
          setReport(null);
          throw thrown;
        });
      if (read) setReport(read);
    });
  const write = () =>
    doing(async () => {
      const tree = await backend().importWrite(hold);
      if (!tree) return;
      closeDialog();
      welcome(tree, `Imported “${tree.name}”`);
      if (!of) return;
      // Its place in the tree is taken by what was made of it; its files stay.
      await backend().call("collection_close", { collection: of.collection });
      await refreshCollection(of.collection);
    });
  return (
    <Dialog
      title="Import a collection"
      focus={first}
      onClose={closeDialog}
      onSubmit={report && !busy ? () => void write() : undefined}
      testId="collection-import"
      footer={
        <>
          <span className="grow dim small">{report ? "Nothing has been written yet." : ""}</span>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button
            ref={main}
            variant="primary"
            keys="Ctrl Enter"
            busy={busy}
            disabled={!report || busy}
            onClick={() => void write()}
          >
            Import
          </Button>
        </>
      }
    >
      <div className="dialog-body form">
        <p className="second">
          Postman, Bruno, Insomnia, OpenAPI, OpenCollection, HAR and curl. The source stays as it is.
        </p>
        <div className="row">
          <Button ref={first} icon={FileInput} disabled={busy} onClick={() => void choose("file")}>
            Choose file…
          </Button>
          <Button icon={FolderInput} disabled={busy} onClick={() => void choose("folder")}>
            Choose folder…
          </Button>
        </div>
        {failure ? <FailureNote failure={failure} /> : null}
        {report ? (
          <Report
            report={report}
            hold={hold}
            onHold={setHold}
            refused={failure?.code.startsWith("secret_store_") ?? false}
          />
        ) : null}
      </div>
    </Dialog>
  );
}
