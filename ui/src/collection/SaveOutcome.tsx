import { useRef } from "react";
import { Button } from "../components/Button";
import { Dialog } from "../components/Dialog";
import { useStore } from "../store";
import { difference } from "./difference";
import { outcomes, type Undecided } from "./save_outcome";

function Side({ title, lines, other }: { title: string; lines: string[]; other: ReadonlySet<string> }) {
  return (
    <section className="outcome-side" aria-label={title}>
      <h3 className="h3">{title}</h3>
      <pre className="well outcome-text" tabIndex={0}>
        {lines.map((line, place) => (
          // oxlint-disable-next-line react/no-array-index-key
          <span key={place} className={other.has(line) ? "" : "differs"}>
            {other.has(line) ? "  " : "≠ "}
            {line}
            {"\n"}
          </span>
        ))}
      </pre>
    </section>
  );
}

function Conflict({ saved }: { saved: Extract<Undecided, { outcome: "conflict" }> }) {
  const { ours, theirs } = difference(saved.ours, saved.theirs);
  return (
    <>
      <p className="second">
        The file was changed outside Sluice since you opened it. Nothing has been written yet. Lines that differ are
        marked with ≠.
      </p>
      <div className="outcome-sides">
        <Side title="Mine" lines={ours} other={new Set(theirs)} />
        <Side title="In the file now" lines={theirs} other={new Set(ours)} />
      </div>
    </>
  );
}

function Secrets({ saved }: { saved: Extract<Undecided, { outcome: "secrets" }> }) {
  return (
    <>
      <p className="second">
        The file would carry secrets for everybody who can read it. In the keyring they stay on this computer, and the
        file names a variable. Nothing has been written yet.
      </p>
      <ul className="outcome-list">
        {saved.found.map((one) => (
          <li key={one.place + one.variable}>
            {one.place} <span className="dim">becomes</span> <span className="mono">{`{{${one.variable}}}`}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Asks what to do when saving needs a decision; mounted once. */
export function SaveOutcome() {
  const asking = useStore(outcomes, (state) => state.asking);
  const main = useRef<HTMLButtonElement>(null);
  if (!asking) return null;
  const { saved, decide } = asking;
  const conflict = saved.outcome === "conflict";
  return (
    <Dialog
      title={conflict ? "The file was changed meanwhile" : "There is a secret in this"}
      wide={conflict}
      focus={main}
      testId="save-outcome"
      onClose={() => decide("cancel")}
      footer={
        <>
          <span className="grow" />
          <Button onClick={() => decide("cancel")}>Cancel</Button>
          <Button onClick={() => decide(conflict ? "theirs" : "write")}>
            {conflict ? "Take theirs" : "Save anyway"}
          </Button>
          <Button ref={main} variant="primary" onClick={() => decide(conflict ? "mine" : "move")}>
            {conflict ? "Keep mine" : "Move to keyring"}
          </Button>
        </>
      }
    >
      <div className="dialog-body form">
        {saved.outcome === "conflict" ? <Conflict saved={saved} /> : <Secrets saved={saved} />}
      </div>
    </Dialog>
  );
}
