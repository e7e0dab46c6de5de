import type { Code } from "../bindings/Code";
import type { Error as Failure } from "../bindings/Error";
import type { Health } from "../bindings/Health";
import type { Key } from "../bindings/Key";
import type { Tenant } from "../bindings/Tenant";
import type { TokenFacts } from "../bindings/TokenFacts";
import type { Input, OperationName, Output } from "./backend";
import { checkOf } from "./memory_key_check";
import { certificatesOf } from "./memory_certificates";
import { refusedToken } from "./memory_diagnosis";
import { ago, story, tenant } from "./memory_story";

export type TenantOperation = Extract<
  OperationName,
  | `tenant_${string}`
  | `host_${string}`
  | `token_${string}`
  | "key_facts"
  | "key_change"
  | "key_remove"
  | "key_check"
  | "certificate_list"
>;

export interface MemoryTenants {
  list(): Tenant[];
  find(name: string): Tenant;
  /** A key by its name, or the one for flows. */
  findKey(name: string, keyName?: string | null): Key;
  /** Takes the place of the tenant of its name, or is added. */
  put(changed: Tenant): Tenant;
  token(name: string, used: Key): TokenFacts;
  handlers: { [K in TenantOperation]: (input: Input<K>) => Output<K> };
}

export const failure = (code: Code, message: string, hint: string | null = null): Failure => ({
  code,
  message,
  hint,
  detail: `${code}: raw text`,
});

/** Tenants, their keys and tokens. */
export function memoryTenants(empty: boolean): MemoryTenants {
  let tenants: Tenant[] = empty ? [] : story();
  const tokens = new Map<string, TokenFacts>();

  const find = (name: string): Tenant => {
    const found = tenants.find((one) => one.name === name);
    if (!found) throw failure("not_found", `There is no tenant called ${name}.`);
    return found;
  };
  const findKey = (name: string, keyName?: string | null): Key => {
    const keys = find(name).keys;
    const found = keyName
      ? keys.find((one) => one.name === keyName)
      : (keys.find((one) => one.plan === "integration-flow") ?? keys[0]);
    if (!found) throw failure("not_found", `No key for ${name}.`, "Add a service key to the tenant.");
    return found;
  };
  const put = (changed: Tenant): Tenant => {
    tenants = tenants.some((one) => one.name === changed.name)
      ? tenants.map((one) => (one.name === changed.name ? changed : one))
      : [...tenants, changed];
    return changed;
  };
  const token = (name: string, used: Key): TokenFacts => ({
    tenant: name,
    key: used.name,
    fetched_at: ago(19 * 60_000),
    expires_at: new Date(Date.now() + (41 * 60 + 7) * 1000).toISOString(),
    lifetime_seconds: 3600,
    took_ms: 184,
    cached: false,
    method: used.method,
    length: 1482,
    roles: used.plan === "api" ? ["MonitoringDataRead", "MessagePayloadsRead"] : ["ESBMessaging.send"],
    scopes: ["it-rt-acme-dev!b45.ESBMessaging.send"],
    claims: {
      iss: `https://${name}.authentication.eu10.hana.ondemand.com/oauth/token`,
      zid: "b7d1c0e4-51f2-4a6e-9d3a-2f1c5b7a9e10",
      grant_type: "client_credentials",
    },
    bound_to: used.kind === "secret" ? null : "9F3CA1774209",
  });

  const handlers: MemoryTenants["handlers"] = {
    tenant_list: () => tenants,
    tenant_add: (input) => {
      const made = tenant(input.name, input.stage, input.group ?? null, []);
      tenants = [...tenants, made];
      return made;
    },
    tenant_change: (input) => {
      const before = find(input.tenant);
      const after: Tenant = {
        ...before,
        name: input.name ?? before.name,
        stage: input.stage ?? before.stage,
        color: input.color ?? before.color,
        group: input.group === undefined ? before.group : input.group || null,
        runtime_url_override:
          input.runtime_url_override === undefined ? before.runtime_url_override : input.runtime_url_override || null,
      };
      tenants = tenants.map((one) => (one === before ? after : one));
      return after;
    },
    host_allow: ({ tenant: name, origin }) => {
      const before = find(name);
      return put({ ...before, allowed_hosts: [...before.allowed_hosts, origin] });
    },
    host_forbid: ({ tenant: name, origin }) => {
      const before = find(name);
      return put({ ...before, allowed_hosts: before.allowed_hosts.filter((one) => one !== origin) });
    },
    tenant_remove: (input) => {
      tenants = tenants.filter((one) => one.name !== input.tenant);
      return null;
    },
    key_check: ({ tenant: name, key: keyName }) => {
      const used = findKey(name, keyName);
      const check = checkOf(find(name), used, token(name, used));
      const [worst] = check.findings;
      const at = ago(0);
      const reason = worst?.message ?? "";
      const health: Health =
        check.light === "green"
          ? { state: "good", at }
          : { state: check.light === "red" ? "bad" : "warned", at, reason };
      put({ ...find(name), keys: find(name).keys.map((one) => (one === used ? { ...one, health } : one)) });
      return check;
    },
    certificate_list: () => certificatesOf(tenants),
    key_facts: (input) => {
      const used = findKey(input.tenant, input.key);
      return { ...used, stated_token_url: null, private_key_fits: used.chain ? true : null, problems: [] };
    },
    key_change: (input) => {
      const at = find(input.tenant);
      const before = findKey(input.tenant, input.key);
      const after: Key = {
        ...before,
        name: input.name ?? before.name,
        plan: input.plan ?? before.plan,
        method: input.method ?? before.method,
        token_url: input.token_url || before.token_url,
      };
      put({ ...at, keys: at.keys.map((one) => (one === before ? after : one)) });
      return after;
    },
    key_remove: (input) => {
      const at = find(input.tenant);
      put({ ...at, keys: at.keys.filter((one) => one.name !== input.key) });
      return null;
    },
    token_fetch: (input) => {
      const used = findKey(input.tenant, input.key);
      if (used.name === "jenkins-old") throw refusedToken;
      const facts = {
        ...token(input.tenant, used),
        ...(input.fresh ? { fetched_at: ago(0), expires_at: new Date(Date.now() + 3_600_000).toISOString() } : {}),
      };
      tokens.set(`${input.tenant}/${used.name}`, facts);
      return facts;
    },
    token_peek: (input) => {
      const at = tenants.find((one) => one.name === input.tenant);
      if (!at || at.keys.length === 0) return null;
      const used = findKey(input.tenant, input.key);
      if (used.name === "workbench" && input.tenant === "acme-dev")
        return tokens.get("acme-dev/workbench") ?? token("acme-dev", used);
      return tokens.get(`${input.tenant}/${used.name}`) ?? null;
    },
  };
  return { list: () => tenants, find, findKey, put, token, handlers };
}
