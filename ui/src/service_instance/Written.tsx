import { Field } from "../components/Field";
import { Skeleton } from "../components/Skeleton";
import { CopyText } from "../failure/CopyText";
import { FailureNote } from "../failure/FailureNote";
import { useStore } from "../store";
import { Findings } from "./Findings";
import { changeNames, serviceInstance } from "./state";

interface BlockProps {
  title: string;
  note?: string;
  text: string;
  copy: string;
  testId: string;
}

function Block({ title, note, text, copy, testId }: BlockProps) {
  return (
    <section aria-label={title}>
      <div className="row">
        <h3 className="h3 grow">{title}</h3>
        <CopyText label={copy} text={text} />
      </div>
      {note ? <p className="dim small">{note}</p> : null}
      <pre className="well parameter-text selectable" data-testid={testId} tabIndex={0}>
        {text}
      </pre>
    </section>
  );
}

function NoKeyJson() {
  return (
    <section aria-label="Service key, JSON">
      <h3 className="h3">Service key, JSON</h3>
      <p className="dim" data-testid="key-json">
        None: leave the editor of the cockpit empty, give the key its name and create it.
      </p>
    </section>
  );
}

/** The same parameters for the cockpit and for both command lines. */
export function Written() {
  const { written, failure, names } = useStore(serviceInstance, (state) => state);
  if (failure) return <FailureNote failure={failure} />;
  if (!written) return <Skeleton label="Writing the parameters" lines={6} />;
  return (
    <>
      <Block
        title="Service instance, JSON"
        note="Cockpit, Instances and Subscriptions, Create: Process Integration Runtime."
        text={written.instance_json}
        copy="Copy the JSON of the service instance"
        testId="instance-json"
      />
      {written.key_json.trim() === "{}" ? (
        <NoKeyJson />
      ) : (
        <Block
          title="Service key, JSON"
          text={written.key_json}
          copy="Copy the JSON of the service key"
          testId="key-json"
        />
      )}
      <Block
        title="cf command line"
        note="For a POSIX shell: Linux, macOS, Git Bash."
        text={written.cf.join("\n")}
        copy="Copy the cf commands"
        testId="cf-lines"
      />
      <Block title="btp command line" text={written.btp.join("\n")} copy="Copy the btp commands" testId="btp-lines" />
      <Field
        label="Subaccount id, for btp"
        mono
        value={names.subaccount ?? ""}
        onChange={(event) => changeNames({ subaccount: event.target.value.trim() || null })}
      />
      <Findings of="offering" />
    </>
  );
}
