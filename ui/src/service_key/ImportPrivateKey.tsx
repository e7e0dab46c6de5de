import { Check, Copy, Eye, EyeOff, FileKey, FolderOpen, KeyRound, Unlink } from "lucide-react";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { backend } from "../backend";
import type { CertificateFacts } from "../bindings/CertificateFacts";
import type { Comparison as Compared } from "../bindings/Comparison";
import type { KeyImport } from "../bindings/KeyImport";
import type { PrivateKeyFile } from "../bindings/PrivateKeyFile";
import { Button } from "../components/Button";
import { Callout } from "../components/Callout";
import { Field } from "../components/Field";
import { Icon } from "../components/Icon";
import { IconButton } from "../components/IconButton";
import { toast } from "../components/Toast";
import { useAttempt } from "../failure/attempt";
import { FailureNote } from "../failure/FailureNote";
import { day } from "../format/time";
import { choosePrivateKey, openPrivateKey } from "./import_state";

function Passphrase({ file, busy }: { file: PrivateKeyFile; busy: boolean }) {
  const [value, setValue] = useState("");
  const [shown, setShown] = useState(false);
  const wrong = file.failure?.code === "wrong_passphrase" ? file.failure.message : null;
  useEffect(() => setValue(""), [file.name]);
  const open = (event: FormEvent) => {
    event.preventDefault();
    void openPrivateKey(value);
  };
  return (
    <form className="passphrase" onSubmit={open}>
      <Field
        className="grow"
        large
        label="Passphrase"
        type={shown ? "text" : "password"}
        value={value}
        wrong={wrong}
        autoFocus
        onChange={(event) => setValue(event.target.value)}
        data-testid="import-passphrase"
        after={
          <IconButton
            size="s"
            label={shown ? "Hide passphrase" : "Show passphrase"}
            icon={shown ? EyeOff : Eye}
            onClick={() => setShown(!shown)}
          />
        }
      />
      <Button type="submit" size="l" busy={busy} data-testid="import-open">
        Open file
      </Button>
    </form>
  );
}

function File({ file, busy }: { file: PrivateKeyFile; busy: boolean }) {
  const asks = file.passphrase_needed || file.failure?.code === "wrong_passphrase";
  return (
    <div className="card key-file">
      <div className="row">
        <Icon of={FileKey} size={20} />
        <div className="grow">
          <div className="strong cut">{file.name}</div>
          {file.requested ? null : <div className="small dim">{file.format}</div>}
        </div>
        {file.fits !== null && !asks ? <Icon of={Check} className="ok" /> : null}
        <Button icon={FolderOpen} onClick={() => void choosePrivateKey()}>
          {file.requested ? "Choose file…" : "Other file…"}
        </Button>
      </div>
      {asks ? <Passphrase file={file} busy={busy} /> : null}
      {file.failure && file.failure.code !== "wrong_passphrase" && file.failure.code !== "passphrase_needed" ? (
        <FailureNote failure={file.failure} />
      ) : null}
    </div>
  );
}

function short(hex: string): string {
  return hex.length > 20 ? `${hex.slice(0, 17)}…` : hex;
}

type Row = { name: string; read(one: CertificateFacts): string; mono?: boolean };
const ROWS: Row[] = [
  { name: "Subject", read: (one) => one.subject },
  { name: "Issuer", read: (one) => one.issuer },
  { name: "Valid", read: (one) => `${day(one.not_before)} to ${day(one.not_after)}` },
  { name: "Serial", read: (one) => one.serial, mono: true },
];

function Comparison({ compared }: { compared: Compared }) {
  const { key, file } = compared;
  return (
    <div className="card">
      <table className="table compare" aria-label="The service key beside your file">
        <thead>
          <tr>
            <th>
              <span className="sr">Fact</span>
            </th>
            <th>
              <span className="row">
                <Icon of={KeyRound} size={14} /> Service key
              </span>
            </th>
            <th>
              <span className="row">
                <Icon of={FileKey} size={14} /> Your file
              </span>
            </th>
          </tr>
        </thead>
        <tbody>
          {ROWS.map((row) => {
            const mine = row.read(key);
            const other = file ? row.read(file) : null;
            return (
              <tr key={row.name}>
                <td className="dim">{row.name}</td>
                <td className={row.mono ? "mono-s" : ""}>{mine}</td>
                <td className={row.mono ? "mono-s" : ""}>
                  {other === null ? (
                    <span className="dim">no certificate in the file</span>
                  ) : other === mine ? (
                    <span className="dim">same</span>
                  ) : (
                    other
                  )}
                </td>
              </tr>
            );
          })}
          <tr className="decides">
            <td>Public key</td>
            <td className="mono-s">SHA-256 {short(key.public_key_fingerprint)}</td>
            <td className="mono-s">SHA-256 {short(compared.file_public_key)}</td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}

/** Asks for the private key of an external certificate, because nothing else can be done before. */
export function ImportPrivateKey({ read, busy }: { read: KeyImport; busy: boolean }) {
  const file = read.private_key;
  const choose = useRef<HTMLButtonElement>(null);
  const [failure, attempt] = useAttempt();
  const compared = read.comparison !== null;
  useEffect(() => {
    if (!file || compared) choose.current?.focus();
  }, [file, compared]);
  const copy = async () => {
    if (await attempt(() => backend().certificateCopy(read.id))) toast("Certificate copied, as the cockpit wants it");
  };
  return (
    <section className="private-key" aria-label="Add the private key">
      <h3 className="h3 first">Add the private key</h3>
      {file ? (
        <File file={file} busy={busy} />
      ) : (
        <div className="drop">
          <p>The PKCS#12 (.p12, .pfx) or PEM file with the private key of this certificate</p>
          <Button
            ref={choose}
            variant="primary"
            icon={FolderOpen}
            onClick={() => void choosePrivateKey()}
            data-testid="import-private-key"
          >
            Choose file…
          </Button>
        </div>
      )}
      {read.comparison ? (
        <>
          <Callout
            tone="bad"
            icon={Unlink}
            title={<span className="big-title">The file does not fit this key</span>}
            testId="import-mismatch"
          >
            <p>{read.comparison.explanation}</p>
          </Callout>
          <Comparison compared={read.comparison} />
          <h3 className="h3">Two ways on</h3>
          <ol className="ways">
            <li>
              <span className="way">1</span>
              <span className="grow">
                Choose the file made on or shortly before <b>{day(read.comparison.key.not_before)}</b>.
              </span>
              <Button ref={choose} variant="primary" icon={FolderOpen} onClick={() => void choosePrivateKey()}>
                Choose file…
              </Button>
            </li>
            <li>
              <span className="way">2</span>
              <span className="grow">Or create a new service key in the cockpit with a current certificate.</span>
              <Button icon={Copy} onClick={() => void copy()}>
                Copy this certificate
              </Button>
            </li>
          </ol>
          {failure ? <FailureNote failure={failure} /> : null}
        </>
      ) : null}
    </section>
  );
}
