import type { Code } from "../bindings/Code";
import type { Draft } from "../bindings/Draft";
import type { Error as Failure } from "../bindings/Error";
import type { Exchange } from "../bindings/Exchange";
import type { Key } from "../bindings/Key";
import type { KeyImport } from "../bindings/KeyImport";
import type { Resolved } from "../bindings/Resolved";
import type { SecretStoreState } from "../bindings/SecretStoreState";
import type { Settings } from "../bindings/Settings";
import type { Tenant } from "../bindings/Tenant";
import type { TokenFacts } from "../bindings/TokenFacts";
import type { Backend, Input, OperationName, Output } from "./backend";
import { ANSWER, exchangeOf, progressOf } from "./memory_exchange";
import { memoryCollections } from "./memory_collections";
import { ago, certificate, drafts, imported, key, story, tenant } from "./memory_story";

export interface MemoryOptions {
  empty?: boolean;
  /** What the next paste finds. */
  paste?: "certificate" | "external" | "secret" | "nothing";
  store?: SecretStoreState;
  /** Whether the token test fails. */
  refused?: boolean;
  /** How long things take, in milliseconds. */
  delay?: number;
}

const failure = (code: Code, message: string, hint: string | null = null): Failure => ({
  code,
  message,
  hint,
  detail: `${code}: raw text`,
});

const DEFAULTS: Settings = {
  connect_timeout_ms: 10_000,
  timeout_ms: 120_000,
  follow_redirects: true,
  proxy: { kind: "system" },
  authorities: [],
  unverified_hosts: [],
  theme: "system",
};

type Handlers = { [K in OperationName]: (input: Input<K>) => Output<K> };

/** A backend of believable data for tests and for the browser; never part of the product. */
export function memoryBackend(options: MemoryOptions = {}): Backend & {
  calls: Array<[string, unknown]>;
  drop(dropped: KeyImport): void;
  /** Another program wrote a request's file. */
  touch(collection: string, path: string): void;
} {
  const calls: Array<[string, unknown]> = [];
  const wait = (ms = options.delay ?? 0) => new Promise<void>((done) => setTimeout(done, ms));
  let tenants: Tenant[] = options.empty ? [] : story();
  let kept: Draft[] = options.empty ? [] : drafts();
  let settings = DEFAULTS;
  let imports = 0;
  const open = new Map<string, KeyImport>();
  const tokens = new Map<string, TokenFacts>();
  const exchanges = new Map<string, Exchange>();
  const cancelled = new Set<string>();
  const collections = memoryCollections(options.empty ?? false, () => tenants, calls);
  let dropped: (one: KeyImport) => void = () => undefined;

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
  const put = (changed: Tenant) => {
    tenants = tenants.map((one) => (one.name === changed.name ? changed : one));
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
  const remember = (found: KeyImport) => {
    open.set(found.id, found);
    return found;
  };
  const read = (): KeyImport => {
    imports += 1;
    const id = `import-${imports}`;
    if (options.paste !== "nothing") return remember(imported(id, options.paste ?? "certificate"));
    return remember({
      ...imported(id, "secret"),
      text: [[{ kind: "text", text: '{ "info": { "name": "Orders" }, "item": [] }' }]],
      facts: null,
      failure: failure(
        "not_a_service_key",
        "This is a Postman collection, not a service key.",
        "Copy the key in the BTP cockpit under Instances and Subscriptions.",
      ),
      blocked: "This is no service key.",
    });
  };
  const resolve = ({ tenant: name, request }: Input<"request_resolve">): Resolved => {
    const at = name ? find(name) : null;
    const asked = request.url.replace("{{runtimeUrl}}", at?.runtime_url ?? "");
    const whole = /^https?:/.test(asked);
    const wanted = "key" in request.authorization ? request.authorization.key : null;
    let used: Key | null = null;
    let problem: Failure | null = null;
    if (request.authorization.kind !== "none") {
      if (!at) problem = failure("invalid_input", "No tenant is chosen.", "Choose a tenant in the top right corner.");
      else
        try {
          used = findKey(at.name, wanted);
        } catch (thrown) {
          problem = thrown as Failure;
        }
    }
    const base = at?.runtime_url ?? null;
    if (whole && used && base && !request.options.any_host && new URL(asked).host !== new URL(base).host)
      problem = failure(
        "foreign_host",
        `${new URL(asked).host} is no host of ${at?.name}, so its credentials stay here.`,
        "Send without sign-in, or allow any host for this request.",
      );
    return {
      url: whole ? asked : base ? base + asked : null,
      tenant: at?.name ?? null,
      stage: at?.stage ?? null,
      key: used?.name ?? null,
      writes: !["GET", "HEAD", "OPTIONS", "TRACE"].includes(request.method),
      problem,
    };
  };

  const handlers: Handlers = {
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
    tenant_remove: (input) => {
      tenants = tenants.filter((one) => one.name !== input.tenant);
      return null;
    },
    key_test: () => {
      if (options.refused)
        throw failure(
          "token_refused",
          "The token server refused the secret: Bad credentials.",
          "Was the key deleted in the cockpit?",
        );
      return token("acme-dev", key("workbench", "acme-dev", { method: "mtls", kind: "certificate" }));
    },
    key_save: (input) => {
      const from = open.get(input.import)?.facts;
      if (!from) throw failure("not_found", "This import is no longer open.");
      const made = key(input.name ?? "workbench", input.tenant, {
        kind: from.kind,
        plan: from.plan,
        chain: from.chain,
        custody: input.hold_for_run ? "run" : "keyring",
      });
      const existing = tenants.find((one) => one.name === input.tenant);
      if (existing) put({ ...existing, keys: [...existing.keys, made] });
      else tenants = [...tenants, tenant(input.tenant, input.stage ?? "dev", null, [made])];
      open.delete(input.import);
      return made;
    },
    key_discard: (input) => {
      open.delete(input.import);
      return null;
    },
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
      if (used.name === "jenkins-old")
        throw failure(
          "token_refused",
          "The token server refused the secret: Bad credentials.",
          "Was the key deleted in the cockpit?",
        );
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
    ...collections.handlers,
    request_resolve: resolve,
    request_cancel: (input) => {
      cancelled.add(input.exchange);
      return null;
    },
    exchange_body: (input) => ({
      text: input.form === "pretty" ? ANSWER : JSON.stringify(JSON.parse(ANSWER)),
      language: "json",
      pretty: input.form === "pretty",
      note: null,
      size: ANSWER.length,
      cut: false,
    }),
    exchange_reveal: () => [
      { name: "Authorization", value: [{ kind: "text", text: "Bearer eyJhbGciOi.revealed.token" }] },
    ],
    exchange_forget: (input) => {
      exchanges.delete(input.exchange);
      return null;
    },
    draft_list: () => kept,
    draft_keep: (input) => {
      kept = [...kept.filter((one) => one.id !== input.id), input];
      return null;
    },
    draft_remove: (input) => {
      kept = kept.filter((one) => one.id !== input.draft);
      return null;
    },
    settings_get: () => settings,
    settings_change: (input) => (settings = input),
    secret_store_state: () => options.store ?? { state: "ready" },
  };

  return {
    ...collections.shell,
    touch: collections.touch,
    calls,
    drop: (one) => dropped(remember(one)),
    async call<K extends OperationName>(name: K, input: Input<K>): Promise<Output<K>> {
      calls.push([name, input]);
      await wait();
      return structuredClone(handlers[name](input));
    },
    async send(order, onProgress) {
      calls.push(["send", order]);
      const resolved = resolve(order);
      if (resolved.problem) throw resolved.problem;
      if (resolved.stage === "prod" && resolved.writes && !order.confirmed)
        throw failure(
          "confirmation_needed",
          `${resolved.tenant} is a production tenant.`,
          "Send it again and confirm.",
        );
      const slow = order.request.url.includes("slow") ? 30_000 : (options.delay ?? 0);
      for (const step of progressOf(order)) {
        onProgress(step);
        for (let spent = 0; spent <= slow / 3 && !cancelled.has(order.id); spent += 50) await wait(slow ? 50 : 0);
      }
      const exchange = exchangeOf(order, resolved, cancelled.has(order.id));
      exchanges.set(order.id, exchange);
      return exchange;
    },
    async keyPaste() {
      calls.push(["key_paste", null]);
      await wait();
      return read();
    },
    async keyChooseFile() {
      await wait();
      return read();
    },
    async privateKeyChoose(id) {
      const before = open.get(id) ?? read();
      return remember({
        ...before,
        private_key: {
          name: "acme-partner-2025.p12",
          format: "PKCS#12 · private key and 2 certificates",
          passphrase_needed: true,
          failure: null,
          fits: null,
        },
      });
    },
    async privateKeyPassphrase(id, passphrase) {
      calls.push(["private_key_passphrase", { id, length: passphrase.length }]);
      const before = open.get(id) ?? read();
      const file = before.private_key ?? {
        name: "key.pem",
        format: "PEM",
        passphrase_needed: true,
        failure: null,
        fits: null,
      };
      if (passphrase === "wrong") {
        return remember({
          ...before,
          private_key: { ...file, failure: failure("wrong_passphrase", "The passphrase does not open this file.") },
        });
      }
      if (passphrase === "other" && before.facts?.chain) {
        const mine = before.facts.chain.certificates[0] ?? certificate("x", 0, 1);
        return remember({
          ...before,
          private_key: { ...file, failure: null, passphrase_needed: false, fits: false },
          comparison: {
            explanation:
              "Name and issuer are the same, but the key pair is another one. The certificate was renewed on 2 March 2026; this file is from before.",
            key: mine,
            file: {
              ...mine,
              serial: "04:B1:5F:33:7D",
              not_before: ago(600 * 86_400_000),
              not_after: ago(263 * 86_400_000),
              public_key_fingerprint: "41:B8:02:D5:AA",
            },
            file_public_key: "41:B8:02:D5:AA:10:93:5C",
          },
        });
      }
      const facts = before.facts ? { ...before.facts, private_key_fits: true } : null;
      return remember({
        ...before,
        facts,
        comparison: null,
        blocked: null,
        private_key: { ...file, failure: null, passphrase_needed: false, fits: true },
      });
    },
    async onKeyDropped(listener) {
      dropped = listener;
      return () => (dropped = () => undefined);
    },
    onDropFailed: async () => () => undefined,
    clipboardClear: async () => void calls.push(["clipboard_clear", null]),
    clipboardCopy: async (text) => void calls.push(["clipboard_copy", text]),
    tokenCopy: async (name, keyName) => void calls.push(["token_copy", { tenant: name, key: keyName }]),
    certificateCopy: async (id) => void calls.push(["certificate_copy", id]),
    fileChoose: async () => "/home/you/orders/order.json",
    bodySave: async () => "/home/you/orders/answer.json",
    async sandboxStart() {
      await wait(options.delay ? 600 : 0);
      const made = tenant("sandbox", "sandbox", "On this computer", [
        key("integration-flow", "sandbox"),
        key("api", "sandbox", { plan: "api" }),
      ]);
      tenants = [...tenants.filter((one) => one.name !== "sandbox"), made];
      return made;
    },
    painted: async () => undefined,
  };
}
