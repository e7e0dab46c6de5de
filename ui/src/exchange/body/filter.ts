import { useEffect, useState } from "react";
import { backend, failureOf } from "../../backend";
import type { Error as Failure } from "../../bindings/Error";
import type { Filtered } from "../../bindings/Filtered";
import type { Shown } from "../../bindings/Shown";

const TYPING = 300;

export interface Filtering {
  expression: string;
  setExpression(expression: string): void;
  filtered: Filtered | null;
  failure: Failure | null;
  busy: boolean;
}

/** The nodes an expression names, asked for when the typing rests. */
export function useFilter(shown: Shown): Filtering {
  const [expression, setExpression] = useState("");
  const [filtered, setFiltered] = useState<Filtered | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const wanted = expression.trim();
  useEffect(() => {
    setFailure(null);
    setBusy(wanted !== "");
    if (wanted === "") {
      setFiltered(null);
      return;
    }
    let current = true;
    const timer = setTimeout(() => {
      backend()
        .call("body_filter", { shown, expression: wanted, namespaces: [] })
        .then(
          (next) => current && setFiltered(next),
          (thrown: unknown) => {
            if (!current) return;
            setFiltered(null);
            setFailure(failureOf(thrown));
          },
        )
        .finally(() => current && setBusy(false));
    }, TYPING);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [shown, wanted]);
  return { expression, setExpression, filtered, failure, busy };
}
