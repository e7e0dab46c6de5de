import type { VariableUse } from "../bindings/VariableUse";
import { placeOf } from "./scope";

/** One offer of a completion list. */
export interface Offer {
  /** What is put in. */
  text: string;
  /** What stands beside it: the value. */
  detail: string;
  /** Where it comes from. */
  origin: string;
}

const MOST = 50;

function rank(name: string, typed: string): number {
  const lower = name.toLowerCase();
  if (lower.startsWith(typed)) return 0;
  return lower.includes(typed) ? 1 : 2;
}

/** What matches what is typed: beginnings first, then anything that contains it. */
function matching<T>(list: ReadonlyArray<T>, nameOf: (one: T) => string, typed: string): T[] {
  const wanted = typed.toLowerCase();
  return list
    .map((one) => ({ one, at: rank(nameOf(one), wanted) }))
    .filter(({ at }) => at < 2)
    .toSorted((a, b) => a.at - b.at)
    .slice(0, MOST)
    .map(({ one }) => one);
}

/** The variables that could be meant, with value and origin. */
export function variableOffers(all: ReadonlyArray<VariableUse>, typed: string): Offer[] {
  return matching(all, (use) => use.name, typed).map((use) => ({
    text: use.name,
    detail: use.value ?? "",
    origin: use.origin ? placeOf(use.origin) : "",
  }));
}

/** The words that could be meant; nothing once one of them is written out. */
export function wordOffers(words: ReadonlyArray<string>, typed: string): Offer[] {
  if (words.some((word) => word.toLowerCase() === typed.toLowerCase())) return [];
  return matching(words, (word) => word, typed).map((text) => ({ text, detail: "", origin: "" }));
}
