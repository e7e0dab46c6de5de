import { X } from "lucide-react";
import { useEffect, useMemo } from "react";
import { backend } from "../../backend";
import type { Hit } from "../../bindings/Hit";
import type { Shown } from "../../bindings/Shown";
import { IconButton } from "../../components/IconButton";
import { RowsModel, useRows, type ViewRow } from "../../components/rows/model";
import { RowsView } from "../../components/RowsView";
import { count } from "../../format/time";
import type { Finding } from "./find";

const MOST = 160;

function hitRow(hit: Hit): ViewRow {
  const { row, line, column } = hit.place;
  const text = hit.excerpt.trim();
  return {
    line,
    depth: 0,
    opens: false,
    spans: [{ kind: "plain", text: text.length > MOST ? `${text.slice(0, MOST)}…` : text || `row ${row}, ${column}` }],
  };
}

/** Every hit by line; the one that is chosen is shown in the body. */
export function HitsPanel({ shown, finding, onClose }: { shown: Shown; finding: Finding; onClose(): void }) {
  const { find, found, goTo } = finding;
  const hits = found?.count ?? 0;
  const model = useMemo(
    () =>
      new RowsModel({
        load: async (from, asked) =>
          (await backend().call("body_hits", { shown, find, from, count: asked })).map(hitRow),
        onFailure: () => undefined,
      }),
    [shown, find],
  );
  useEffect(() => model.setTotal(hits), [model, hits]);
  const current = useRows(model, (rows) => rows.current);
  const touched = useRows(model, (rows) => rows.touched);
  useEffect(() => {
    if (!touched) return;
    let wanted = true;
    void backend()
      .call("body_hit", { shown, find, from: { kind: "number", number: current } })
      .then((hit) => hit && wanted && goTo(hit))
      .catch(() => undefined);
    return () => {
      wanted = false;
    };
  }, [shown, find, current, touched, goTo]);
  return (
    <section className="hits-panel" aria-label="Hits">
      <div className="panel-line">
        <b className="grow">{count(hits, "hit")}</b>
        <IconButton size="s" label="Close the list of hits" icon={X} onClick={onClose} />
      </div>
      <RowsView
        model={model}
        label="Hits"
        lines={model.pages.get(current)?.line ?? 100}
        className="list"
        testId="hits"
      />
    </section>
  );
}
