const UNITS = ["kB", "MB", "GB", "TB"];

/** 612 B, 1.0 kB, 14 MB: numbers with units and a space. */
export function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  let value = size;
  let unit = -1;
  do {
    value /= 1000;
    unit += 1;
  } while (value >= 999.95 && unit < UNITS.length - 1);
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}

/** The bytes a text takes on the wire. */
export function textSize(text: string): number {
  return new TextEncoder().encode(text).length;
}
