import { Trash2 } from "lucide-react";
import { useState } from "react";
import type { Field } from "../bindings/Field";
import { Button } from "../components/Button";
import { Checkbox } from "../components/Choice";
import { IconButton } from "../components/IconButton";
import { fieldsToText, textToFields } from "./fields";

export interface FieldTableProps {
  /** "Parameter", "Header", "Field". */
  noun: string;
  fields: ReadonlyArray<Field>;
  onChange(fields: Field[]): void;
  hint?: string;
}

/** Rows of name and value; typing in the last row adds one. */
export function FieldTable({ noun, fields, onChange, hint }: FieldTableProps) {
  const [bulk, setBulk] = useState<string | null>(null);
  const change = (place: number, part: Partial<Field>) => {
    if (place === fields.length) onChange([...fields, { name: "", value: "", enabled: true, ...part }]);
    else onChange(fields.map((field, at) => (at === place ? { ...field, ...part } : field)));
  };
  const leaveBulk = () => {
    if (bulk !== null) onChange(textToFields(bulk));
    setBulk(null);
  };
  const rows = [...fields, { name: "", value: "", enabled: true }];
  return (
    <div className="field-table">
      {bulk === null ? (
        <table className="table dense" aria-label={`${noun}s`}>
          <thead>
            <tr>
              <th className="narrow">
                <span className="sr">Sent</span>
              </th>
              <th>Name</th>
              <th>Value</th>
              <th className="narrow num">
                <Button variant="link" size="s" onClick={() => setBulk(fieldsToText(fields))}>
                  As text
                </Button>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((field, place) => {
              const last = place === fields.length;
              const name = `${noun} ${place + 1}`;
              return (
                // oxlint-disable-next-line react/no-array-index-key
                <tr key={place} className={field.enabled ? "" : "off"}>
                  <td>
                    {last ? null : (
                      <Checkbox
                        label={`Send ${name}`}
                        hideLabel
                        checked={field.enabled}
                        onChange={(enabled) => change(place, { enabled })}
                      />
                    )}
                  </td>
                  <td>
                    <input
                      className="cell mono"
                      aria-label={`${name} name`}
                      placeholder={last ? `New ${noun.toLowerCase()}` : ""}
                      value={field.name}
                      spellCheck={false}
                      autoComplete="off"
                      onChange={(event) => change(place, { name: event.target.value })}
                    />
                  </td>
                  <td>
                    <input
                      className="cell mono"
                      aria-label={`${name} value`}
                      value={field.value}
                      spellCheck={false}
                      autoComplete="off"
                      onChange={(event) => change(place, { value: event.target.value })}
                    />
                  </td>
                  <td className="num">
                    {last ? null : (
                      <IconButton
                        size="s"
                        label={`Delete ${name}`}
                        icon={Trash2}
                        onClick={() => onChange(fields.filter((_, at) => at !== place))}
                      />
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
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
