import { memo, useRef, useState, type PointerEvent } from "react";
import { useRows, type RowsModel } from "../../components/rows/model";

const Bands = memo(function Bands({ bands }: { bands: ReadonlyArray<number> }) {
  const most = Math.max(1, ...bands);
  return bands.map((hits, band) =>
    hits > 0 ? (
      <i
        // oxlint-disable-next-line react/no-array-index-key
        key={band}
        className="map-band"
        style={{
          top: `${(band / bands.length) * 100}%`,
          height: `max(1px, calc(${100 / bands.length}% - 1px))`,
          width: `${20 + (hits / most) * 70}%`,
        }}
      />
    ) : null,
  );
});

function Frame({ model }: { model: RowsModel }) {
  useRows(model, (rows) => rows.version);
  const total = Math.max(1, model.total);
  return (
    <>
      <span
        className="map-frame"
        style={{
          top: `${(model.position.row / total) * 100}%`,
          height: `max(12px, ${(model.visible().length / total) * 100}%)`,
        }}
      />
      <span className="map-place" style={{ top: `${(model.current / total) * 100}%` }} />
    </>
  );
}

export interface HitMapProps {
  model: RowsModel;
  bands: ReadonlyArray<number>;
}

/** Where in the body the hits are; a click or drag goes there. The same facts stand in the search bar and the list. */
export function HitMap({ model, bands }: HitMapProps) {
  const dragging = useRef(false);
  const [at, setAt] = useState<number | null>(null);
  const shareOf = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return box.height > 0 ? Math.min(1, Math.max(0, (event.clientY - box.top) / box.height)) : 0;
  };
  const goTo = (share: number) => model.goTo(Math.round(share * (model.total - 1)));
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    dragging.current = true;
    goTo(shareOf(event));
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    setAt(shareOf(event));
    if (dragging.current) goTo(shareOf(event));
  };
  const band = at === null ? 0 : (bands[Math.min(bands.length - 1, Math.floor(at * bands.length))] ?? 0);
  return (
    <div
      className="hit-map"
      data-testid="hit-map"
      aria-hidden="true"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => (dragging.current = false)}
      onPointerCancel={() => (dragging.current = false)}
      onPointerLeave={() => setAt(null)}
    >
      <Bands bands={bands} />
      <Frame model={model} />
      {at === null ? null : (
        <span className="map-tip" style={{ top: `clamp(0px, calc(${at * 100}% - 24px), calc(100% - 56px))` }}>
          <b>Line {Math.round(at * (model.total - 1) + 1).toLocaleString("en")}</b>
          <span className="dim">
            {(at * 100).toFixed(1)} % · {band.toLocaleString("en")} {band === 1 ? "hit" : "hits"} in this band
          </span>
        </span>
      )}
    </div>
  );
}
