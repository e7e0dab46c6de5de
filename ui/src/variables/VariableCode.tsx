import { EditorView } from "@codemirror/view";
import { useEffect, useRef, useState } from "react";
import CodeEditor from "../components/CodeEditor";
import type { CodeViewProps } from "../components/CodeView";
import { heldScope, scopeChanged, variableMarks } from "./code_marks";
import { useVariableScope } from "./scope";

/** An editor whose variables are marked, completed and explained. */
export default function VariableCode(props: CodeViewProps) {
  const scope = useVariableScope();
  const host = useRef<HTMLDivElement>(null);
  const [held] = useState(heldScope);
  const [extension] = useState(() => variableMarks(held.get));
  useEffect(() => {
    held.put(scope);
    const editor = host.current?.querySelector<HTMLElement>(".cm-editor");
    if (editor) EditorView.findFromDOM(editor)?.dispatch({ effects: scopeChanged.of(null) });
  }, [held, scope]);
  return (
    <div ref={host} className="variable-code">
      <CodeEditor {...props} extension={extension} />
    </div>
  );
}
