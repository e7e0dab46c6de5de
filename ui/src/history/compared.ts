import { remember, rememberedTexts } from "../remembered";
import { createStore } from "../store";

const PLACE = "sluice.compare.ignore";

/** Header and member names that differ from one sending to the next and say nothing. */
export const USUALLY_IGNORED = ["date", "set-cookie", "x-correlationid", "x-vcap-request-id"];

interface Compared {
  /** The exchanges beside each other; absent while the list is shown. */
  pair: [a: string, b: string] | null;
  ignore: string[];
}

function rememberedIgnore(): string[] {
  const kept = rememberedTexts(PLACE);
  return localStorage.getItem(PLACE) === null ? USUALLY_IGNORED : kept;
}

export const compared = createStore<Compared>({ pair: null, ignore: rememberedIgnore() });

export function compare(a: string, b: string): void {
  compared.set({ pair: [a, b] });
}

export function closeComparison(): void {
  compared.set({ pair: null });
}

/** Changes what does not matter; remembered for the next comparison. */
export function ignoreNames(names: ReadonlyArray<string>): void {
  const ignore = [...new Set(names.map((name) => name.trim().toLowerCase()).filter(Boolean))];
  remember(PLACE, ignore);
  compared.set({ ignore });
}
