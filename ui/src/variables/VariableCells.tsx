import type { ReactNode } from "react";
import type { Variable } from "../bindings/Variable";
import type { TableRow } from "../components/RowTable";
import { VariableField } from "./VariableField";

/** A row that was not written yet. */
export const NEW_VARIABLE: Variable = { name: "", value: "", enabled: true, secret: false };

export const VARIABLE_HEADS: ReadonlyArray<string> = ["Name", "Value", "Description"];

export interface VariableCellsProps {
  row: TableRow<Variable>;
  /** What stands in the column of the value. */
  value: ReactNode;
  /** More columns. */
  children?: ReactNode;
}

/** Name, value and description of a variable, as cells of a row. */
export function VariableCells({ row, value, children }: VariableCellsProps) {
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
      <td>{value}</td>
      <td>
        <input
          className="cell"
          aria-label={`${name} description`}
          value={variable.description ?? ""}
          onChange={(event) => change({ description: event.target.value || undefined })}
        />
      </td>
      {children}
    </>
  );
}

/** The value of a variable that stands in a file, with its own variables coloured. */
export function VariableValue({ row }: { row: TableRow<Variable> }) {
  const { value: variable, name, change } = row;
  return (
    <VariableField
      className="cell mono"
      aria-label={`${name} value`}
      value={variable.value}
      onChange={(value) => change({ value })}
    />
  );
}
