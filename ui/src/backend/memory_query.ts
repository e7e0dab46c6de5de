import type { HistoryFound } from "../bindings/HistoryFound";
import type { HistoryTerm } from "../bindings/HistoryTerm";
import type { Kept } from "./memory_history_story";

/** What facets leave out of their own query. */
export const FIELDS = { tenant: "tenant", status: "status", door: "door" } as const;

type Fits = (kept: Kept) => boolean;

export interface Query {
  words: string[];
  terms: HistoryTerm[];
  fits(kept: Kept, without: string | null): boolean;
}

const DAY = 86_400_000;
const UNITS: Record<string, number> = { h: 3_600_000, d: DAY, w: 7 * DAY };

function momentOf(value: string): number | null {
  const midnight = new Date().setHours(0, 0, 0, 0);
  if (value === "today") return midnight;
  if (value === "yesterday") return midnight - DAY;
  const span = /^(\d+)([hdw])$/u.exec(value);
  if (span) return Date.now() - Number(span[1]) * (UNITS[span[2] ?? ""] ?? DAY);
  const at = /^\d{4}-\d\d-\d\d$/u.test(value) ? Date.parse(`${value}T00:00:00`) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}

function statusFits(value: string): ((status: number | null) => boolean) | null {
  if (value === "none") return (status) => status === null;
  const group = /^([1-9])xx$/u.exec(value);
  if (group) return (status) => status !== null && Math.floor(status / 100) === Number(group[1]);
  const compared = /^(>=|<=|>|<)?(\d{3})$/u.exec(value);
  if (!compared) return null;
  const wanted = Number(compared[2]);
  return (status) => {
    if (status === null) return false;
    if (compared[1] === ">=") return status >= wanted;
    if (compared[1] === "<=") return status <= wanted;
    if (compared[1] === ">") return status > wanted;
    return compared[1] === "<" ? status < wanted : status === wanted;
  };
}

function likes(pattern: string, whole: boolean): (text: string | null) => boolean {
  const source = pattern.replaceAll(/[\\^$.+?()[\]{}|]/gu, String.raw`\$&`).replaceAll("*", ".*");
  const wanted = new RegExp(whole || pattern.includes("*") ? `^${source}$` : source, "iu");
  return (text) => (text === null ? pattern === "none" : wanted.test(text));
}

const some = (value: string, fits: (one: string) => Fits): Fits => {
  const each = value.split(/[|,]/u).filter(Boolean).map(fits);
  return (kept) => each.some((one) => one(kept));
};

function termFits(field: string, value: string): Fits | string {
  if (!value && field !== "note") return "There is nothing behind the colon.";
  switch (field) {
    case "tenant":
      return some(
        value,
        (one) =>
          ({ entry }) =>
            likes(one, true)(entry.tenant),
      );
    case "stage":
      return some(
        value,
        (one) =>
          ({ entry }) =>
            entry.stage === one,
      );
    case "method":
      return some(
        value,
        (one) =>
          ({ entry }) =>
            entry.method === one.toUpperCase(),
      );
    case "door":
      if (value.split(/[|,]/u).some((one) => !["window", "terminal"].includes(one)))
        return "A door is window or terminal.";
      return some(
        value,
        (one) =>
          ({ entry }) =>
            entry.door === one,
      );
    case "title":
      return some(
        value,
        (one) =>
          ({ entry }) =>
            likes(one, true)(entry.title),
      );
    case "host":
      return some(
        value,
        (one) =>
          ({ entry }) =>
            likes(one, false)(new URL(entry.url).host),
      );
    case "path":
      return some(
        value,
        (one) =>
          ({ entry }) =>
            likes(one, false)(new URL(entry.url).pathname),
      );
    case "pinned":
      return ({ entry }) => entry.pinned === (value === "yes");
    case "note":
      return ({ entry }) => entry.note !== null && entry.note.toLowerCase().includes(value.toLowerCase());
    case "status": {
      const each = value.split(/[|,]/u).map(statusFits);
      if (each.includes(null)) return "A status is written like 404, 5xx, >=400 or none.";
      return ({ entry }) => each.some((one) => one?.(entry.status));
    }
    case "since":
    case "before": {
      const at = momentOf(value);
      if (at === null) return "A time is written like 2h, 2d, 2026-11-01, today, yesterday or monday.";
      return ({ entry }) => Date.parse(entry.started_at) >= at === (field === "since");
    }
    default:
      return `There is no term ${field}. Put the text in quotes to look for it.`;
  }
}

const placesOf = ({ entry, request, answer }: Kept): Array<[string, string]> => [
  ["Request", request],
  ["Answer", answer],
  ["URL", entry.url],
  ["Note", entry.note ?? ""],
];

/** Where the words stand, with a few letters around them. */
export function foundIn(kept: Kept, words: string[]): HistoryFound[] {
  return words.slice(0, 1).flatMap((word) => {
    for (const [place, text] of placesOf(kept)) {
      const at = text.toLowerCase().indexOf(word);
      if (at < 0) continue;
      const from = Math.max(text.lastIndexOf("\n", at) + 1, at - 40);
      const end = text.indexOf("\n", at);
      const to = Math.min(end < 0 ? text.length : end, at + word.length + 60);
      const before = text.slice(from, at).trimStart();
      return [{ place, pieces: [before, text.slice(at, at + word.length), text.slice(at + word.length, to)] }];
    }
    return [];
  });
}

/** A query as the core would understand it. */
export function parseQuery(text: string): Query {
  const terms: HistoryTerm[] = [];
  const words: string[] = [];
  const conditions: Array<[string, Fits]> = [];
  for (const raw of text.match(/(?:"[^"]*"?|[^\s"])+/gu) ?? []) {
    const negated = raw.startsWith("-") && raw.length > 1;
    const found = /^-?([A-Za-z]+):(?!\/\/)(.*)$/u.exec(raw);
    const value = (found ? (found[2] ?? "") : raw.slice(negated ? 1 : 0)).replaceAll('"', "");
    if (!found) {
      terms.push({ field: null, value: raw, problem: null });
      if (negated) conditions.push(["words", (kept) => foundIn(kept, [value.toLowerCase()]).length === 0]);
      else words.push(value.toLowerCase());
      continue;
    }
    const field = (found[1] ?? "").toLowerCase();
    const fits = termFits(field, value);
    const problem = typeof fits === "string" ? fits : null;
    terms.push({ field: negated ? `-${field}` : field, value, problem });
    if (typeof fits !== "string") conditions.push([field, (kept) => fits(kept) !== negated]);
  }
  return {
    words,
    terms,
    fits: (kept, without) =>
      conditions.every(([field, fits]) => field === without || fits(kept)) &&
      words.every((word) => placesOf(kept).some(([, place]) => place.toLowerCase().includes(word))),
  };
}
