import type { Call } from "../bindings/Call";
import type { Exchange } from "../bindings/Exchange";
import type { Header } from "../bindings/Header";
import type { Phases } from "../bindings/Phases";
import type { Progress } from "../bindings/Progress";
import type { Purpose } from "../bindings/Purpose";
import type { Received } from "../bindings/Received";
import type { RequestSend } from "../bindings/RequestSend";
import type { Resolved } from "../bindings/Resolved";
import type { TlsFacts } from "../bindings/TlsFacts";
import { certificate, chain } from "./memory_story";

export const ANSWER = `{
  "salesOrder": "4500018237",
  "status": "CREATED",
  "createdAt": "2026-11-24T13:31:52Z",
  "system": { "sid": "S4D", "client": "100" },
  "totals": { "net": 566.40, "tax": 107.62, "currency": "EUR" },
  "items": [
    {
      "item": 10,
      "material": "TG-11",
      "confirmed": 12,
      "deliveryDate": "2026-12-01"
    },
    {
      "item": 20,
      "material": "TG-14",
      "confirmed": 3,
      "deliveryDate": "2026-12-03"
    }
  ],
  "blocked": false,
  "next": null
}
`;

const plain = (name: string, value: string): Header => ({ name, value: [{ kind: "text", text: value }] });

function phases(
  name: number | null,
  connect: number | null,
  tls: number | null,
  send: number,
  wait: number,
  receive: number,
): Phases {
  const total = (name ?? 0) + (connect ?? 0) + (tls ?? 0) + send + wait + receive;
  return {
    reused: name === null,
    name_ms: name,
    connect_ms: connect,
    tls_ms: tls,
    send_ms: send,
    wait_ms: wait,
    receive_ms: receive,
    total_ms: total,
  };
}

const TLS: TlsFacts = {
  version: "TLS 1.3",
  server_chain: chain(
    certificate("*.cfapps.eu10-003.hana.ondemand.com", -100, 200, {
      dns_names: ["*.cfapps.eu10-003.hana.ondemand.com"],
    }),
  ),
  verified: true,
  certificate_requested: true,
  acceptable_issuers: ["CN=SAP Cloud Root CA, O=SAP SE, C=DE"],
  certificate_sent: null,
};

function received(status: number, reason: string, size: number): Received {
  return {
    status,
    reason,
    version: "HTTP/1.1",
    headers: [
      plain("Content-Type", "application/json"),
      plain("Date", new Date().toUTCString()),
      plain("Server", "SAP"),
      plain("X-Content-Type-Options", "nosniff"),
      {
        name: "Set-Cookie",
        value: [
          { kind: "text", text: "JSESSIONID=" },
          { kind: "masked", label: "", length: 32 },
          { kind: "text", text: "; Path=/http; Secure; HttpOnly" },
        ],
      },
    ],
    content_type: "application/json",
    content_encoding: size > 0 ? "gzip" : null,
    wire_size: Math.round(size * 0.56),
    body_size: size,
    complete: true,
  };
}

function call(
  purpose: Purpose,
  reason: string,
  start: number,
  method: string,
  url: string,
  taken: Phases,
  answer: Received | null,
): Call {
  const headers: Header[] = [
    {
      name: "Authorization",
      value: [
        { kind: "text", text: "Bearer " },
        { kind: "masked", label: "", length: 1482 },
      ],
    },
    plain("Content-Type", "application/json"),
    plain("User-Agent", "Sluice/0.1.0"),
  ];
  if (purpose === "again")
    headers.splice(1, 0, { name: "X-CSRF-Token", value: [{ kind: "masked", label: "", length: 32 }] });
  return {
    purpose,
    reason,
    start_ms: start,
    sent: { method, url, headers, body_size: method === "GET" ? 0 : 391 },
    received: answer,
    phases: taken,
    tls: TLS,
    remote_address: "3.65.213.40:443",
    failure: null,
  };
}

export function progressOf(order: RequestSend): Progress[] {
  return [
    { stage: "calling", purpose: "request", number: 1 },
    { stage: "sending", sent: 391, of: 391 },
    { stage: "waiting" },
    { stage: "receiving", status: order.request.method === "POST" ? 201 : 200, received: 344, of: 612 },
  ];
}

export function exchangeOf(order: RequestSend, resolved: Resolved, cancelled: boolean): Exchange {
  const { method } = order.request;
  const url = resolved.url ?? order.request.url;
  const base: Exchange = {
    id: order.id,
    tenant: order.tenant ?? null,
    key: resolved.key,
    request: order.request,
    url,
    started_at: new Date().toISOString(),
    took_ms: 618,
    calls: [],
    failure: null,
    refusal: null,
  };
  if (cancelled) {
    return {
      ...base,
      took_ms: 1_400,
      failure: {
        code: "cancelled",
        message: "You stopped the waiting.",
        hint: "The flow may still finish on the tenant.",
        detail: null,
      },
    };
  }
  if (url.includes("nowhere")) {
    const lost = call("request", "Your request.", 0, method, url, phases(12, null, null, 0, 0, 0), null);
    const failure = {
      code: "name_not_resolved" as const,
      message: "There is no host called nowhere.example.",
      hint: "Check the region in the address.",
      detail: "dns error: failed to lookup address information: Name or service not known",
    };
    return { ...base, took_ms: 12, calls: [{ ...lost, failure }], failure };
  }
  if (url.includes("cut")) {
    const failure = {
      code: "cut_off" as const,
      message: "The connection ended before the whole body had arrived.",
      hint: "What arrived is shown below.",
      detail: "unexpected EOF during chunk size line",
    };
    const half = call("request", "Your request.", 0, method, url, phases(4, 12, 30, 1, 80, 9), {
      ...received(200, "OK", 410),
      complete: false,
    });
    return { ...base, took_ms: 136, calls: [{ ...half, failure }], failure };
  }
  if (method === "GET") {
    const only = call(
      "request",
      "The token in hand is still valid, so this is the only call.",
      0,
      method,
      url,
      phases(null, null, null, 1, 61, 3),
      received(200, "OK", ANSWER.length),
    );
    return { ...base, took_ms: 65, calls: [only] };
  }
  return {
    ...base,
    calls: [
      call(
        "token",
        "No token was left for this key, so one was fetched with the client certificate. It serves the next 60 minutes.",
        0,
        "POST",
        "https://acme-dev.authentication.cert.eu10.hana.ondemand.com/oauth/token",
        phases(9, 12, 31, 1, 119, 12),
        received(200, "OK", 1690),
      ),
      call(
        "request",
        "The sender is CSRF protected and answered 403 with `X-CSRF-Token: required`. The flow did not run; no message was written.",
        185,
        method,
        url,
        phases(3, 11, 30, 1, 44, 1),
        received(403, "Forbidden", 620),
      ),
      call(
        "csrf",
        "So a CSRF token and its three cookies were fetched, on the same connection.",
        275,
        "GET",
        url,
        phases(null, null, null, 1, 55, 1),
        received(200, "OK", 0),
      ),
      call(
        "again",
        "Then your request was sent once more. The token is kept, so the next Send is a single call.",
        334,
        method,
        url,
        phases(null, null, null, 4, 259, 21),
        received(201, "Created", ANSWER.length),
      ),
    ],
  };
}
