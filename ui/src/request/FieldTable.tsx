import { useState } from "react";
import type { Field } from "../bindings/Field";
import { Button } from "../components/Button";
import { RowTable, type TableRow } from "../components/RowTable";
import { BulkText } from "../variables/BulkText";
import { VariableField } from "../variables/VariableField";
import { fieldsToText, NOT_KEPT, textToFields, wasNotKept } from "./fields";

const EMPTY: Field = { name: "", value: "", enabled: true };

export interface FieldTableProps {
  /** "Parameter", "Header", "Field". */
  noun: string;
  fields: ReadonlyArray<Field>;
  onChange(fields: Field[]): void;
  hint?: string;
  /** Names that are often wanted. */
  names?: ReadonlyArray<string>;
  /** Values a name usually has. */
  valuesOf?(name: string): ReadonlyArray<string>;
}

function FieldCells({ noun, row, names, valuesOf }: Omit<FieldTableProps, "fields"> & { row: TableRow<Field> }) {
  const { value: field, name, last, change } = row;
  const again = wasNotKept(field.name, field.value, field.enabled);
  return (
    <>
      <td>
        <VariableField
          className="cell mono"
          aria-label={`${name} name`}
          placeholder={last ? `New ${noun.toLowerCase()}` : ""}
          value={field.name}
          words={names}
          onChange={(text) => change({ name: text })}
        />
      </td>
      <td>
        <VariableField
          className="cell mono"
          aria-label={`${name} value`}
          placeholder={again ? NOT_KEPT : ""}
          value={field.value}
          words={valuesOf?.(field.name)}
          onChange={(text) => change({ value: text, ...(again ? { enabled: true } : {}) })}
        />
      </td>
      <td>
        <input
          className="cell"
          aria-label={`${name} description`}
          value={field.description ?? ""}
          autoComplete="off"
          onChange={(event) => change({ description: event.target.value || undefined })}
        />
      </td>
    </>
  );
}

interface BulkProps {
  noun: string;
  start: ReadonlyArray<Field>;
  onChange(fields: Field[]): void;
  onLeave(): void;
}

/** The same rows as text. */
function Bulk({ noun, start, onChange, onLeave }: BulkProps) {
  // A name that is gone for a moment keeps its description.
  const [before] = useState(start);
  return (
    <BulkText
      noun={noun}
      start={fieldsToText(before)}
      onChange={(text) => onChange(textToFields(text, before))}
      onLeave={onLeave}
    />
  );
}

/** Rows of name, value and description, or the same as text. */
export function FieldTable(props: FieldTableProps) {
  const { noun, fields, onChange, hint } = props;
  const [bulk, setBulk] = useState(false);
  return (
    <div>
      {bulk ? (
        <Bulk noun={noun} start={fields} onChange={onChange} onLeave={() => setBulk(false)} />
      ) : (
        <RowTable
          noun={noun}
          rows={fields}
          empty={EMPTY}
          heads={["Name", "Value", "Description"]}
          onChange={onChange}
          corner={
            <Button variant="link" size="s" onClick={() => setBulk(true)}>
              As text
            </Button>
          }
          renderCells={(row) => <FieldCells {...props} row={row} />}
        />
      )}
      {hint ? <p className="pane-hint">{hint}</p> : null}
    </div>
  );
}
