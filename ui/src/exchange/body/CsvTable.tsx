import { useEffect, useMemo, useState } from "react";
import { backend, failureOf } from "../../backend";
import type { BodyName } from "../../bindings/BodyName";
import type { BodyTable } from "../../bindings/BodyTable";
import type { Error as Failure } from "../../bindings/Error";
import { RowsModel, type ViewRow } from "../../components/rows/model";
import { RowsView } from "../../components/RowsView";
import { FailureNote } from "../../failure/FailureNote";
import { count } from "../../format/time";

const AGAIN = 250;

function recordRow(record: ReadonlyArray<string>, number: number): ViewRow {
  return { line: number, depth: 0, opens: false, spans: record.map((text) => ({ kind: "cell", text: text || " " })) };
}

/** Comma separated values as a table of any length. */
export function CsvTable({ body }: { body: BodyName }) {
  const [table, setTable] = useState<BodyTable | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const model = useMemo(
    () =>
      new RowsModel({
        load: async (from, asked) => {
          const { records } = await backend().call("body_table", { body, from, count: asked });
          return records.map((record, at) => recordRow(record, from + at + 1));
        },
        onFailure: (thrown) => setFailure(failureOf(thrown)),
      }),
    [body],
  );
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let current = true;
    let looks = 0;
    const look = async () => {
      try {
        const next = await backend().call("body_table", { body, from: 0, count: 1 });
        if (!current) return;
        setTable(next);
        looks += 1;
        // The last record may have been there in part only.
        model.setTotal(next.count, false, next.done ? Infinity : looks);
        if (!next.done) timer = setTimeout(() => void look(), AGAIN);
      } catch (thrown) {
        if (current) setFailure(failureOf(thrown));
      }
    };
    void look();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [body, model]);
  if (failure) return <FailureNote failure={failure} />;
  if (!table) return null;
  return (
    <div className="csv">
      {table.stopped === null ? null : (
        <p className="body-note" role="note">
          The record on line {table.stopped.toLocaleString("en")} has no end within 1 MiB, so the table ends with it. A
          quotation mark may be missing there; look at the raw form for what follows.
        </p>
      )}
      <div className="csv-rows">
        <RowsView
          model={model}
          label={`Table, ${count(table.count, "record")}`}
          lines={table.count}
          className="cells"
          testId="csv-table"
          head={
            <div className="csv-head" role="row">
              {table.columns.map((name, place) => (
                // oxlint-disable-next-line react/no-array-index-key
                <span key={place} role="columnheader" title={name}>
                  {name}
                </span>
              ))}
            </div>
          }
        />
      </div>
    </div>
  );
}
