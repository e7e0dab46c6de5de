const DAY = 86_400_000;
/** Days before and behind today that are drawn. */
const BEFORE = 60;
const BEHIND = 365;

/** A month that begins on the axis. */
export interface Month {
  name: string;
  year: number | null;
  /** Where it begins, in percent. */
  at: number;
}

/** The share of the axis a moment stands at, in percent; what lies outside stands at its edge. */
export function placeOf(moment: number, now: number): number {
  const from = now - BEFORE * DAY;
  return Math.min(100, Math.max(0, ((moment - from) / ((BEFORE + BEHIND) * DAY)) * 100));
}

/** The months on the axis; the first of a year says which. */
export function monthsOf(now: number): Month[] {
  const months: Month[] = [];
  const end = now + BEHIND * DAY;
  const first = new Date(now - BEFORE * DAY);
  for (let count = 1; ; count += 1) {
    const begin = new Date(first.getFullYear(), first.getMonth() + count, 1);
    if (begin.getTime() >= end) return months;
    const name = begin.toLocaleString("en", { month: "short" });
    months.push({ name, year: begin.getMonth() === 0 ? begin.getFullYear() : null, at: placeOf(begin.getTime(), now) });
  }
}
