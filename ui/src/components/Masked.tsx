export interface MaskedProps {
  label: string;
  length: number;
}

/** A secret value: its kind and its length, never a part of it. */
export function Masked({ label, length }: MaskedProps) {
  // "3 certificates" says what stands there; only a bare or hidden value is told by its length.
  if (label && label !== "hidden") return <span className="mask">{label}</span>;
  const words = [label, length > 0 ? length.toLocaleString("en") : ""].filter(Boolean).join(" ");
  return (
    <span className="mask">
      <i aria-hidden="true">••••</i>
      <span className="sr">hidden, length</span>
      {words}
    </span>
  );
}
