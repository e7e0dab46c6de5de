import type { Connectivity } from "../bindings/Connectivity";
import { certificate, chain } from "./memory_story";
import { failure } from "./memory_tenants";

/** What a test of this host finds. */
export function memoryConnectivity(target: string): Connectivity {
  if (target.includes(" "))
    throw failure("invalid_input", "This is no host.", "Write host, host:port or a whole address.");
  const host = target.replace(/^https?:\/\//u, "").replace(/[:/].*$/u, "");
  const root = certificate("DigiCert Global Root G2", -3000, 4200, { self_signed: true });
  const { certificates, complete } = chain(certificate(host, -100, 265, { dns_names: [host] }));
  return {
    id: crypto.randomUUID(),
    host,
    port: 443,
    reached: "http",
    lookup: { name: host, addresses: ["52.28.1.10", "52.28.1.11"], duration_ms: 4.2, failure: null },
    proxy: null,
    attempts: [{ address: "52.28.1.10:443", duration_ms: 12.1, failure: null }],
    tls: {
      version: "TLS 1.3",
      cipher: "TLS_AES_256_GCM_SHA384",
      key_exchange: "X25519",
      alpn: "h2",
      handshake_ms: 21,
      versions: [
        { version: "TLS 1.2", offered: true, detail: null },
        { version: "TLS 1.3", offered: true, detail: null },
      ],
      chain: {
        certificates,
        unreadable: 0,
        ordered: true,
        complete,
        missing_issuer: null,
        unrelated: 0,
        names: [host],
        host_matches: true,
        root: { certificate: root, origin: "public", sent: false },
      },
      client_certificate: { demand: "optional", issuers: ["CN=SAP Cloud Root CA, O=SAP SE"] },
      trusted: true,
      refusal: null,
      failure: null,
    },
    http: { status: 401, reason: "Unauthorized", server: null, date: null, ahead_s: 0, duration_ms: 18 },
    findings: [
      {
        rule: "client_certificate_optional",
        severity: "info",
        title: "A client certificate may be shown",
        evidence: "The host asks for one and goes on without it",
        next_step: "Use a certificate key if the flow wants one",
      },
    ],
    failure: null,
    total_ms: 58,
  };
}
