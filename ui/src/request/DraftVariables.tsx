import { useMemo, type ReactNode } from "react";
import type { Draft } from "../bindings/Draft";
import type { Request } from "../bindings/Request";
import { useCollection } from "../collection/state";
import { openPage } from "../navigation";
import { useTenants } from "../tenant/state";
import { useVariableQuery } from "../variables/query";
import { VariableScopeProvider, type VariableScope } from "../variables/scope";
import { VariableCard } from "../variables/VariableCard";
import { contextOf } from "./context";

/** Every text of a request in which a variable can stand. */
export function textsOf({ url, parameters, path_parameters, headers, body, authorization }: Request): string[] {
  const rows = [...parameters, ...path_parameters, ...headers, ...(body.kind === "form" ? body.fields : [])];
  const parts =
    body.kind === "multipart"
      ? body.parts.flatMap(({ name, content }) => [name, content.kind === "text" ? content.text : content.path])
      : [];
  return [
    url,
    ...rows.flatMap(({ name, value }) => [name, value]),
    ...parts,
    ...("text" in body ? [body.text] : []),
    ...Object.values(authorization).filter((value): value is string => typeof value === "string"),
  ];
}

/** Tells the fields of a request what its variables are. */
export function DraftVariables({ draft, children }: { draft: Draft; children: ReactNode }) {
  const list = useTenants();
  const texts = useMemo(
    () => [...textsOf(draft.request), ...draft.details.variables.map((variable) => variable.value)],
    [draft.request, draft.details.variables],
  );
  const collection = draft.file?.collection ?? null;
  const tree = useCollection(collection);
  const environment = tree?.environment ?? null;
  // The tree is another one after every change in the collection's files.
  const again = useMemo(() => ({ list, tree }), [list, tree]);
  const { uses, all } = useVariableQuery(draft.tenant, contextOf(draft), texts, again);
  const scope = useMemo<VariableScope>(() => {
    if (collection === null || environment === null) return { uses, all, settable: null, set: null };
    const set = (variable: string) => openPage({ kind: "environment", collection, environment, variable });
    return { uses, all, settable: `environment ${environment}`, set };
  }, [uses, all, collection, environment]);
  return (
    <VariableScopeProvider value={scope}>
      {children}
      <VariableCard />
    </VariableScopeProvider>
  );
}
