export interface PhasePiece {
  name: string;
  /** A colour token. */
  color: string;
  value: number;
}

/** Pieces of a whole to scale, each at least 2 px. */
export function PhaseBar({ pieces, label }: { pieces: ReadonlyArray<PhasePiece>; label: string }) {
  return (
    <div className="bar phases" role="img" aria-label={label}>
      {pieces.map((piece) => (
        <i key={piece.name} style={{ flex: `${piece.value} 0 2px`, background: `var(${piece.color})` }} />
      ))}
    </div>
  );
}

export function Legend({ pieces, format }: { pieces: ReadonlyArray<PhasePiece>; format?(value: number): string }) {
  return (
    <div className="legend">
      {pieces.map((piece) => (
        <span key={piece.name}>
          <i className="swatch" style={{ background: `var(${piece.color})` }} />
          {piece.name} {format ? format(piece.value) : null}
        </span>
      ))}
    </div>
  );
}
