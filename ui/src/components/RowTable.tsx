import { Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { Checkbox } from "./Choice";
import { IconButton } from "./IconButton";

export interface TableRow<T> {
  value: T;
  /** What the row is called: "Header 2". */
  name: string;
  /** Whether it is the empty row at the end. */
  last: boolean;
  change(part: Partial<T>): void;
}

export interface RowTableProps<T extends { enabled: boolean }> {
  /** "Parameter", "Header", "Part". */
  noun: string;
  rows: ReadonlyArray<T>;
  empty: T;
  heads: ReadonlyArray<string>;
  /** What stands above the delete buttons. */
  corner?: ReactNode;
  onChange(rows: T[]): void;
  /** The cells between the checkbox and the delete button. */
  renderCells(row: TableRow<T>): ReactNode;
}

/** Rows that can be left out or deleted; typing in the last one adds one. */
export function RowTable<T extends { enabled: boolean }>(props: RowTableProps<T>) {
  const { noun, rows, empty, heads, corner, onChange, renderCells } = props;
  const change = (place: number, part: Partial<T>) => {
    if (place === rows.length) onChange([...rows, { ...empty, ...part }]);
    else onChange(rows.map((row, at) => (at === place ? { ...row, ...part } : row)));
  };
  return (
    <table className="table dense cells" aria-label={`${noun}s`}>
      <thead>
        <tr>
          <th className="narrow">
            <span className="sr">Sent</span>
          </th>
          {heads.map((head) => (
            <th key={head}>{head}</th>
          ))}
          <th className="narrow num">{corner ?? <span className="sr">Actions</span>}</th>
        </tr>
      </thead>
      <tbody>
        {[...rows, empty].map((value, place) => {
          const last = place === rows.length;
          const name = `${noun} ${place + 1}`;
          return (
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={place} className={value.enabled ? "" : "off"}>
              <td>
                {last ? null : (
                  <Checkbox
                    label={`Send ${name}`}
                    hideLabel
                    checked={value.enabled}
                    onChange={(enabled) => change(place, { enabled } as Partial<T>)}
                  />
                )}
              </td>
              {renderCells({ value, name, last, change: (part) => change(place, part) })}
              <td className="num">
                {last ? null : (
                  <IconButton
                    size="s"
                    label={`Delete ${name}`}
                    icon={Trash2}
                    onClick={() => onChange(rows.filter((_, at) => at !== place))}
                  />
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
