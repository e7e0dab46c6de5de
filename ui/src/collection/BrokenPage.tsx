import { ExternalLink, FileWarning, Folder, RefreshCw, Save, WandSparkles } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { backend } from "../backend";
import type { BrokenFile } from "../bindings/BrokenFile";
import { Button } from "../components/Button";
import { Callout } from "../components/Callout";
import { Skeleton } from "../components/Skeleton";
import { toast } from "../components/Toast";
import { FailureNote } from "../failure/FailureNote";
import { useAttempt } from "../failure/attempt";
import { count } from "../format/time";
import { openNode, showInFiles } from "./actions";
import { CodeLines } from "./CodeLines";
import { changedLines, linesOf } from "./difference";
import { PageHead } from "./PageHead";
import { refreshCollection, useCollection } from "./state";

function folderName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}

function Words({ text }: { text: string }) {
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

interface FoundProps {
  file: BrokenFile;
  onRepair(): void;
}

function Found({ file, onRepair }: FoundProps) {
  const { problem, repair } = file;
  if (!problem) return null;
  return (
    <Callout tone="bad" icon={FileWarning} title="This file can't be read as a request" testId="broken-problem">
      <p>
        {problem.line ? `Line ${problem.line}: ` : ""}
        <Words text={problem.message} /> Sluice leaves the file as it is and goes on without it.
      </p>
      {problem.hint && !repair ? (
        <p>
          <Words text={problem.hint} />
        </p>
      ) : null}
      {repair ? (
        <div className="row page-repair">
          <Button variant="primary" icon={WandSparkles} onClick={onRepair} data-testid="broken-repair">
            {repair.label}
          </Button>
          <span className="dim small">You see the change before it is saved.</span>
        </div>
      ) : null}
    </Callout>
  );
}

/** A file that cannot be read: what is wrong, where, and a repair where it is certain. */
export function BrokenPage({ collection, path }: { collection: string; path: string }) {
  const tree = useCollection(collection);
  const [file, setFile] = useState<BrokenFile | null>(null);
  const [preview, setPreview] = useState(false);
  const [failure, attempt] = useAttempt();
  const read = useCallback(async () => {
    setFile(await backend().call("file_text", { collection, path }));
    setPreview(false);
  }, [collection, path]);
  useEffect(() => {
    void attempt(read);
    // The file may change whenever the collection does.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [read, tree]);
  const save = () =>
    attempt(async () => {
      if (!file?.repair) return;
      await backend().call("file_save_text", { collection, path, text: file.repair.text, version: file.version });
      await refreshCollection(collection);
      toast("Repaired and saved");
      await openNode(collection, path);
    });
  const problem = file?.problem ?? null;
  const repaired = preview ? (file?.repair?.text ?? null) : null;
  const marks = new Map(
    repaired !== null && file
      ? changedLines(file.text, repaired).map((line): [number, string] => [line, "changed"])
      : problem?.line
        ? [[problem.line, problem.message.replaceAll("`", "")]]
        : [],
  );
  return (
    <div className="page">
      <PageHead icon={Folder} crumbs={[folderName(tree?.folder ?? ""), ...path.split("/")]}>
        <Button icon={RefreshCw} onClick={() => void attempt(read)}>
          Read again
        </Button>
        <Button icon={ExternalLink} onClick={() => void showInFiles({ collection, path })}>
          Show in file manager
        </Button>
      </PageHead>
      <div className="page-notes">
        {failure ? <FailureNote failure={failure} /> : null}
        {file && repaired !== null ? (
          <Callout tone="info" icon={WandSparkles} title="The file after the change">
            <p>Nothing has been written yet.</p>
            <div className="row page-repair">
              <Button variant="primary" icon={Save} onClick={() => void save()} data-testid="broken-save">
                Save
              </Button>
              <Button onClick={() => setPreview(false)}>Back</Button>
            </div>
          </Callout>
        ) : null}
        {file && repaired === null && problem ? <Found file={file} onRepair={() => setPreview(true)} /> : null}
        {file && !problem ? (
          <Callout tone="ok" title="This file can be read again">
            <Button onClick={() => void openNode(collection, path)}>Open it</Button>
          </Callout>
        ) : null}
      </div>
      {file ? (
        <>
          <div className="page-line">
            <b>File</b>
            <span className="dim grow">{count(linesOf(file.text).length, "line")}</span>
            <span className="dim">{problem ? "Read only until it can be read" : ""}</span>
          </div>
          <CodeLines
            label={`Text of ${path}`}
            text={repaired ?? file.text}
            marks={marks}
            tone={repaired === null ? "bad" : "ok"}
          />
        </>
      ) : failure ? null : (
        <Skeleton label="Reading the file" lines={8} />
      )}
    </div>
  );
}
