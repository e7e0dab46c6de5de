import { Equal, EqualNot, EyeOff } from "lucide-react";
import type { ComparedRow } from "../bindings/ComparedRow";
import { Icon } from "../components/Icon";

export interface ComparedTableProps {
  label: string;
  rows: ReadonlyArray<ComparedRow>;
  /** Leaves out what is the same or ignored. */
  only: boolean;
  mono?: boolean;
}

function Mark({ row }: { row: ComparedRow }) {
  const word = row.same ? "same" : row.ignored ? "ignored" : "different";
  return (
    <span title={word}>
      <Icon of={row.same ? Equal : row.ignored ? EyeOff : EqualNot} size={14} />
      <span className="sr">{word}</span>
    </span>
  );
}

/** A fact of both sides per row; what differs is tinted and carries a sign. */
export function ComparedTable({ label, rows, only, mono }: ComparedTableProps) {
  const shown = only ? rows.filter((row) => !row.same && !row.ignored) : rows;
  if (shown.length === 0) return <p className="compare-none dim">{label}: no differences.</p>;
  return (
    <table className={`compare-facts ${mono ? "mono" : ""}`} aria-label={label}>
      <colgroup>
        <col className="mark-column" />
        <col className="name-column" />
        <col />
        <col />
      </colgroup>
      <thead className="sr">
        <tr>
          <th scope="col">Mark</th>
          <th scope="col">What</th>
          <th scope="col">A</th>
          <th scope="col">B</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((row) => (
          <tr key={row.name} className={row.same ? "same" : row.ignored ? "ignored" : "differs"}>
            <td>
              <Mark row={row} />
            </td>
            <th scope="row">{row.name}</th>
            <td>{row.a ?? <span className="dim">none</span>}</td>
            <td>{row.same ? <span className="dim">same</span> : (row.b ?? <span className="dim">none</span>)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
