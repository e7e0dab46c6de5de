import { Folder, Package } from "lucide-react";
import { useEffect, useState } from "react";
import type { FolderItem } from "../bindings/FolderItem";
import { CodeView } from "../components/CodeView";
import { Field } from "../components/Field";
import { Tabs, type TabOption } from "../components/Tabs";
import { useAttempt } from "../failure/attempt";
import { AuthFields } from "../request/AuthFields";
import { FieldTable } from "../request/FieldTable";
import { useTenant } from "../tenant/state";
import { VariableTable } from "../variables/VariableTable";
import { editFolder, readFolder, saveFolder, typeSecrets, useFolderEdit, type FolderEdit } from "./edits";
import { EditedPage } from "./EditedPage";
import { KeptVariables } from "./KeptVariables";
import { tenantOf, useCollection } from "./state";

type Part = "headers" | "auth" | "variables" | "docs" | "scripts";

const PHASES = { before_request: "Before the request", after_response: "After the answer", tests: "Tests" };

function parts(item: FolderItem): ReadonlyArray<TabOption<Part>> {
  return [
    { value: "headers", label: "Headers", count: item.headers.length },
    { value: "auth", label: "Auth" },
    { value: "variables", label: "Variables", count: item.variables.length },
    { value: "docs", label: "Docs" },
    ...(item.scripts.length > 0 ? [{ value: "scripts" as const, label: "Scripts", count: item.scripts.length }] : []),
  ];
}

interface PartProps {
  part: Part;
  edit: FolderEdit;
  collection: string;
  path: string;
}

function Scripts({ item }: { item: FolderItem }) {
  return (
    <div className="page-form">
      <p className="dim small">Scripts stay in the file as they are. Sluice does not run them yet.</p>
      {item.scripts.map((script) => (
        <section key={script.phase + script.code} aria-label={PHASES[script.phase]}>
          <h2 className="h3">{PHASES[script.phase]}</h2>
          <pre className="well">{script.code}</pre>
        </section>
      ))}
    </div>
  );
}

function PartOf({ part, edit, collection, path }: PartProps) {
  const item = edit.item ?? edit.read.item;
  const tenant = useTenant(tenantOf(useCollection(collection)));
  const change = (next: Partial<FolderItem>) => editFolder(collection, path, next);
  if (part === "headers")
    return <FieldTable noun="Header" fields={item.headers} onChange={(headers) => change({ headers })} />;
  if (part === "auth")
    return (
      <div className="page-form">
        <AuthFields
          authorization={item.authorization}
          inheritable={path !== ""}
          tenant={tenant}
          onChange={(authorization) => change({ authorization })}
        />
      </div>
    );
  if (part === "variables")
    return path ? (
      <VariableTable variables={item.variables} onChange={(variables) => change({ variables })} />
    ) : (
      <KeptVariables
        variables={item.variables}
        kept={null}
        typed={edit.typed}
        onTyped={(typed) => typeSecrets(collection, path, typed)}
        onChange={(variables) => change({ variables })}
      />
    );
  if (part === "scripts") return <Scripts item={item} />;
  return (
    <CodeView
      value={item.docs}
      language="text"
      label="Docs in Markdown"
      wrap
      onChange={(docs) => docs !== item.docs && change({ docs })}
    />
  );
}

/** What all requests of a folder, or of the whole collection, inherit. */
export function FolderPage({ collection, path }: { collection: string; path: string }) {
  const tree = useCollection(collection);
  const edit = useFolderEdit(collection, path);
  const [part, setPart] = useState<Part>("headers");
  const [failure, attempt] = useAttempt();
  useEffect(() => {
    void attempt(() => readFolder(collection, path));
    // The file may change whenever the collection does.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [collection, path, tree]);
  const above = path
    .split("/")
    .map((_, at, all) => tree?.nodes.find((node) => node.path === all.slice(0, at + 1).join("/"))?.name ?? "");
  const item = edit ? (edit.item ?? edit.read.item) : null;
  const changed = edit !== null && (edit.item !== null || Object.values(edit.typed).some(Boolean));
  return (
    <EditedPage
      icon={path ? Folder : Package}
      crumbs={[tree?.name ?? "", ...(path ? above : [])]}
      changed={changed}
      onSave={() => void attempt(() => saveFolder(collection, path))}
      failure={failure}
      reading="Reading the settings"
    >
      {edit && item ? (
        <>
          <div className="page-form">
            <Field
              label="Name"
              value={item.name}
              onChange={(event) => editFolder(collection, path, { name: event.target.value })}
            />
          </div>
          <Tabs label="Settings" value={part} options={parts(item)} onChange={setPart} className="tabbed page-tabs">
            <PartOf part={part} edit={edit} collection={collection} path={path} />
          </Tabs>
        </>
      ) : null}
    </EditedPage>
  );
}
