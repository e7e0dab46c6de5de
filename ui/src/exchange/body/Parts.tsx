import { useEffect, useState } from "react";
import { backend, failureOf } from "../../backend";
import type { BodyName } from "../../bindings/BodyName";
import type { BodyPart } from "../../bindings/BodyPart";
import type { Error as Failure } from "../../bindings/Error";
import { Button } from "../../components/Button";
import { Skeleton } from "../../components/Skeleton";
import { FailureNote } from "../../failure/FailureNote";
import { bytes } from "../../format/size";
import { count } from "../../format/time";

export interface PartsProps {
  body: BodyName;
  zip: boolean;
  onOpenPart(number: number, name: string): void;
}

function partName(part: BodyPart): string {
  return part.name || `Part ${part.number + 1}`;
}

/** The parts of a multipart body or the entries of an archive; each opens in the same viewer. */
export function Parts({ body, zip, onOpenPart }: PartsProps) {
  const [parts, setParts] = useState<BodyPart[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    let current = true;
    backend()
      .call("body_parts", body)
      .then(
        (next) => current && setParts(next),
        (thrown: unknown) => current && setFailure(failureOf(thrown)),
      );
    return () => {
      current = false;
    };
  }, [body]);
  if (failure) return <FailureNote failure={failure} />;
  if (!parts) return <Skeleton label="Reading the parts" lines={4} />;
  return (
    <div className="scroll">
      <table className="table dense" aria-label={zip ? "Entries" : "Parts"}>
        <caption className="sr">{count(parts.length, zip ? "entry" : "part")}</caption>
        <thead>
          <tr>
            <th>Name</th>
            <th>Type</th>
            <th className="num">Size</th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={part.number}>
              <td>
                {part.problem ? (
                  <>
                    {partName(part)} <span className="dim">{part.problem}</span>
                  </>
                ) : (
                  <Button variant="link" size="s" onClick={() => onOpenPart(part.number, partName(part))}>
                    {partName(part)}
                  </Button>
                )}
                {part.headers.map(([name, value]) => (
                  <div key={name} className="mono dim small">
                    {name}: {value}
                  </div>
                ))}
              </td>
              <td>{part.content_type ?? "–"}</td>
              <td className="num">{bytes(part.size)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
