import { useState } from "react";
import type { Field } from "../bindings/Field";
import { Button } from "../components/Button";
import { RowTable, type TableRow } from "../components/RowTable";
import { fieldsToText, NOT_KEPT, textToFields, wasNotKept } from "./fields";

const EMPTY: Field = { name: "", value: "", enabled: true };

export interface FieldTableProps {
  /** "Parameter", "Header", "Field". */
  noun: string;
  fields: ReadonlyArray<Field>;
  onChange(fields: Field[]): void;
  hint?: string;
}

function FieldCells({ noun, row }: { noun: string; row: TableRow<Field> }) {
  const { value: field, name, last, change } = row;
  const again = wasNotKept(field.name, field.value, field.enabled);
  return (
    <>
      <td>
        <input
          className="cell mono"
          aria-label={`${name} name`}
          placeholder={last ? `New ${noun.toLowerCase()}` : ""}
          value={field.name}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => change({ name: event.target.value })}
        />
      </td>
      <td>
        <input
          className="cell mono"
          aria-label={`${name} value`}
          placeholder={again ? NOT_KEPT : ""}
          value={field.value}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => change({ value: event.target.value, ...(again ? { enabled: true } : {}) })}
        />
      </td>
    </>
  );
}

/** Rows of name and value, or the same as text. */
export function FieldTable({ noun, fields, onChange, hint }: FieldTableProps) {
  const [bulk, setBulk] = useState<string | null>(null);
  const leaveBulk = () => {
    if (bulk !== null) onChange(textToFields(bulk));
    setBulk(null);
  };
  return (
    <div>
      {bulk === null ? (
        <RowTable
          noun={noun}
          rows={fields}
          empty={EMPTY}
          heads={["Name", "Value"]}
          onChange={onChange}
          corner={
            <Button variant="link" size="s" onClick={() => setBulk(fieldsToText(fields))}>
              As text
            </Button>
          }
          renderCells={(row) => <FieldCells noun={noun} row={row} />}
        />
      ) : (
        <div className="bulk">
          <div className="row between">
            <span className="dim small">One per line, name: value. A line that starts with # is not sent.</span>
            <Button size="s" onClick={leaveBulk}>
              As table
            </Button>
          </div>
          <textarea
            className="input mono"
            aria-label={`${noun}s as text`}
            value={bulk}
            spellCheck={false}
            onChange={(event) => {
              setBulk(event.target.value);
              onChange(textToFields(event.target.value));
            }}
          />
        </div>
      )}
      {hint ? <p className="pane-hint">{hint}</p> : null}
    </div>
  );
}
