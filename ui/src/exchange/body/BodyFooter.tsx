import { useEffect, useState } from "react";
import { backend } from "../../backend";
import type { BodyFacts } from "../../bindings/BodyFacts";
import type { PlaceOfRow } from "../../bindings/PlaceOfRow";
import type { Shown } from "../../bindings/Shown";
import { useRows, type RowsModel } from "../../components/rows/model";
import { CopyText } from "../../failure/CopyText";
import { bytes } from "../../format/size";

const RESTS = 120;

/** Asks which node the current row is, once the user rests there. */
function usePlace(shown: Shown, row: number, column: number, known: boolean): PlaceOfRow | null {
  const [place, setPlace] = useState<PlaceOfRow | null>(null);
  useEffect(() => {
    if (!known) return;
    let current = true;
    const timer = setTimeout(() => {
      backend()
        .call("body_place", { shown, row, column })
        .then((next) => current && setPlace(next))
        .catch(() => current && setPlace(null));
    }, RESTS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [shown, row, column, known]);
  return place;
}

/** Where in the body the user is, and how large it is. */
export function BodyFooter({ shown, facts, model }: { shown: Shown; facts: BodyFacts; model: RowsModel }) {
  const row = useRows(model, (rows) => rows.current);
  const column = useRows(model, (rows) => rows.column);
  const line = useRows(model, (rows) => rows.pages.get(rows.current)?.line ?? null);
  const place = usePlace(shown, row, column, facts.rows > 0);
  const path = place?.path ?? "";
  return (
    <div className="body-foot" data-testid="body-foot">
      {path ? (
        <>
          <span className="mono cut" title={path} data-testid="body-path">
            {path}
          </span>
          <CopyText label="Copy the path" text={path} />
          {place?.document ? (
            <span data-testid="body-document">within JSON value {place.document.toLocaleString("en")}</span>
          ) : null}
        </>
      ) : null}
      <span className="grow" />
      <span data-testid="body-line">
        Line <b>{(line ?? place?.line ?? 1).toLocaleString("en")}</b> of {facts.lines.toLocaleString("en")}
        {facts.done ? "" : " so far"}
      </span>
      <span>Column {(column + 1).toLocaleString("en")}</span>
      <span>{bytes(facts.size)}</span>
      {facts.charset ? <span>{facts.charset}</span> : null}
    </div>
  );
}
