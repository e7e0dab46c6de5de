/** Durations: 284 ms, 4.81 s, 1 min 48 s. */
export function duration(ms: number): string {
  if (ms < 0.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_995) return `${(ms / 1000).toFixed(2)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** A running time: 0.4 s, 14.2 s, 1 min 4 s. */
export function elapsed(ms: number): string {
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : duration(ms);
}

/** What is left of a token: 41:07, or 1:02:03 over an hour. */
export function countdown(seconds: number): string {
  const left = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(left / 3600);
  const minutes = Math.floor(left / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(left % 60)}` : `${two(minutes)}:${two(left % 60)}`;
}

/** 14:31:52, local. */
export function clock(iso: string, exact = false): string {
  const at = new Date(iso);
  const text = at.toLocaleTimeString("en-GB", { hour12: false });
  return exact ? `${text}.${String(at.getMilliseconds()).padStart(3, "0")}` : text;
}

/** 15 Jan 2027, local. */
export function day(iso: string): string {
  return new Date(iso).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
}

/** The exact moment with its zone, for tooltips. */
export function moment(iso: string): string {
  return `${day(iso)} ${clock(iso)} ${new Date(iso).toLocaleTimeString("en-GB", { timeZoneName: "short" }).split(" ").slice(1).join(" ")}`;
}

const DAY_MS = 86_400_000;

export interface Validity {
  /** Share of the time that is used up, 0 to 1. */
  used: number;
  daysLeft: number;
  state: "good" | "soon" | "past";
  /** "in 52 days", "today", "ended 3 days ago". */
  short: string;
}

/** How much of a certificate's time is left; the last 30 days are "soon". */
export function validity(from: string, to: string, now = Date.now()): Validity {
  const start = Date.parse(from);
  const end = Date.parse(to);
  const used = end > start ? (now - start) / (end - start) : 1;
  const daysLeft = Math.floor((end - now) / DAY_MS);
  if (now >= end) {
    const since = Math.floor((now - end) / DAY_MS);
    return {
      used: 1,
      daysLeft,
      state: "past",
      short: since === 0 ? "ended today" : `ended ${count(since, "day")} ago`,
    };
  }
  const state = daysLeft > 30 ? "good" : "soon";
  return { used: Math.max(0, used), daysLeft, state, short: daysLeft === 0 ? "today" : `in ${count(daysLeft, "day")}` };
}

/** 1 day, 2 days. */
export function count(value: number, word: string): string {
  return `${value.toLocaleString("en")} ${word}${value === 1 ? "" : "s"}`;
}
