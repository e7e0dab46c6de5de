import { ChevronDown, ChevronRight } from "lucide-react";
import { memo, type MouseEvent } from "react";
import { Icon } from "../Icon";
import { piecesOf, type Mark, type Matcher } from "./marks";
import type { RowsModel, ViewRow } from "./model";

export interface RowLineProps {
  model: RowsModel;
  id: string;
  row: number;
  value: ViewRow | undefined;
  current: boolean;
  /** Rows hidden behind it. */
  hidden: number;
  /** Where the hit that was gone to begins; absent when it is in another row. */
  hitFrom?: number;
  hitLength?: number;
  matcher: Matcher | null;
}

function textOf(value: ViewRow): string {
  return value.spans.map((span) => span.text).join("");
}

function marksOf(value: ViewRow, props: RowLineProps): Mark[] {
  const { hitFrom, hitLength = 0, matcher } = props;
  const found = matcher ? matcher(textOf(value)) : [];
  const marks: Mark[] = found
    .filter(([from]) => from !== hitFrom)
    .map(([from, length]) => ({ from, length, on: false }));
  return hitFrom === undefined ? marks : [...marks, { from: hitFrom, length: hitLength, on: true }];
}

/** One row; renders anew only when something of its own changed. */
export const RowLine = memo(function RowLine(props: RowLineProps) {
  const { model, id, row, value, current, hidden } = props;
  const onMouseDown = (event: MouseEvent) => {
    if (event.button !== 0) return;
    if (event.altKey) {
      event.preventDefault();
      model.toggleFold(row);
    }
    model.goTo(row, 0, true);
  };
  const onMouseUp = () => {
    const place = document.getSelection();
    const piece = place?.focusNode?.parentElement;
    if (place && piece?.dataset.from) model.setColumn(row, Number(piece.dataset.from) + place.focusOffset);
  };
  const folded = hidden > 0;
  return (
    <div
      id={id}
      className={`rows-row ${current ? "current" : ""}`}
      role="row"
      aria-rowindex={row + 1}
      aria-selected={current}
      data-row={row}
      data-piece={value && value.line === null ? "" : undefined}
      onMouseDown={onMouseDown}
      onMouseUp={onMouseUp}
    >
      <span className="rows-gutter" role="rowheader">
        <span className="rows-number">{value?.line?.toLocaleString("en") ?? ""}</span>
        {value?.opens ? (
          <button
            type="button"
            tabIndex={-1}
            className="rows-fold"
            aria-expanded={!folded}
            aria-label={`${folded ? "Unfold" : "Fold"} line ${value.line?.toLocaleString("en") ?? ""}`}
            onMouseDown={(event) => event.stopPropagation()}
            onClick={() => model.toggleFold(row)}
          >
            <Icon of={folded ? ChevronRight : ChevronDown} size={12} />
          </button>
        ) : (
          <span className="rows-fold" />
        )}
      </span>
      <span className="rows-text" role="gridcell">
        {value
          ? piecesOf(value.spans, marksOf(value, props)).map((piece) => (
              <span key={piece.from} data-from={piece.from} className={`tok-${piece.kind} ${piece.mark}`}>
                {piece.text}
              </span>
            ))
          : null}
        {folded ? (
          <button
            type="button"
            tabIndex={-1}
            className="rows-folded"
            aria-label={`Unfold ${hidden.toLocaleString("en")} ${hidden === 1 ? "line" : "lines"}`}
            onMouseDown={(event) => event.stopPropagation()}
            onClick={() => model.unfold(row)}
          >
            … {hidden.toLocaleString("en")} {hidden === 1 ? "line" : "lines"}
          </button>
        ) : null}
      </span>
    </div>
  );
});
