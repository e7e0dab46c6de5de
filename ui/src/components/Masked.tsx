export interface MaskedProps {
  label: string;
  length: number;
}

/** A secret value: its kind and its length, never a part of it. */
export function Masked({ label, length }: MaskedProps) {
  const words = [label, length > 0 ? length.toLocaleString("en") : ""].filter(Boolean).join(" ");
  return (
    <span className="mask">
      <i aria-hidden="true">••••</i>
      <span className="sr">hidden, length</span>
      {words}
    </span>
  );
}
