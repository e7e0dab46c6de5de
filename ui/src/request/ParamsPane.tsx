import type { Draft } from "../bindings/Draft";
import { VariableField } from "../variables/VariableField";
import { FieldTable } from "./FieldTable";
import { changeRequest } from "./state";

/** What stands for the `:name` segments; the rows follow the URL. */
function PathTable({ draft }: { draft: Draft }) {
  const rows = draft.request.path_parameters;
  const change = (name: string, part: { value?: string; description?: string }) =>
    changeRequest(draft.id, {
      path_parameters: rows.map((row) => (row.name === name ? { ...row, ...part } : row)),
    });
  return (
    <>
      <h3 className="sub pane-sub">Path</h3>
      <table className="table dense cells path-table" aria-label="Path parameters">
        <thead>
          <tr>
            <th>Name</th>
            <th>Value</th>
            <th>Description</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <td className="mono path-name">:{row.name}</td>
              <td>
                <VariableField
                  className="cell mono"
                  aria-label={`Path parameter ${row.name} value`}
                  value={row.value}
                  onChange={(value) => change(row.name, { value })}
                />
              </td>
              <td>
                <input
                  className="cell"
                  aria-label={`Path parameter ${row.name} description`}
                  value={row.description ?? ""}
                  autoComplete="off"
                  onChange={(event) => change(row.name, { description: event.target.value || undefined })}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3 className="sub pane-sub">Query</h3>
    </>
  );
}

/** The parameters of the query and of the path. */
export function ParamsPane({ draft }: { draft: Draft }) {
  return (
    <div>
      {draft.request.path_parameters.length > 0 ? <PathTable draft={draft} /> : null}
      <FieldTable
        noun="Parameter"
        fields={draft.request.parameters}
        onChange={(parameters) => changeRequest(draft.id, { parameters })}
        hint="Appended to the URL, encoded as needed. A segment :name in the URL gets its value here as well."
      />
    </div>
  );
}
