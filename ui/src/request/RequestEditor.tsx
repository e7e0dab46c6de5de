import { ChevronDown, ChevronUp, WrapText } from "lucide-react";
import { useState } from "react";
import type { Draft } from "../bindings/Draft";
import { Button } from "../components/Button";
import { IconButton } from "../components/IconButton";
import { Select } from "../components/Select";
import { Tabs } from "../components/Tabs";
import { HEADER_NAMES, headerValues } from "../variables/header_words";
import { AuthPane } from "./AuthPane";
import { BODY_KINDS, textOf, withKind } from "./body";
import { BodyPane } from "./BodyPane";
import { ConflictBanner } from "./ConflictBanner";
import { DocsPane, ScriptsPane, VariablesPane } from "./DetailsPanes";
import { DraftVariables } from "./DraftVariables";
import { FieldTable } from "./FieldTable";
import { InheritedHeaders } from "./InheritedHeaders";
import { OptionsPane } from "./OptionsPane";
import { ParamsPane } from "./ParamsPane";
import { useResolved } from "./resolve";
import { SaveDialog } from "./SaveDialog";
import { showSection, useSection, type Section } from "./section";
import { SignInLine } from "./SignInLine";
import { changeRequest } from "./state";
import { UrlRow } from "./UrlRow";

export interface RequestEditorProps {
  draft: Draft;
  /** Whether what is sent can be folded away below its tab line. */
  folds: boolean;
  folded: boolean;
  onFold(fold: boolean): void;
}

/** One request: where to, as whom, with what. */
export function RequestEditor({ draft, folds, folded, onFold }: RequestEditorProps) {
  const resolved = useResolved(draft);
  const { request, id } = draft;
  const section = useSection(id, request.body);
  const [wrap, setWrap] = useState(false);
  const focusUrl = () => document.querySelector<HTMLElement>('[data-testid="url"]')?.focus();
  const count = (fields: ReadonlyArray<{ enabled: boolean }>) => fields.filter((field) => field.enabled).length;
  const open = (next: Section) => {
    showSection(id, next);
    if (folded) onFold(false);
  };
  const kind =
    section === "body" && !folded ? (
      <>
        {textOf(request.body) === null ? null : (
          <IconButton size="s" label="Wrap long lines" icon={WrapText} pressed={wrap} onClick={() => setWrap(!wrap)} />
        )}
        <Select
          small
          label="Kind of body"
          testId="body-kind"
          value={request.body.kind}
          options={BODY_KINDS}
          onChange={(next) => changeRequest(id, { body: withKind(id, request.body, next) })}
        />
      </>
    ) : null;
  const after =
    kind || folds ? (
      <span className="row tab-after">
        {kind}
        {folds ? (
          <Button
            size="s"
            variant="plain"
            icon={folded ? ChevronDown : ChevronUp}
            aria-expanded={!folded}
            onClick={() => onFold(!folded)}
            data-testid="request-fold"
          >
            {folded ? "Show request" : "Hide request"}
          </Button>
        ) : null}
      </span>
    ) : null;
  return (
    <DraftVariables draft={draft}>
      <section className="request" aria-label="Request">
        <UrlRow draft={draft} resolved={resolved} />
        <SignInLine draft={draft} resolved={resolved} onAuth={() => open("auth")} onUrl={focusUrl} />
        <ConflictBanner draft={draft} />
        <SaveDialog />
        <Tabs
          label="Parts of the request"
          value={section}
          onChange={open}
          closed={folded}
          after={after}
          options={[
            { value: "params", label: "Params", count: count(request.parameters) + request.path_parameters.length },
            { value: "headers", label: "Headers", count: count(request.headers) },
            { value: "auth", label: "Auth" },
            { value: "body", label: "Body" },
            { value: "variables", label: "Variables", count: count(draft.details.variables) },
            { value: "docs", label: "Docs" },
            { value: "scripts", label: "Scripts", count: draft.details.scripts.length },
            { value: "options", label: "Options" },
          ]}
        >
          {section === "params" ? <ParamsPane draft={draft} /> : null}
          {section === "headers" ? (
            <>
              <FieldTable
                noun="Header"
                fields={request.headers}
                onChange={(headers) => changeRequest(id, { headers })}
                names={HEADER_NAMES}
                valuesOf={headerValues}
                hint="Sign-in, Content-Type of the body and Content-Length are added by Sluice."
              />
              {draft.file ? <InheritedHeaders file={draft.file} own={request.headers} /> : null}
            </>
          ) : null}
          {section === "auth" ? <AuthPane draft={draft} /> : null}
          {section === "body" ? <BodyPane draft={draft} wrap={wrap} /> : null}
          {section === "variables" ? <VariablesPane draft={draft} /> : null}
          {section === "docs" ? <DocsPane key={id} draft={draft} /> : null}
          {section === "scripts" ? <ScriptsPane key={id} draft={draft} /> : null}
          {section === "options" ? <OptionsPane key={id} draft={draft} /> : null}
        </Tabs>
      </section>
    </DraftVariables>
  );
}
