import type { CertificateFacts } from "../bindings/CertificateFacts";
import type { ChainFacts } from "../bindings/ChainFacts";
import type { Draft } from "../bindings/Draft";
import type { Health } from "../bindings/Health";
import type { Key } from "../bindings/Key";
import type { KeyImport } from "../bindings/KeyImport";
import type { Request } from "../bindings/Request";
import type { Stage } from "../bindings/Stage";
import type { Tenant } from "../bindings/Tenant";

const DAY = 86_400_000;
export const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();
export const days = (count: number): string => new Date(Date.now() + count * DAY).toISOString();

export function certificate(
  name: string,
  from: number,
  to: number,
  more: Partial<CertificateFacts> = {},
): CertificateFacts {
  return {
    subject: `CN=${name}, O=SAP SE`,
    name,
    issuer: "CN=SAP PKI Certificate Service Client CA, O=SAP SE",
    serial: "0C:77:1A:9B:4D:E2:09",
    not_before: days(from),
    not_after: days(to),
    key: "RSA 2048",
    fingerprint: "9F:3C:A1:77:42:0B:6D:5E:11:CF:83:20:4A:97:D0:EC",
    public_key_fingerprint: "9F:3C:A1:77:42:0B:6D:5E:11:CF:83:20:4A:97:D0:EC:72:19:55:AB",
    extended_key_usage: ["clientAuth"],
    client_auth: true,
    dns_names: [],
    self_signed: false,
    ...more,
  };
}

export function chain(leaf: CertificateFacts): ChainFacts {
  return {
    certificates: [
      leaf,
      certificate("SAP PKI Certificate Service Client CA", -1800, 1300, { extended_key_usage: [] }),
      certificate("SAP Cloud Root CA", -3000, 4460, { self_signed: true, extended_key_usage: [] }),
    ],
    complete: true,
  };
}

const good: Health = { state: "good", at: ago(20 * 60_000) };

export function key(name: string, host: string, more: Partial<Key> = {}): Key {
  return {
    name,
    kind: "secret",
    plan: "integration-flow",
    client_id: `sb-3f6e1b0c-7a52-4d0e-9c1f-58b2d4a7e913!b123|it-rt-${host}!b45`,
    host_url: `https://${host}.it-cpi018-rt.cfapps.eu10-003.hana.ondemand.com`,
    token_url: `https://${host}.authentication.eu10.hana.ondemand.com/oauth/token`,
    method: "body",
    custody: "keyring",
    usable: true,
    chain: null,
    added_at: ago(30 * DAY),
    health: good,
    ...more,
  };
}

export function tenant(name: string, stage: Stage, group: string | null, keys: Key[]): Tenant {
  const host = keys.find((one) => one.plan === "integration-flow")?.host_url ?? null;
  return {
    name,
    stage,
    color: null,
    group,
    runtime_url: host,
    runtime_url_override: null,
    api_url: null,
    keys,
    allowed_hosts: [],
  };
}

export function story(): Tenant[] {
  const partner = chain(
    certificate("erp-partner.acme.example", -352, 13, { subject: "CN=erp-partner.acme.example, O=Acme Foods" }),
  );
  return [
    tenant("acme-dev", "dev", "Acme Foods", [
      key("workbench", "acme-dev", {
        kind: "certificate",
        method: "mtls",
        chain: chain(certificate("8f2c41d7-acme-dev", -313, 52)),
      }),
      key("monitoring", "acme-dev", { plan: "api", client_id: "sb-91d0c6a2-1e77-4a2b-8a5d-0f3b!b45|it!b45" }),
      key("erp-partner", "acme-dev", { kind: "external", method: "mtls", chain: partner }),
      key("jenkins-old", "acme-dev", { health: { state: "bad", at: ago(20 * 60_000), reason: "Bad credentials" } }),
    ]),
    tenant("acme-test", "test", "Acme Foods", [key("workbench", "acme-test")]),
    tenant("acme-prod", "prod", "Acme Foods", [key("operations", "acme-prod")]),
    tenant("nordwind-dev", "dev", "Nordwind Logistik", [
      key("workbench", "nordwind-dev", { kind: "certificate", chain: chain(certificate("nordwind-dev", -356, 9)) }),
    ]),
    tenant("nordwind-test", "test", "Nordwind Logistik", [key("workbench", "nordwind-test")]),
    tenant("veltro-dev", "dev", "Veltro Chemicals", [
      key("workbench", "veltro-dev", {
        kind: "certificate",
        chain: chain(certificate("veltro-dev", -370, -5)),
        health: { state: "bad", at: ago(60_000), reason: "certificate expired" },
      }),
    ]),
    tenant("sakura-dev", "dev", "Sakura Parts", [key("workbench", "sakura-dev", { health: { state: "unknown" } })]),
    tenant("sakura-empty", "dev", "Sakura Parts", []),
  ];
}

export function request(method: string, url: string, text?: string): Request {
  return {
    method,
    url,
    parameters: [],
    path_parameters: [],
    headers: text ? [{ name: "Content-Type", value: "application/json", enabled: true }] : [],
    body: text ? { kind: "json", text } : { kind: "none" },
    authorization: { kind: "bearer", key: null },
    csrf: "auto",
    options: { timeout_ms: null, follow_redirects: null, http1_only: false },
  };
}

export const ORDER = `{
  "purchaseOrder": "PO-2026-11842",
  "soldTo": "0010001000",
  "salesOrg": "1710",
  "currency": "EUR",
  "requestedOn": "2026-12-01",
  "items": [
    { "material": "TG-11", "quantity": 12, "unit": "EA", "netPrice": 14.95 },
    { "material": "TG-14", "quantity": 3, "unit": "EA", "netPrice": 129.00 }
  ],
  "note": "Ł, ş, Ω ≤ ≥"
}
`;

const DETAILS = { tags: [], variables: [], scripts: [], assertions: [], docs: "" };

export function drafts(): Draft[] {
  return [
    {
      id: "d1",
      position: 1,
      title: "Create order",
      tenant: "acme-dev",
      request: request("POST", "/http/acme/orders/v2/create", ORDER),
      details: DETAILS,
      file: null,
    },
    {
      id: "d2",
      position: 2,
      title: "Order status",
      tenant: "acme-dev",
      request: request("GET", "/http/acme/orders/4500018237"),
      details: DETAILS,
      file: null,
    },
    {
      id: "d3",
      position: 3,
      title: null,
      tenant: "acme-prod",
      request: request("POST", "/http/acme/orders/v2/create", ORDER),
      details: DETAILS,
      file: null,
    },
  ];
}

const text = (value: string) => ({ kind: "text" as const, text: value });
const masked = (label: string, length: number) => ({ kind: "masked" as const, label, length });

function shown(kind: "certificate" | "external" | "secret"): KeyImport["text"] {
  const secret =
    kind === "secret"
      ? [text('    "clientsecret": '), masked("hidden", 44), text(",")]
      : [text('    "certificate": '), masked(kind === "external" ? "1 certificate" : "3 certificates", 0), text(",")];
  return [
    [text("{")],
    [text('  "oauth": {')],
    [text('    "createdate": "2026-01-15T09:12:44.118Z",')],
    [text('    "clientid": "sb-3f6e1b0c-7a52-4d0e-9c1f-58b2d4a7e913!b123|it-rt-acme-dev!b45",')],
    [text('    "url": "https://acme-dev.it-cpi018-rt.cfapps.eu10-003.hana.ondemand.com",')],
    secret,
    ...(kind === "certificate" ? [[text('    "key": '), masked("hidden", 1704), text(",")]] : []),
    [text('    "tokenurl": "https://acme-dev.authentication.cert.eu10.hana.ondemand.com/oauth/token"')],
    [text("  }")],
    [text("}")],
  ];
}

export function imported(id: string, kind: "certificate" | "external" | "secret"): KeyImport {
  const leaf =
    kind === "external"
      ? certificate("erp-partner.acme.example", -265, 13)
      : certificate("8f2c41d7-acme-dev", -313, 52);
  return {
    id,
    text: shown(kind),
    facts: {
      kind,
      plan: "integration-flow",
      client_id: "sb-3f6e1b0c-7a52-4d0e-9c1f-58b2d4a7e913!b123|it-rt-acme-dev!b45",
      host_url: "https://acme-dev.it-cpi018-rt.cfapps.eu10-003.hana.ondemand.com",
      token_url: "https://acme-dev.authentication.cert.eu10.hana.ondemand.com/oauth/token",
      stated_token_url: null,
      chain: kind === "secret" ? null : kind === "external" ? { certificates: [leaf], complete: false } : chain(leaf),
      private_key_fits: kind === "certificate" ? true : null,
      problems: [],
    },
    repairs:
      kind === "certificate"
        ? [
            {
              message: "`\\n` sequences turned into line breaks",
              place: "84 in the certificate, 27 in the private key",
            },
            { message: "Text before the JSON ignored", place: "“Getting key workbench for service instance cpi-rt…”" },
            { message: "Comma after the last field removed", place: "Line 14" },
          ]
        : [],
    failure: null,
    private_key: null,
    comparison: null,
    blocked: kind === "external" ? "Save waits for the matching private key. Nothing has been stored yet." : null,
    suggested_tenant: "acme-dev",
    suggested_stage: "dev",
    suggested_name: "workbench",
  };
}
