import { useEffect, useRef, useState } from "react";
import { backend, failureOf } from "../backend";
import type { Draft } from "../bindings/Draft";
import type { Resolved } from "../bindings/Resolved";
import { useTenants } from "../tenant/state";
import { contextOf } from "./context";

const AFTER = 150;

interface Answer {
  /** The tenant it was asked for; what was said of another one is no stand-in. */
  tenant: string | null;
  resolved: Resolved;
}

const answers = new Map<string, Answer>();

/** Where a request would go and as whom. */
export function resolveDraft(draft: Pick<Draft, "request" | "tenant" | "file" | "details">): Promise<Resolved> {
  const { request, tenant, file, details } = draft;
  return backend().call("request_resolve", {
    tenant: tenant ?? undefined,
    request,
    context: contextOf({ file, details }),
  });
}

async function resolve(draft: Draft): Promise<Resolved> {
  try {
    return await resolveDraft(draft);
  } catch (thrown) {
    const problem = failureOf(thrown);
    const { tenant, request } = draft;
    return { url: null, tenant, stage: null, production: null, key: null, writes: writes(request.method), problem };
  }
}

/** Forgets where a closed request went. */
export function forgetResolved(draft: string): void {
  answers.delete(draft);
}

/** Where a request would go and as whom: the last answer until there is another, asked for a moment after a change. */
export function useResolved(draft: Draft): Resolved | null {
  const { id, request, tenant, file, details } = draft;
  const [answer, setAnswer] = useState<Answer | null>(() => {
    const last = answers.get(id);
    return last?.tenant === tenant ? last : null;
  });
  const list = useTenants();
  const opening = useRef(true);
  useEffect(() => {
    let current = true;
    const ask = async () => {
      opening.current = false;
      const now = { tenant, resolved: await resolve(draft) };
      if (!current) return;
      answers.set(id, now);
      setAnswer(now);
    };
    const timer = setTimeout(() => void ask(), opening.current ? 0 : AFTER);
    return () => {
      current = false;
      clearTimeout(timer);
    };
    // A changed list of tenants may change the answer; a new title does not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [id, request, tenant, file, details, list]);
  return answer?.resolved ?? null;
}

/** Whether a method writes, for the moment before Rust has said so. */
export function writes(method: string): boolean {
  return !["GET", "HEAD", "OPTIONS", "TRACE"].includes(method.toUpperCase());
}
