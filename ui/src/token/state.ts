import { useEffect } from "react";
import { backend, failureOf } from "../backend";
import type { Error as Failure } from "../bindings/Error";
import type { TokenFacts } from "../bindings/TokenFacts";
import { createStore, useStore } from "../store";

export interface TokenState {
  facts: TokenFacts | null;
  asking: boolean;
  failure: Failure | null;
}

const NONE: TokenState = { facts: null, asking: false, failure: null };
const tokens = createStore<Record<string, TokenState>>({});
const nameOf = (tenant: string, key: string) => `${tenant}\n${key}`;

function put(tenant: string, key: string, change: Partial<TokenState>): void {
  const name = nameOf(tenant, key);
  tokens.set((now) => ({ [name]: { ...(now[name] ?? NONE), ...change } }));
}

/** Looks at the cached token; asks nobody. */
export async function peekToken(tenant: string, key: string): Promise<void> {
  try {
    const facts = await backend().call("token_peek", { tenant, key });
    put(tenant, key, facts ? { facts, failure: null } : { facts });
  } catch {
    put(tenant, key, { facts: null });
  }
}

/** Gets a token; `fresh` asks the token server even when one is cached. */
export async function fetchToken(tenant: string, key: string, fresh: boolean): Promise<boolean> {
  put(tenant, key, { asking: true, failure: null });
  try {
    const facts = await backend().call("token_fetch", { tenant, key, fresh });
    put(tenant, key, { facts, asking: false });
    return true;
  } catch (thrown) {
    put(tenant, key, { asking: false, failure: failureOf(thrown) });
    return false;
  }
}

/** What somebody else found out about the token of a key. */
export function noteToken(tenant: string, key: string, facts: TokenFacts | null, failure: Failure | null): void {
  put(tenant, key, facts ? { facts, failure: null, asking: false } : { failure, asking: false });
}

/** The token of a key; looked at once when it appears. */
export function useToken(tenant: string | null, key: string | null): TokenState {
  useEffect(() => {
    if (tenant && key) void peekToken(tenant, key);
  }, [tenant, key]);
  return useStore(tokens, (state) => (tenant && key ? (state[nameOf(tenant, key)] ?? NONE) : NONE));
}

const clock = createStore({ now: Date.now() });
let listeners = 0;
let timer: ReturnType<typeof setInterval> | undefined;

const ticking = {
  ...clock,
  subscribe(listener: () => void) {
    listeners += 1;
    if (listeners === 1) timer = setInterval(() => clock.set({ now: Date.now() }), 1000);
    const stop = clock.subscribe(listener);
    return () => {
      stop();
      listeners -= 1;
      if (listeners === 0) clearInterval(timer);
    };
  },
};

/** Seconds until a moment, ticking once a second; absent without one. */
export function useSecondsLeft(facts: TokenFacts): number {
  const now = useStore(ticking, (state) => state.now);
  // The clock last ticked up to a second ago, maybe before the token was there.
  const left = Math.floor((Date.parse(facts.expires_at) - now) / 1000);
  return Math.min(Math.max(0, left), facts.lifetime_seconds);
}
