import type { HistoryEntry } from "../bindings/HistoryEntry";

/** A day as the list names it: what it is called, and its date. */
export interface Day {
  name: string;
  date: string;
}

const midnight = (moment: Date): number => new Date(moment).setHours(0, 0, 0, 0);

/** Whether two moments fall on the same local day. */
export function sameDay(a: string, b: string): boolean {
  return midnight(new Date(a)) === midnight(new Date(b));
}

/** Today · Tuesday 24 November, Yesterday · Monday 23 November, Thursday · 19 November. */
export function dayOf(iso: string, now = new Date()): Day {
  const at = new Date(iso);
  // Rounded, because a day of a changing clock has not 24 hours.
  const back = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  const weekday = at.toLocaleDateString("en-GB", { weekday: "long" });
  const year = at.getFullYear() === now.getFullYear() ? undefined : ("numeric" as const);
  const date = at.toLocaleDateString("en-GB", { day: "numeric", month: "long", year });
  if (back === 0) return { name: "Today", date: `${weekday} ${date}` };
  if (back === 1) return { name: "Yesterday", date: `${weekday} ${date}` };
  return { name: weekday, date };
}

/** What an exchange is called in a list. */
export function nameOf(entry: Pick<HistoryEntry, "title" | "url">): string {
  if (entry.title) return entry.title;
  try {
    return new URL(entry.url).pathname;
  } catch {
    return entry.url;
  }
}
