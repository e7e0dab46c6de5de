import { Compartment, EditorState, Prec, type Extension } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { openSearchPanel } from "@codemirror/search";
import { useEffect, useImperativeHandle, useRef } from "react";
import { codeBase, languageOf } from "./code_setup";
import type { CodeViewProps } from "./CodeView";

/** An editor, or a viewer when it is read only; an extension is taken when the editor is made. */
export default function CodeEditor({
  value,
  language,
  label,
  readOnly = false,
  wrap = false,
  onChange,
  testId,
  extension,
  ref,
}: CodeViewProps & { extension?: Extension }) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const changed = useRef(onChange);
  const parts = useRef({ language: new Compartment(), wrap: new Compartment(), access: new Compartment() });
  changed.current = onChange;

  useEffect(() => {
    if (!host.current) return;
    const extensions: Extension[] = [
      codeBase(readOnly),
      extension ?? [],
      parts.current.language.of([]),
      parts.current.wrap.of(wrap ? EditorView.lineWrapping : []),
      EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
      // Ctrl Enter belongs to the window.
      Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => true }])),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) changed.current?.(update.state.doc.toString());
      }),
    ];
    const created = new EditorView({ state: EditorState.create({ doc: value, extensions }), parent: host.current });
    view.current = created;
    return () => {
      created.destroy();
      view.current = null;
    };
    // The editor is made once; later values arrive below.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [label, readOnly]);

  useEffect(() => {
    const editor = view.current;
    if (editor && editor.state.doc.toString() !== value) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
    }
  }, [value]);
  useEffect(() => {
    let current = true;
    void languageOf(language).then((loaded) => {
      if (current) view.current?.dispatch({ effects: parts.current.language.reconfigure(loaded) });
    });
    return () => {
      current = false;
    };
  }, [language, label, readOnly]);
  useEffect(() => {
    view.current?.dispatch({ effects: parts.current.wrap.reconfigure(wrap ? EditorView.lineWrapping : []) });
  }, [wrap]);

  useImperativeHandle(ref, () => ({
    search: () => view.current && openSearchPanel(view.current),
    focus: () => view.current?.focus(),
  }));

  return <div className={`code ${readOnly ? "readonly" : ""}`} ref={host} data-testid={testId} />;
}
