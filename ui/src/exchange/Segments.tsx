import type { ReactNode } from "react";
import type { Segment } from "../bindings/Segment";
import { Masked } from "../components/Masked";

export interface SegmentsProps {
  segments: ReadonlyArray<Segment>;
  text?(text: string): ReactNode;
}

/** A text whose secret pieces are shown by kind and length only. */
export function Segments({ segments, text }: SegmentsProps) {
  return segments.map((segment, place) =>
    segment.kind === "masked" ? (
      // oxlint-disable-next-line react/no-array-index-key
      <Masked key={place} label={segment.label} length={segment.length} />
    ) : (
      // oxlint-disable-next-line react/no-array-index-key
      <span key={place}>{text ? text(segment.text) : segment.text}</span>
    ),
  );
}

/** The same as one text, secrets as dots. */
export function plainText(segments: ReadonlyArray<Segment>): string {
  return segments.map((segment) => (segment.kind === "masked" ? "••••" : segment.text)).join("");
}
