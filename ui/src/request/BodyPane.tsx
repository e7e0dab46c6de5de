import { FileUp } from "lucide-react";
import { lazy, Suspense } from "react";
import { backend } from "../backend";
import type { Draft } from "../bindings/Draft";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { changeRequest } from "./state";
import { FieldTable } from "./FieldTable";
import { PartTable } from "./PartTable";

// The editor is the larger half of the program; it is loaded after the first paint.
const VariableCode = lazy(() => import("../variables/VariableCode"));

/** The body of a request, in its kind. */
export function BodyPane({ draft, wrap }: { draft: Draft; wrap: boolean }) {
  const { id } = draft;
  const { body } = draft.request;
  if ("text" in body) {
    return (
      <Suspense fallback={<div className="code" />}>
        <VariableCode
          key={id}
          value={body.text}
          language={body.kind === "sparql" ? "text" : body.kind}
          label="Request body"
          wrap={wrap}
          testId="request-body"
          onChange={(text) => changeRequest(id, { body: { kind: body.kind, text } })}
        />
      </Suspense>
    );
  }
  if (body.kind === "form") {
    return (
      <FieldTable
        noun="Field"
        fields={body.fields}
        onChange={(fields) => changeRequest(id, { body: { kind: "form", fields } })}
        hint="Sent as application/x-www-form-urlencoded."
      />
    );
  }
  if (body.kind === "multipart") {
    return (
      <PartTable parts={body.parts} onChange={(parts) => changeRequest(id, { body: { kind: "multipart", parts } })} />
    );
  }
  if (body.kind === "file") {
    const choose = async () => {
      const path = await backend().fileChoose();
      if (path) changeRequest(id, { body: { kind: "file", path } });
    };
    return (
      <EmptyState
        icon={FileUp}
        title={body.path ? "This file is sent as it is" : "No file chosen"}
        text={
          body.path ? (
            <span className="mono">{body.path}</span>
          ) : (
            "The file is read when you send, so later changes to it go out as well."
          )
        }
      >
        <Button onClick={() => void choose()}>{body.path ? "Other file…" : "Choose file…"}</Button>
      </EmptyState>
    );
  }
  return <p className="pane-hint">This request has no body. Choose a kind at the right to write one.</p>;
}
