import type { Draft } from "../bindings/Draft";
import type { Error as Failure } from "../bindings/Error";
import type { Exchange } from "../bindings/Exchange";
import type { Key } from "../bindings/Key";
import type { KeyImport } from "../bindings/KeyImport";
import type { Resolved } from "../bindings/Resolved";
import type { SecretStoreState } from "../bindings/SecretStoreState";
import type { Settings } from "../bindings/Settings";
import type { Backend, Input, OperationName, Output } from "./backend";
import { exchangeOf, progressOf } from "./memory_exchange";
import { memoryBody } from "./memory_body";
import { PICTURE } from "./memory_documents";
import { memoryCertificateRequests, type RequestOptions } from "./memory_certificate_requests";
import { memoryCollections } from "./memory_collections";
import { memoryConnectivity } from "./memory_connectivity";
import { memoryCookies } from "./memory_cookies";
import { deliveryNote } from "./memory_pdf";
import { memoryHistory } from "./memory_history";
import { memoryImports, type ImportOptions } from "./memory_imports";
import { drafts, key, tenant } from "./memory_story";
import { memoryServiceInstance } from "./memory_service_instance";
import { failure, memoryTenants } from "./memory_tenants";

export interface MemoryOptions extends ImportOptions, RequestOptions {
  empty?: boolean;
  store?: SecretStoreState;
  /** How many exchanges the history has. */
  history?: number;
  /** How long things take, in milliseconds. */
  delay?: number;
}

const DEFAULTS: Settings = {
  connect_timeout_ms: 10_000,
  timeout_ms: 120_000,
  follow_redirects: true,
  proxy: { kind: "system" },
  authorities: [],
  unverified_hosts: [],
  history: { days: 90, mebibytes: 5120 },
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
  let kept: Draft[] = options.empty ? [] : drafts();
  let settings = DEFAULTS;
  const exchanges = new Map<string, Exchange>();
  const cancelled = new Set<string>();
  const tenants = memoryTenants(options.empty ?? false);
  const history = memoryHistory(options.empty ? 0 : (options.history ?? 240));
  const imports = memoryImports(options, tenants, calls, wait);
  const certificateRequests = memoryCertificateRequests(options, calls);
  const collections = memoryCollections(options.empty ?? false, tenants.list, calls);

  const resolve = ({ tenant: name, request }: Input<"request_resolve">): Resolved => {
    const at = name ? tenants.find(name) : null;
    const asked = request.url.replace("{{runtimeUrl}}", at?.runtime_url ?? "");
    const whole = /^https?:/.test(asked);
    const wanted = "key" in request.authorization ? request.authorization.key : null;
    let used: Key | null = null;
    let problem: Failure | null = null;
    if (request.authorization.kind !== "none") {
      if (!at) problem = failure("invalid_input", "No tenant is chosen.", "Choose a tenant in the top right corner.");
      else
        try {
          used = tenants.findKey(at.name, wanted);
        } catch (thrown) {
          problem = thrown as Failure;
        }
    }
    const base = at?.runtime_url ?? null;
    const origin = whole ? new URL(asked).origin : "";
    if (at && used && base && origin && origin !== new URL(base).origin && !at.allowed_hosts.includes(origin))
      problem = {
        ...failure(
          "foreign_host",
          `${new URL(asked).host} is no host of ${at.name}, so its credentials stay here.`,
          "Send without sign-in, or allow this host.",
        ),
        detail: origin,
      };
    return {
      url: whole ? asked : base ? base + asked : null,
      tenant: at?.name ?? null,
      stage: at?.stage ?? null,
      production: at?.stage === "prod" ? at.name : null,
      key: used?.name ?? null,
      writes: !["GET", "HEAD", "OPTIONS", "TRACE"].includes(request.method),
      problem,
    };
  };

  const urlOf = (exchange: string) => exchanges.get(exchange)?.url ?? history.urlOf(exchange) ?? "";
  const handlers: Handlers = {
    ...memoryBody(urlOf),
    ...history.handlers,
    ...memoryCookies((exchange) => exchanges.get(exchange)),
    connectivity_test: ({ target }) => memoryConnectivity(target),
    remark_list: () => [],
    ...memoryServiceInstance,
    ...tenants.handlers,
    ...imports.handlers,
    ...certificateRequests.handlers,
    ...collections.handlers,
    request_resolve: resolve,
    request_cancel: (input) => {
      cancelled.add(input.exchange);
      return null;
    },
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
    ...imports.shell,
    ...certificateRequests.shell,
    ...collections.shell,
    touch: collections.touch,
    calls,
    drop: imports.drop,
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
        throw {
          ...failure("confirmation_needed", `${resolved.tenant} is a production tenant.`, "Send it again and confirm."),
          detail: resolved.tenant,
        };
      const slow = order.request.url.includes("slow") ? 30_000 : (options.delay ?? 0);
      for (const step of progressOf(order)) {
        onProgress(step);
        for (let spent = 0; spent <= slow / 3 && !cancelled.has(order.id); spent += 50) await wait(slow ? 50 : 0);
      }
      const exchange = exchangeOf(order, resolved, cancelled.has(order.id));
      exchanges.set(order.id, exchange);
      history.record(order, exchange, resolved.stage);
      return exchange;
    },
    clipboardClear: async () => void calls.push(["clipboard_clear", null]),
    clipboardCopy: async (text) => void calls.push(["clipboard_copy", text]),
    tokenCopy: async (name, keyName) => void calls.push(["token_copy", { tenant: name, key: keyName }]),
    certificateCopy: async (id) => void calls.push(["certificate_copy", id]),
    fileChoose: async () => "/home/you/orders/order.json",
    bodySave: async (body) => {
      calls.push(["body_save", body]);
      return "/home/you/orders/answer.json";
    },
    bodyCopy: async (shown) => void calls.push(["body_copy", shown]),
    bodyOpen: async (body) => void calls.push(["body_open", body]),
    async historyExport(ids) {
      calls.push(["history_export_choose", ids]);
      return "/home/you/orders/history.har";
    },
    bodyUrl: ({ exchange }) =>
      /\bpdf\b/.test(urlOf(exchange))
        ? `data:application/pdf;base64,${btoa(deliveryNote())}`
        : `data:image/svg+xml,${encodeURIComponent(PICTURE)}`,
    async sandboxStart() {
      await wait(options.delay ? 600 : 0);
      const made = tenant("sandbox", "sandbox", "On this computer", [
        key("integration-flow", "sandbox"),
        key("api", "sandbox", { plan: "api" }),
      ]);
      tenants.put(made);
      return made;
    },
    async certificatesSave(test, wanted, host) {
      calls.push(["certificates_save_choose", [test, wanted, host]]);
      return `/home/you/${host}-${wanted}`;
    },
    onClosing: async () => () => undefined,
    windowClose: async () => undefined,
    painted: async () => undefined,
  };
}
