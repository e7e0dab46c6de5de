import type { Exchange } from "../bindings/Exchange";
import { EmptyState } from "../components/EmptyState";
import { FileQuestionMark } from "lucide-react";
import { answerCall } from "./facts";
import { Segments } from "./Segments";

/** The header fields that were received, in order. */
export function HeadersTab({ exchange }: { exchange: Exchange }) {
  const received = answerCall(exchange)?.received;
  if (!received)
    return <EmptyState icon={FileQuestionMark} title="No headers" text="No answer arrived, so there are none." />;
  return (
    <div className="scroll">
      <table className="table dense headers" aria-label="Received headers">
        <thead>
          <tr>
            <th>Name</th>
            <th>Value</th>
          </tr>
        </thead>
        <tbody>
          {received.headers.map((header, place) => (
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={place}>
              <td className="mono key">{header.name}</td>
              <td className="mono">
                <Segments segments={header.value} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
