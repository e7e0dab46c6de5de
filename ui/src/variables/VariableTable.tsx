import { useState } from "react";
import type { Variable } from "../bindings/Variable";
import { Button } from "../components/Button";
import { RowTable } from "../components/RowTable";
import { fieldsToText, textToFields } from "../request/fields";
import { BulkText } from "./BulkText";
import { NEW_VARIABLE, VARIABLE_HEADS, VariableCells, VariableValue } from "./VariableCells";

export interface VariableTableProps {
  variables: ReadonlyArray<Variable>;
  onChange(variables: Variable[]): void;
}

function toText(variables: ReadonlyArray<Variable>): string {
  return fieldsToText(variables.map(({ name, value, enabled }) => ({ name, value, enabled })));
}

/** Lines as variables; a secret stays secret, and a description stays, with the name. */
export function textToVariables(text: string, before: ReadonlyArray<Variable>): Variable[] {
  return textToFields(text).map((field) => {
    const own = before.find((variable) => variable.name === field.name);
    return { ...NEW_VARIABLE, ...own, ...field };
  });
}

/** Named values whose secrets stay as they are, each with what it is for; or the same as text. */
export function VariableTable({ variables, onChange }: VariableTableProps) {
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
      empty={NEW_VARIABLE}
      heads={VARIABLE_HEADS}
      onChange={onChange}
      corner={
        <Button variant="link" size="s" onClick={() => setBulk(variables)}>
          As text
        </Button>
      }
      renderCells={(row) => (
        <VariableCells
          row={row}
          value={row.value.secret ? <span className="dim">in the keyring</span> : <VariableValue row={row} />}
        />
      )}
    />
  );
}
