import { Check, ClipboardList, Lightbulb, WandSparkles } from "lucide-react";
import type { KeyboardEvent, RefObject } from "react";
import type { KeyImport } from "../bindings/KeyImport";
import { Button } from "../components/Button";
import { Callout } from "../components/Callout";
import { Checkbox } from "../components/Choice";
import { Icon } from "../components/Icon";
import { Tag } from "../components/Tag";
import { FailureNote } from "../failure/FailureNote";
import { Segments } from "../exchange/Segments";
import { openServiceInstance } from "../service_instance/state";
import { DropHint } from "./DropHint";
import { chooseKeyFile, closeImport, pasteKey, type Import } from "./import_state";
import { KeySummary } from "./KeySummary";

const LONGEST = 20;

/** A quoted value, cut to fit; the whole is in the tooltip. */
function Value({ text }: { text: string }) {
  const cut = text.length > LONGEST;
  return (
    <span className="s" title={cut ? text : undefined}>
      {cut ? `${text.slice(0, LONGEST - 2)}…"` : text}
    </span>
  );
}

/** JSON property names get their colour. */
function Line({ text }: { text: string }) {
  const match = /^(\s*[{[]?\s*)("[^"]*")(\s*:.*)$/s.exec(text);
  if (!match) return text;
  const [, before, name, after] = match;
  const value = /^(\s*:\s*)(".*")(,?)$/s.exec(after ?? "");
  return (
    <>
      {before}
      <span className="k">{name}</span>
      {value ? (
        <>
          {value[1]}
          <Value text={value[2] ?? ""} />
          {value[3]}
        </>
      ) : (
        after
      )}
    </>
  );
}

const shownLine = (text: string) => <Line text={text} />;

function Pasted({ read }: { read: KeyImport }) {
  return (
    <ol className="pasted" aria-label="Pasted text, secrets hidden">
      {read.text.map((line, number) => (
        // oxlint-disable-next-line react/no-array-index-key
        <li key={number}>
          <Segments segments={line} text={shownLine} />
        </li>
      ))}
    </ol>
  );
}

function Code({ text }: { text: string }) {
  return text.split("`").map((part, place) =>
    place % 2 === 1 ? (
      // oxlint-disable-next-line react/no-array-index-key
      <span key={place} className="mono">
        {part}
      </span>
    ) : (
      part
    ),
  );
}

function Repairs({ read }: { read: KeyImport }) {
  if (read.repairs.length === 0) return null;
  return (
    <section aria-label="Repaired while reading">
      <div className="row between">
        <h3 className="h3">Repaired while reading</h3>
        <Tag tone="ok" icon={WandSparkles}>
          {read.repairs.length}
        </Tag>
      </div>
      <ul className="repairs">
        {read.repairs.map((repair) => (
          <li key={repair.message + repair.place}>
            <Icon of={Check} className="ok" />
            <div>
              <div>
                <Code text={repair.message} />
              </div>
              <div className="small dim">{repair.place}</div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** For whoever has to create the key first. */
function NoKeyYet() {
  const write = () => {
    closeImport();
    openServiceInstance();
  };
  return (
    <p className="dim small">
      No key yet?{" "}
      <Button variant="link" onClick={write} data-testid="import-no-key">
        Write the parameters to create one
      </Button>
    </p>
  );
}

export interface ImportTextProps {
  state: Import;
  clear: boolean;
  onClear(clear: boolean): void;
  start: RefObject<HTMLButtonElement | null>;
  /** Whether the facts stand here because the right side asks for the private key. */
  aside: boolean;
}

/** What was pasted, with its secrets hidden; Ctrl V here reads the clipboard in Rust. */
export function ImportText({ state, clear, onClear, start, aside }: ImportTextProps) {
  const { read } = state;
  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "v") {
      event.preventDefault();
      void pasteKey();
    }
  };
  return (
    <div className="import-left" onKeyDown={onKeyDown} data-testid="import-left">
      <div className="row between">
        <h3 className="h3 first">{read ? "Pasted key" : "Paste the key as it is"}</h3>
        {read ? (
          <span className="row">
            <Button ref={start} variant="link" onClick={() => void pasteKey()}>
              Paste again
            </Button>
            <Button variant="link" onClick={() => void chooseKeyFile()}>
              Choose file…
            </Button>
          </span>
        ) : null}
      </div>
      {read ? (
        <Pasted read={read} />
      ) : (
        <>
          <DropHint start={start} testIds={{ paste: "import-paste", file: "import-choose" }} />
          <NoKeyYet />
        </>
      )}
      {read?.failure ? <FailureNote failure={read.failure} /> : null}
      {state.failure ? <FailureNote failure={state.failure} /> : null}
      {read?.facts && aside ? (
        <>
          <KeySummary read={read} narrow />
          <Callout tone="info" icon={Lightbulb}>
            <p>
              <b>Why is the private key missing?</b> With an external certificate you made the key pair yourself and
              gave SAP only the certificate. The private key is in the PKCS#12 (.p12, .pfx) or PEM file of that time.
            </p>
          </Callout>
        </>
      ) : null}
      {read ? <Repairs read={read} /> : null}
      <span className="grow" />
      {read?.facts && state.fromClipboard && read.facts.kind !== "external" ? (
        <Callout
          tone="info"
          icon={ClipboardList}
          title={`The clipboard still holds the ${read.facts.kind === "secret" ? "client secret" : "private key"}.`}
        >
          <Checkbox label="Clear it when the key is saved" checked={clear} onChange={onClear} testId="import-clear" />
        </Callout>
      ) : null}
    </div>
  );
}
