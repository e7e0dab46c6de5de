import { FileQuestionMark, Filter } from "lucide-react";
import { useState } from "react";
import type { Exchange } from "../bindings/Exchange";
import type { Header } from "../bindings/Header";
import { EmptyState } from "../components/EmptyState";
import { Field } from "../components/Field";
import { CopyText } from "../failure/CopyText";
import { answerCall } from "./facts";
import { plainText, Segments } from "./Segments";

function lineOf(header: Header): string {
  return `${header.name}: ${plainText(header.value)}`;
}

/** The header fields that were received, in order. */
export function HeadersTab({ exchange }: { exchange: Exchange }) {
  const [filter, setFilter] = useState("");
  const received = answerCall(exchange)?.received;
  if (!received)
    return <EmptyState icon={FileQuestionMark} title="No headers" text="No answer arrived, so there are none." />;
  const wanted = filter.trim().toLowerCase();
  const shown = received.headers.filter((header) => lineOf(header).toLowerCase().includes(wanted));
  return (
    <div className="body-tab">
      <div className="toolbar" role="toolbar" aria-label="Headers">
        <Field
          className="filter-field grow"
          label="Filter headers"
          hideLabel
          icon={Filter}
          placeholder="Filter headers"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <span className="grow small dim" role="status">
          {wanted ? `${shown.length} of ${received.headers.length}` : ""}
        </span>
        <CopyText label="Copy all headers" text={shown.map(lineOf).join("\n")} />
      </div>
      <div className="scroll answer-part">
        <table className="table dense headers" aria-label="Received headers">
          <thead>
            <tr>
              <th>Name</th>
              <th>Value</th>
              <th className="num">
                <span className="sr">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((header, place) => (
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={place}>
                <td className="mono key">{header.name}</td>
                <td className="mono">
                  <Segments segments={header.value} />
                </td>
                <td className="num narrow">
                  <CopyText label={`Copy ${header.name}`} text={plainText(header.value)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {shown.length === 0 ? <p className="pane-hint">No header contains this.</p> : null}
      </div>
    </div>
  );
}
