import type { Door } from "../bindings/Door";
import type { Exchange } from "../bindings/Exchange";
import type { HistoryEntry } from "../bindings/HistoryEntry";
import type { SendContext } from "../bindings/SendContext";
import type { Stage } from "../bindings/Stage";
import { exchangeOf } from "./memory_exchange";
import { request } from "./memory_story";

/** An exchange of the made-up history; its texts are made when they are asked for. */
export interface Kept {
  entry: HistoryEntry;
  request: string;
  answer: string;
  context: SendContext | null;
  /** One that was sent in this run. */
  exchange?: Exchange;
}

interface Told {
  daysAgo: number;
  at: string;
  title: string | null;
  method?: string;
  tenant?: string;
  stage?: Stage;
  path?: string;
  status: number | null;
  took: number;
  door?: Door;
  order: string;
  german?: boolean;
}

const HOST = (tenant: string) => `https://${tenant}.it-cpi018-rt.cfapps.eu10-003.hana.ondemand.com`;

function orderText(order: string, german: boolean): string {
  return `{
  "purchaseOrder": "${order}",
  "soldTo": "0010001000",
  "salesOrg": "1710",
  "currency": "EUR",
  "requestedOn": "${german ? "01.12.2026" : "2026-12-01"}",
  "items": [
    { "material": "TG-11", "quantity": 12, "unit": "EA" },
    { "material": "TG-14", "quantity": 3, "unit": "EA" }
  ]${german ? ',\n  "express": true' : ""}
}
`;
}

function answerText(status: number | null, order: string, method: string): string {
  if (status === null || status === 204) return "";
  if (status >= 500)
    return "An internal server error occured: The MPL ID for the failed message is : AGsFigHpYU59D5T6MM8V-qm-B_-t";
  if (status >= 400) return "";
  const reference = method === "GET" ? `\n  "customerReference": "${order}",` : "";
  return `{${reference}\n  "salesOrder": "4500018237",\n  "status": "CREATED",\n  "system": { "sid": "S4D", "client": "100" }\n}\n`;
}

function momentOf(daysAgo: number, at: string): string {
  const [hours = 0, minutes = 0, seconds = 0] = at.split(":").map(Number);
  const day = new Date();
  // Nothing of today is later than now.
  if (daysAgo === 0) return new Date(day.getTime() - (24 - hours) * 900_000 - seconds * 1000).toISOString();
  day.setDate(day.getDate() - daysAgo);
  day.setHours(hours, minutes, seconds, 0);
  return day.toISOString();
}

function keptOf(told: Told, number: number): Kept {
  const { method = "POST", tenant = "acme-dev", stage = "dev", status } = told;
  const answer = answerText(status, told.order, method);
  return {
    entry: {
      id: `h${number}`,
      started_at: momentOf(told.daysAgo, told.at),
      door: told.door ?? "window",
      tenant,
      stage,
      title: told.title,
      method,
      url: HOST(tenant) + (told.path ?? "/http/acme/orders/v2/create"),
      status,
      took_ms: told.took,
      body_size: answer.length,
      pinned: false,
      note: null,
      found: [],
    },
    request: method === "GET" ? "" : orderText(told.order, told.german ?? false),
    answer,
    context: null,
  };
}

const test = { tenant: "acme-test", stage: "test" as const };
const status = { title: "Order status", method: "GET", path: "/http/acme/orders/4500018237" };
const create = { title: "Create order" };

const TOLD: Told[] = [
  { ...create, daysAgo: 0, at: "23:31:52", status: 201, took: 284, order: "PO-2026-11842" },
  { ...create, daysAgo: 0, at: "22:30:58", status: 403, took: 41, order: "PO-2026-11842" },
  { ...create, daysAgo: 0, at: "21:13:25", status: 201, took: 618, order: "PO-2026-11842" },
  { ...create, daysAgo: 0, at: "20:58:41", status: 500, took: 84, order: "PO-2026-11842", german: true },
  { ...status, ...test, daysAgo: 0, at: "19:20:16", status: 200, took: 203, door: "terminal", order: "PO-2026-11840" },
  { ...create, daysAgo: 0, at: "18:02:44", status: null, took: 120_000, order: "PO-2026-11842" },
  { ...create, ...test, daysAgo: 1, at: "16:47:03", status: 201, took: 342, order: "PO-2026-11840" },
  {
    ...test,
    title: "Create order, 500 items",
    daysAgo: 1,
    at: "16:40:12",
    status: 201,
    took: 2410,
    door: "terminal",
    order: "PO-2026-11840",
  },
  {
    ...test,
    title: "Change delivery date",
    method: "PATCH",
    daysAgo: 1,
    at: "16:40:09",
    status: 204,
    took: 127,
    door: "terminal",
    order: "PO-2026-11840",
  },
  { ...create, daysAgo: 5, at: "17:15:30", status: 201, took: 297, order: "PO-2026-11841" },
  { ...create, daysAgo: 5, at: "17:12:08", status: 500, took: 91, order: "PO-2026-11841" },
  { ...status, daysAgo: 5, at: "17:11:52", status: 200, took: 188, door: "terminal", order: "PO-2026-11841" },
];

const TENANTS: ReadonlyArray<[string, Stage]> = [
  ["acme-dev", "dev"],
  ["acme-test", "test"],
  ["acme-prod", "prod"],
  ["nordwind-dev", "dev"],
  ["veltro-dev", "dev"],
];
const STATUSES = [200, 201, 200, 404, 200, 204, 302, 200, 500, 201];

function filler(number: number): Told {
  const [tenant, stage] = TENANTS[(number * 7) % TENANTS.length] ?? ["acme-dev", "dev"];
  const two = (value: number) => String(value).padStart(2, "0");
  const second = 86_399 - ((number * 173) % 400) * 216;
  const reads = number % 3 > 0;
  return {
    tenant,
    stage,
    daysAgo: 6 + Math.floor(number / 400),
    at: `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`,
    title: number % 5 === 0 ? null : reads ? "Stock level" : "Post delivery",
    method: reads ? "GET" : "POST",
    path: reads ? `/http/stock/${1000 + (number % 97)}?plant=${number % 7}` : "/http/deliveries",
    status: STATUSES[number % STATUSES.length] ?? 200,
    took: 40 + ((number * 37) % 900),
    door: number % 11 === 0 ? "terminal" : "window",
    order: `PO-2025-${20_000 + number}`,
  };
}

/** As many entries as asked for, newest first: the twelve of the story, then older ones. */
export function historyStory(count: number): Kept[] {
  const told = Array.from({ length: count }, (_, number) => TOLD[number] ?? filler(number - TOLD.length));
  return told.map(keptOf).toSorted((a, b) => (a.entry.started_at < b.entry.started_at ? 1 : -1));
}

const REASONS: Record<number, string> = {
  200: "OK",
  201: "Created",
  204: "No Content",
  302: "Found",
  403: "Forbidden",
  404: "Not Found",
  500: "Internal Server Error",
};

/** The whole record of an entry. */
export function recordOf({ entry, request: text, answer, exchange }: Kept): Exchange {
  if (exchange) return exchange;
  const asked = request(entry.method, new URL(entry.url).pathname, text || undefined);
  const order = { id: entry.id, tenant: entry.tenant ?? undefined, request: asked, confirmed: true };
  const key = "workbench";
  const resolved = {
    url: entry.url,
    tenant: entry.tenant,
    stage: entry.stage,
    production: null,
    key,
    writes: entry.method !== "GET",
    problem: null,
  };
  const made = exchangeOf({ ...order, request: { ...asked, method: "GET" } }, resolved, false);
  const call = made.calls.at(-1);
  const received = call?.received;
  const base = { ...made, request: asked, started_at: entry.started_at, took_ms: entry.took_ms };
  if (!call || !received || entry.status === null) {
    const message = "No answer came within 120 s.";
    const hint = "The flow may still finish on the tenant.";
    return { ...base, calls: [], failure: { code: "timed_out", message, hint, detail: null } };
  }
  const sent = { ...call.sent, method: entry.method, body_size: text.length };
  const isText = entry.status >= 500;
  const answered = {
    ...received,
    status: entry.status,
    reason: REASONS[entry.status] ?? "",
    body_size: answer.length,
    content_type: isText ? "text/plain" : "application/json",
  };
  return { ...base, calls: [{ ...call, sent, received: answered }] };
}
