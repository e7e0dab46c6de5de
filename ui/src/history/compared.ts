import { useEffect, useState } from "react";
import { backend, failureOf } from "../backend";
import type { Error as Failure } from "../bindings/Error";
import type { ExchangeComparison } from "../bindings/ExchangeComparison";
import type { ExchangeKept } from "../bindings/ExchangeKept";
import { remember, remembered, rememberedTexts } from "../remembered";
import { createStore } from "../store";

const PLACE = "sluice.compare.ignore";

/** Header and member names that differ from one sending to the next and say nothing. */
export const USUALLY_IGNORED = ["date", "set-cookie", "x-correlationid", "x-vcap-request-id"];

interface Compared {
  /** The exchanges beside each other; absent while the list is shown. */
  pair: [a: string, b: string] | null;
  ignore: string[];
  /** Whether bodies are compared line by line instead of by their structure. */
  asText: boolean;
}

export const compared = createStore<Compared>({
  pair: null,
  ignore: remembered(PLACE) === null ? USUALLY_IGNORED : rememberedTexts(PLACE),
  asText: false,
});

export function compare(a: string, b: string): void {
  compared.set({ pair: [a, b] });
}

export function swap(): void {
  compared.set(({ pair }) => ({ pair: pair ? [pair[1], pair[0]] : null }));
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

export interface Comparing {
  of: string;
  found: ExchangeComparison;
  a: ExchangeKept;
  b: ExchangeKept;
}

/** What differs between two exchanges; the answer before stays until the next is there. */
export function useComparison(
  a: string,
  b: string,
  ignore: string[],
  asText: boolean,
): { comparing: Comparing | null; failure: Failure | null } {
  const [state, setState] = useState<{ comparing: Comparing | null; failure: Failure | null }>({
    comparing: null,
    failure: null,
  });
  useEffect(() => {
    let current = true;
    const read = (exchange: string) => backend().call("history_read", { exchange });
    Promise.all([backend().call("exchange_compare", { a, b, ignore, as_text: asText }), read(a), read(b)]).then(
      ([found, keptA, keptB]) =>
        current && setState({ comparing: { of: `${a} ${b}`, found, a: keptA, b: keptB }, failure: null }),
      (thrown: unknown) => current && setState({ comparing: null, failure: failureOf(thrown) }),
    );
    return () => {
      current = false;
    };
  }, [a, b, ignore, asText]);
  return state;
}
