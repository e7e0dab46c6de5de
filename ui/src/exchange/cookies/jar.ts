import { useCallback, useEffect, useState } from "react";
import { backend, failureOf } from "../../backend";
import type { Cookie } from "../../bindings/Cookie";
import type { CookieName } from "../../bindings/CookieName";
import type { CookieSet } from "../../bindings/CookieSet";
import type { Error as Failure } from "../../bindings/Error";

/** How long a revealed value stays. */
const SHOWN_FOR = 30_000;

export interface Jar {
  cookies: Cookie[] | null;
  failure: Failure | null;
  /** Revealed values by the name of their cookie. */
  revealed: ReadonlyMap<string, string>;
  set(cookie: CookieSet, before: CookieName | null): Promise<void>;
  remove(name: CookieName): Promise<void>;
  clear(): Promise<void>;
  reveal(name: CookieName): Promise<void>;
  hide(): void;
}

export function nameOf(tenant: string | null, { credential, domain, path, name }: Cookie): CookieName {
  return { tenant, credential, domain, path, name };
}

export function keyOf(name: CookieName): string {
  return JSON.stringify([name.credential, name.domain, name.path, name.name]);
}

/** The cookies of a tenant's sessions; values come one by one, when they are asked for, and go again. */
export function useJar(tenant: string | null): Jar {
  const [cookies, setCookies] = useState<Cookie[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [revealed, setRevealed] = useState<ReadonlyMap<string, string>>(new Map());
  const hide = useCallback(() => setRevealed(new Map()), []);
  const take = useCallback(async (asked: Promise<Cookie[]>) => {
    try {
      setCookies(await asked);
      setFailure(null);
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
  }, []);
  useEffect(() => {
    setCookies(null);
    hide();
    void take(backend().call("cookie_list", { tenant }));
  }, [tenant, take, hide]);
  useEffect(() => {
    if (revealed.size === 0) return;
    const timer = setTimeout(hide, SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [revealed, hide]);
  const set = async (cookie: CookieSet, before: CookieName | null) => {
    hide();
    const renamed = before !== null && keyOf(before) !== keyOf(cookie.cookie);
    const saved = await backend().call("cookie_set", cookie);
    setCookies(renamed ? await backend().call("cookie_remove", before) : saved);
  };
  const reveal = async (name: CookieName) => {
    try {
      const value = await backend().call("cookie_reveal", name);
      setRevealed((now) => new Map(now).set(keyOf(name), value));
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
  };
  return {
    cookies,
    failure,
    revealed,
    set,
    remove: (name) => take(backend().call("cookie_remove", name)),
    clear: () => take(backend().call("cookie_clear", { tenant })),
    reveal,
    hide,
  };
}
