import { LockKeyhole, LockKeyholeOpen } from "lucide-react";
import { useState } from "react";
import type { Variable } from "../bindings/Variable";
import { Button } from "../components/Button";
import { IconButton } from "../components/IconButton";
import { RowTable, type TableRow } from "../components/RowTable";
import { fieldsToText, textToFields } from "../request/fields";
import { BulkText } from "./BulkText";
import { VariableField } from "./VariableField";

const EMPTY: Variable = { name: "", value: "", enabled: true, secret: false };

export interface VariableTableProps {
  variables: ReadonlyArray<Variable>;
  onChange(variables: Variable[]): void;
  /** Whether a row may be made secret; requests keep no secrets of their own. */
  secrets?: boolean;
}

function VariableCells({ row, secrets }: { row: TableRow<Variable>; secrets: boolean }) {
  const { value: variable, name, last, change } = row;
  return (
    <>
      <td>
        <input
          className="cell mono"
          aria-label={`${name} name`}
          placeholder={last ? "New variable" : ""}
          value={variable.name}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => change({ name: event.target.value })}
        />
      </td>
      <td>
        {variable.secret && !secrets ? (
          <span className="dim">in the keyring</span>
        ) : (
          <VariableField
            className="cell mono"
            aria-label={`${name} value`}
            value={variable.value}
            onChange={(value) => change({ value })}
          />
        )}
      </td>
      <td>
        <input
          className="cell"
          aria-label={`${name} description`}
          value={variable.description ?? ""}
          onChange={(event) => change({ description: event.target.value || undefined })}
        />
      </td>
      {secrets ? (
        <td className="narrow">
          {last ? null : (
            <IconButton
              size="s"
              label={`${name} is secret`}
              pressed={variable.secret}
              icon={variable.secret ? LockKeyhole : LockKeyholeOpen}
              onClick={() => change({ secret: !variable.secret })}
            />
          )}
        </td>
      ) : null}
    </>
  );
}

function toText(variables: ReadonlyArray<Variable>): string {
  return fieldsToText(variables.map(({ name, value, enabled }) => ({ name, value, enabled })));
}

/** Lines as variables; a secret stays secret, and a description stays, with the name. */
export function textToVariables(text: string, before: ReadonlyArray<Variable>): Variable[] {
  return textToFields(text).map((field) => {
    const own = before.find((variable) => variable.name === field.name);
    return { ...EMPTY, ...own, ...field };
  });
}

/** Named values, each with what it is for; or the same as text. */
export function VariableTable({ variables, onChange, secrets = false }: VariableTableProps) {
  const [bulk, setBulk] = useState<ReadonlyArray<Variable> | null>(null);
  if (bulk) {
    return (
      <BulkText
        noun="Variable"
        start={toText(bulk)}
        onChange={(text) => onChange(textToVariables(text, bulk))}
        onLeave={() => setBulk(null)}
      />
    );
  }
  return (
    <RowTable
      noun="Variable"
      rows={variables}
      empty={EMPTY}
      heads={secrets ? ["Name", "Value", "Description", "Secret"] : ["Name", "Value", "Description"]}
      onChange={onChange}
      corner={
        <Button variant="link" size="s" onClick={() => setBulk(variables)}>
          As text
        </Button>
      }
      renderCells={(row) => <VariableCells row={row} secrets={secrets} />}
    />
  );
}
