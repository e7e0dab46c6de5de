import { lazy, Suspense, type Ref } from "react";

// The editor is the larger half of the program; it is loaded after the first paint.
const load = () => import("./CodeEditor");
const Editor = lazy(load);

/** Loads the editor before it is needed. */
export function prepareCodeView(): void {
  void load();
}

export type CodeLanguage = "json" | "xml" | "html" | "text";

export interface CodeHandle {
  search(): void;
  focus(): void;
}

export interface CodeViewProps {
  value: string;
  language: CodeLanguage;
  label: string;
  readOnly?: boolean;
  wrap?: boolean;
  onChange?(value: string): void;
  testId?: string;
  ref?: Ref<CodeHandle>;
}

/** An editor, or a viewer when it is read only. */
export function CodeView(props: CodeViewProps) {
  return (
    <Suspense fallback={<div className="code" />}>
      <Editor {...props} />
    </Suspense>
  );
}
