import { useEffect, useState } from "react";
import { backend, failureOf } from "../backend";
import type { Error as Failure } from "../bindings/Error";
import type { ExchangeKept } from "../bindings/ExchangeKept";

export interface Loaded {
  kept: ExchangeKept | null;
  failure: Failure | null;
}

/** An exchange as it was kept; the one before stays until the next is there. `again` reads anew when it changes. */
export function useKept(id: string | undefined, again: unknown): Loaded {
  const [loaded, setLoaded] = useState<Loaded>({ kept: null, failure: null });
  useEffect(() => {
    if (!id) return setLoaded({ kept: null, failure: null });
    let current = true;
    backend()
      .call("history_read", { exchange: id })
      .then(
        (kept) => current && setLoaded({ kept, failure: null }),
        (thrown: unknown) => current && setLoaded({ kept: null, failure: failureOf(thrown) }),
      );
    return () => {
      current = false;
    };
  }, [id, again]);
  return loaded;
}
