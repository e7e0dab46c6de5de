import { useEffect, useState } from "react";
import { backend, failureOf } from "../backend";
import type { Draft } from "../bindings/Draft";
import type { Resolved } from "../bindings/Resolved";
import { useTenants } from "../tenant/state";
import { contextOf } from "./context";

const AFTER = 150;

/** Where a request would go and as whom; asked for a moment after the last change. */
export function useResolved(draft: Draft): Resolved | null {
  const [resolved, setResolved] = useState<Resolved | null>(null);
  const list = useTenants();
  const { request, tenant, file, details } = draft;
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      backend()
        .call("request_resolve", { tenant: tenant ?? undefined, request, context: contextOf({ file, details }) })
        .then(
          (answer) => current && setResolved(answer),
          (thrown: unknown) =>
            current &&
            setResolved({
              url: null,
              tenant,
              stage: null,
              key: null,
              writes: writes(request.method),
              problem: failureOf(thrown),
            }),
        );
    }, AFTER);
    return () => {
      current = false;
      clearTimeout(timer);
    };
    // A changed list of tenants may change the answer.
  }, [request, tenant, file, details, list]);
  return resolved;
}

/** Whether a method writes, for the moment before Rust has said so. */
export function writes(method: string): boolean {
  return !["GET", "HEAD", "OPTIONS", "TRACE"].includes(method.toUpperCase());
}
