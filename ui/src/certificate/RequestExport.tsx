import { useRef, useState } from "react";
import { Field } from "../components/Field";
import { FormDialog } from "../failure/FormDialog";
import { RemoveDialog } from "../failure/RemoveDialog";
import type { CertificateRequest } from "../bindings/CertificateRequest";
import { closeRequestDialog, exportRequest, removeRequest } from "./requests";
import { lossWords, passphraseFault } from "./request_words";

/** Asks for the passphrase twice; the system's dialog asks where, and before a file is replaced. */
export function RequestExport({ request }: { request: CertificateRequest }) {
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const first = useRef<HTMLInputElement>(null);
  const fault = passphraseFault(passphrase);
  const differs = again !== "" && again !== passphrase;
  const save = async () => {
    if (await exportRequest(request.name, passphrase)) closeRequestDialog();
  };
  return (
    <FormDialog
      title={`Export ${request.name} as PKCS#12`}
      action="Choose file and export"
      disabled={passphrase === "" || fault !== null || again !== passphrase}
      focus={first}
      onSave={save}
      onClose={closeRequestDialog}
    >
      <p className="second">
        The file holds the certificate, its issuers and the private key, encrypted with this passphrase. OpenSSL, Java
        and browsers read it.
      </p>
      <Field
        ref={first}
        large
        label="Passphrase"
        type="password"
        hint="12 characters or more are hard to guess."
        value={passphrase}
        wrong={fault}
        onChange={(event) => setPassphrase(event.target.value)}
        data-testid="export-passphrase"
      />
      <Field
        large
        label="Passphrase once more"
        type="password"
        value={again}
        wrong={differs ? "The two are not the same" : null}
        onChange={(event) => setAgain(event.target.value)}
        data-testid="export-passphrase-again"
      />
    </FormDialog>
  );
}

/** Names what is lost before a request goes. */
export function RequestRemove({ request }: { request: CertificateRequest }) {
  return (
    <RemoveDialog
      title={`Remove the certificate request ${request.name}?`}
      text={lossWords(request)}
      hint="This cannot be undone"
      action="Remove request"
      onRemove={async () => {
        await removeRequest(request.name);
        closeRequestDialog();
      }}
      onClose={closeRequestDialog}
    />
  );
}
