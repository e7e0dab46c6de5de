import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { backend, failureOf } from "../../backend";
import type { Error as Failure } from "../../bindings/Error";
import type { Find } from "../../bindings/Find";
import type { Found } from "../../bindings/Found";
import type { Hit } from "../../bindings/Hit";
import type { HitFrom } from "../../bindings/HitFrom";
import type { Shown } from "../../bindings/Shown";
import type { Matcher } from "../../components/rows/marks";
import type { RowsModel } from "../../components/rows/model";

const TYPING = 120;
const AGAIN = 150;

export const NOTHING: Find = { text: "", regex: false, case: false, word: false };

export interface Finding {
  find: Find;
  setFind(change: Partial<Find>): void;
  found: Found | null;
  hit: Hit | null;
  failure: Failure | null;
  step(by: 1 | -1): void;
  goTo(hit: Hit): void;
}

/** What of a row stands out; only for the rows that are seen, the count comes from the whole body. */
export function matcherOf(find: Find): Matcher | null {
  if (find.text === "") return null;
  const source = find.regex ? find.text : find.text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  try {
    const pattern = new RegExp(find.word ? `\\b(?:${source})\\b` : source, find.case ? "g" : "gi");
    return (text) =>
      text.length > 20_000
        ? []
        : [...text.matchAll(pattern)].slice(0, 200).map((found) => [found.index, found[0].length] as const);
  } catch {
    // The other side says what is wrong with the pattern.
    return null;
  }
}

/** A search in all of a body, going on in Rust while it is looked at. */
export function useFind(shown: Shown, model: RowsModel, open: boolean): Finding {
  const [find, put] = useState<Find>(NOTHING);
  const [found, setFound] = useState<Found | null>(null);
  const [hit, setHit] = useState<Hit | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const latest = useRef({ find, hit, found, asked: 0 });
  useLayoutEffect(() => {
    latest.current = { ...latest.current, find, hit, found };
  }, [find, hit, found]);

  const goTo = useCallback(
    (next: Hit) => {
      latest.current.hit = next;
      setHit(next);
      model.goTo(next.place.row, next.place.column);
    },
    [model],
  );
  const ask = useCallback(
    async (from: HitFrom) => {
      const { find } = latest.current;
      const order = (latest.current.asked += 1);
      try {
        const next = await backend().call("body_hit", { shown, find, from });
        if (next && order === latest.current.asked && find === latest.current.find) goTo(next);
      } catch (thrown) {
        setFailure(failureOf(thrown));
      }
    },
    [shown, goTo],
  );

  useEffect(() => {
    setFound(null);
    setHit(null);
    setFailure(null);
    latest.current.hit = null;
    if (!open || find.text === "") return;
    let current = true;
    const from = model.current;
    const look = async () => {
      try {
        const next = await backend().call("body_find", { shown, find });
        if (!current) return;
        setFound(next);
        if (next.count > 0 && !latest.current.hit) void ask({ kind: "row", row: from });
        if (!next.done) timer = setTimeout(() => void look(), AGAIN);
      } catch (thrown) {
        if (current) setFailure(failureOf(thrown));
      }
    };
    let timer = setTimeout(() => void look(), TYPING);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [shown, find, open, model, ask]);

  const step = useCallback(
    (by: 1 | -1) => {
      const { hit, found, find } = latest.current;
      const count = found?.count ?? 0;
      if (count === 0) return;
      const number = (from: number) => ({ kind: "number" as const, number: (from + by + count) % count });
      if (hit && hit.place.row === model.current) return void ask(number(hit.number));
      // The user went elsewhere, so it goes on from there.
      if (by > 0) return void ask({ kind: "row", row: model.current });
      void backend()
        .call("body_hit", { shown, find, from: { kind: "row", row: model.current } })
        .then((next) => next && ask(number(next.place.row < model.current ? 0 : next.number)))
        .catch((thrown: unknown) => setFailure(failureOf(thrown)));
    },
    [ask, model, shown],
  );
  const setFind = useCallback((change: Partial<Find>) => put((now) => ({ ...now, ...change })), []);
  return { find, setFind, found, hit, failure, step, goTo };
}
