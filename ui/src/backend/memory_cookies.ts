import type { Cookie } from "../bindings/Cookie";
import type { CookieName } from "../bindings/CookieName";
import type { Exchange } from "../bindings/Exchange";
import type { Input, OperationName, Output } from "./backend";

type Ours = Extract<
  OperationName,
  "cookie_list" | "cookie_set" | "cookie_remove" | "cookie_clear" | "cookie_reveal" | "exchange_curl"
>;

type Handlers = { [K in Ours]: (input: Input<K>) => Output<K> };

const masked = (length: number): Cookie["value"] => [{ kind: "masked", label: "", length }];

const story = (): Cookie[] =>
  (
    [
      ["JSESSIONID", "/http", 32, null],
      ["__VCAP_ID__", "/", 36, null],
      ["JTENANTSESSIONID_b7d1c0e4", "/", 64, new Date(Date.now() + 3_600_000).toISOString()],
    ] as const
  ).map(([name, path, length, expires_at]) => ({
    credential: "workbench · bearer",
    domain: "acme-dev.it-cpi018-rt.cfapps.eu10-003.hana.ondemand.com",
    path,
    name,
    value: masked(length),
    expires_at,
    secure: true,
    http_only: true,
  }));

const same = (one: Cookie, name: CookieName) =>
  one.credential === name.credential && one.domain === name.domain && one.path === name.path && one.name === name.name;

/** Cookies of tenants, and exchanges as curl commands. */
export function memoryCookies(exchangeOf: (id: string) => Exchange | undefined): Handlers {
  const jars = new Map<string | null, Cookie[]>();
  const values = new Map<string, string>();
  const jar = (tenant: string | null): Cookie[] => {
    const kept = jars.get(tenant) ?? (tenant === "acme-dev" ? story() : []);
    jars.set(tenant, kept);
    return kept;
  };
  const put = (tenant: string | null, cookies: Cookie[]) => {
    jars.set(tenant, cookies);
    return cookies;
  };
  return {
    cookie_list: ({ tenant }) => jar(tenant),
    cookie_set: ({ cookie, value, secure }) => {
      const { tenant, ...name } = cookie;
      const made: Cookie = { ...name, value: masked(value.length), expires_at: null, secure, http_only: false };
      values.set(JSON.stringify(cookie), value);
      return put(tenant, [...jar(tenant).filter((one) => !same(one, cookie)), made]);
    },
    cookie_remove: (name) =>
      put(
        name.tenant,
        jar(name.tenant).filter((one) => !same(one, name)),
      ),
    cookie_clear: ({ tenant }) => put(tenant, []),
    cookie_reveal: (name) => values.get(JSON.stringify(name)) ?? `revealed-${name.name.toLowerCase()}`,
    exchange_curl: ({ exchange, call }) => {
      const sent = exchangeOf(exchange)?.calls[call]?.sent;
      const headers = (sent?.headers ?? []).map((header) => {
        const value = header.value.map((piece) => (piece.kind === "masked" ? "$SECRET" : piece.text)).join("");
        return ` \\\n  --header '${header.name}: ${value}'`;
      });
      return `curl --request ${sent?.method ?? "GET"} '${sent?.url ?? ""}'${headers.join("")}`;
    },
  };
}
