import type { ClientCertificateRequest } from "../bindings/ClientCertificateRequest";
import type { Connectivity } from "../bindings/Connectivity";
import type { HostFacts } from "../bindings/HostFacts";
import type { RootOrigin } from "../bindings/RootOrigin";
import { count, duration } from "../format/time";

/** One line of what the test did. */
export interface Step {
  name: string;
  text: string;
  /** Null where it was not come to. */
  worked: boolean | null;
}

const ORIGINS: Record<RootOrigin, string> = {
  public: "a public root",
  company: "a root of your company",
  added: "a root you added",
  sandbox: "the sandbox's root",
  untrusted: "trusted by nobody here",
};

export function rootWords(origin: RootOrigin): string {
  return ORIGINS[origin];
}

export function demandWords({ demand, issuers }: ClientCertificateRequest): string {
  const from = issuers.length > 0 ? `, from ${count(issuers.length, "named issuer")}` : "";
  switch (demand) {
    case "required":
      return `required${from}`;
    case "optional":
      return `asked for, not required${from}`;
    case "likely":
      return "likely required: the host closed the connection without one";
    case "unclear":
      return "not clear";
    case "none":
      return "not asked for";
  }
}

function tlsStep(tls: HostFacts | null): Step {
  if (!tls) return { name: "TLS", text: "not reached", worked: null };
  if (tls.version === null) return { name: "TLS", text: tls.failure ?? "no handshake", worked: false };
  const parts = [tls.version, tls.cipher, tls.alpn, tls.handshake_ms === null ? null : duration(tls.handshake_ms)];
  return { name: "TLS", text: parts.filter(Boolean).join(", "), worked: true };
}

/** What the test did, in its order. */
export function stepsOf({ lookup, proxy, attempts, tls, http }: Connectivity): Step[] {
  const steps: Step[] = [];
  if (lookup)
    steps.push({
      name: "Name",
      text: lookup.failure ?? `${lookup.addresses.join(", ")}, ${duration(lookup.duration_ms)}`,
      worked: lookup.failure === null,
    });
  if (proxy)
    steps.push({
      name: "Proxy",
      text: `${proxy.address}: ${proxy.failure ?? [proxy.status, proxy.reason].filter(Boolean).join(" ")}`,
      worked: proxy.failure === null,
    });
  for (const { address, failure, duration_ms } of attempts)
    steps.push({
      name: "Connect",
      text: `${address}: ${failure ?? duration(duration_ms)}`,
      worked: failure === null,
    });
  steps.push(tlsStep(tls));
  steps.push(
    http
      ? { name: "HTTP", text: `${http.status} ${http.reason}, ${duration(http.duration_ms)}`, worked: true }
      : { name: "HTTP", text: "no answer", worked: null },
  );
  return steps;
}
