import { useRef, useState } from "react";
import { backend } from "../backend";
import type { ExportFormat } from "../bindings/ExportFormat";
import type { Loss } from "../bindings/Loss";
import { Button } from "../components/Button";
import { Radio, Radios } from "../components/Choice";
import { Dialog } from "../components/Dialog";
import { Field } from "../components/Field";
import { toast } from "../components/Toast";
import { FailureNote } from "../failure/FailureNote";
import { useAttempt } from "../failure/attempt";
import { FormDialog } from "../failure/FormDialog";
import { useStore } from "../store";
import type { Spot } from "./actions";
import { CheckDialog } from "./CheckDialog";
import { closeDialog, dialogs, welcome } from "./dialogs";
import { EnvironmentsDialog } from "./EnvironmentsDialog";
import { ImportDialog } from "./ImportDialog";
import { Losses } from "./Losses";
import { MissingTenants } from "./MissingTenants";
import { SaveOutcome } from "./SaveOutcome";

function CreateDialog() {
  const [name, setName] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const create = async () => {
    const tree = await backend().collectionCreate(name.trim());
    if (!tree) return;
    closeDialog();
    welcome(tree, `Made “${tree.name}”`);
  };
  return (
    <FormDialog
      title="New collection"
      action="Choose folder…"
      disabled={!name.trim()}
      focus={field}
      onSave={create}
      onClose={closeDialog}
    >
      <Field
        ref={field}
        large
        label="Name"
        value={name}
        hint="Next you choose where its folder is made."
        onChange={(event) => setName(event.target.value)}
      />
    </FormDialog>
  );
}

const FORMATS: ReadonlyArray<{ value: ExportFormat; label: string }> = [
  { value: "opencollection", label: "OpenCollection, as one file" },
  { value: "postman", label: "Postman collection 2.1" },
  { value: "curl", label: "curl commands" },
  { value: "hurl", label: "Hurl file" },
  { value: "har", label: "HAR, for browsers and proxies" },
];

function ExportDialog({ spot, name }: { spot: Spot; name: string }) {
  const [format, setFormat] = useState<ExportFormat>("opencollection");
  const [losses, setLosses] = useState<Loss[] | null>(null);
  const [failure, attempt] = useAttempt();
  const first = useRef<HTMLButtonElement>(null);
  const write = () =>
    attempt(async () => {
      const lost = await backend().exportChoose(spot.collection, spot.path, format);
      if (!lost) return;
      if (lost.length > 0) return setLosses(lost);
      closeDialog();
      toast(`Exported “${name}”`);
    });
  return (
    <Dialog
      title={losses ? `Exported “${name}”` : `Export “${name}”`}
      focus={first}
      onClose={closeDialog}
      onSubmit={losses ? closeDialog : () => void write()}
      testId="export-dialog"
      footer={
        <>
          <span className="grow dim small">Secrets are never exported.</span>
          {losses ? null : <Button onClick={closeDialog}>Cancel</Button>}
          <Button ref={first} variant="primary" onClick={losses ? closeDialog : () => void write()}>
            {losses ? "Close" : "Choose file…"}
          </Button>
        </>
      }
    >
      <div className="dialog-body form">
        {losses ? (
          <Losses losses={losses} />
        ) : (
          <Radios label="Format" value={format} onChange={(next) => setFormat(next as ExportFormat)}>
            {FORMATS.map(({ value, label }) => (
              <Radio key={value} value={value} label={label} />
            ))}
          </Radios>
        )}
        {failure ? <FailureNote failure={failure} /> : null}
      </div>
    </Dialog>
  );
}

/** The dialogs of the collections; mounted once. */
export function CollectionDialogs() {
  const open = useStore(dialogs, (state) => state.open);
  return (
    <>
      {open?.kind === "create" ? <CreateDialog /> : null}
      {open?.kind === "import" ? <ImportDialog of={open.of} /> : null}
      {open?.kind === "export" ? <ExportDialog spot={open.spot} name={open.name} /> : null}
      {open?.kind === "environments" ? <EnvironmentsDialog collection={open.collection} /> : null}
      {open?.kind === "check" ? <CheckDialog key={open.collection} collection={open.collection} /> : null}
      <SaveOutcome />
      <MissingTenants />
    </>
  );
}
