import { lazy, Suspense, useState } from "react";
import type { Draft } from "../bindings/Draft";
import type { ScriptPhase } from "../bindings/ScriptPhase";
import { CodeView } from "../components/CodeView";
import { Segmented } from "../components/Segmented";
import { VariableTable } from "../variables/VariableTable";
import { changeDetails } from "./state";

// Only those who write documentation need what draws it.
const Markdown = lazy(() => import("./Markdown"));

/** The request's own variables. */
export function VariablesPane({ draft }: { draft: Draft }) {
  return (
    <div>
      <VariableTable
        variables={draft.details.variables}
        onChange={(variables) => changeDetails(draft.id, { variables })}
      />
      <p className="pane-hint">
        {draft.file
          ? "These count for this request alone and win over those of its folder, environment and tenant."
          : "These count once the request is saved to a collection."}
      </p>
    </div>
  );
}

const VIEWS = [
  { value: "edit" as const, label: "Edit" },
  { value: "preview" as const, label: "Preview" },
];

/** What the request is about, in Markdown. */
export function DocsPane({ draft }: { draft: Draft }) {
  const { docs } = draft.details;
  const [view, setView] = useState<"edit" | "preview">(docs === "" ? "edit" : "preview");
  return (
    <div className="docs-pane">
      <div className="row docs-bar">
        <Segmented label="Documentation" value={view} options={VIEWS} onChange={setView} />
        <span className="dim small">Markdown, kept in the file of the request.</span>
      </div>
      {view === "edit" ? (
        <CodeView
          value={docs}
          language="text"
          label="Documentation"
          wrap
          testId="request-docs"
          onChange={(text) => changeDetails(draft.id, { docs: text })}
        />
      ) : (
        <Suspense fallback={null}>
          <Markdown text={docs} />
        </Suspense>
      )}
    </div>
  );
}

const PHASES: ReadonlyArray<{ phase: ScriptPhase; label: string }> = [
  { phase: "before_request", label: "Before the request" },
  { phase: "after_response", label: "After the response" },
  { phase: "tests", label: "Tests" },
];

/** Code kept for whoever runs it. */
export function ScriptsPane({ draft }: { draft: Draft }) {
  const { scripts } = draft.details;
  const [phase, setPhase] = useState<ScriptPhase>(scripts[0]?.phase ?? "before_request");
  const code = scripts.find((script) => script.phase === phase)?.code ?? "";
  const change = (next: string) => {
    const known = scripts.some((script) => script.phase === phase);
    const changed = known
      ? scripts.map((script) => (script.phase === phase ? { ...script, code: next } : script))
      : [...scripts, { phase, code: next }];
    changeDetails(draft.id, { scripts: changed.filter((script) => script.code !== "") });
  };
  return (
    <div className="docs-pane">
      <div className="row docs-bar">
        <Segmented
          label="When it would run"
          value={phase}
          options={PHASES.map((one) => ({ value: one.phase, label: one.label }))}
          onChange={setPhase}
        />
        <span className="dim small">Kept in the file as it is; nothing runs these yet.</span>
      </div>
      <CodeView key={phase} value={code} language="text" label="Script" testId="request-script" onChange={change} />
    </div>
  );
}
