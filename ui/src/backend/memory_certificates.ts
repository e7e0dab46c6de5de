import type { CertificateCheck } from "../bindings/CertificateCheck";
import type { ClientCertificate } from "../bindings/ClientCertificate";
import type { ExpiryWarning } from "../bindings/ExpiryWarning";
import type { Tenant } from "../bindings/Tenant";

const DAY = 86_400_000;

function warningOf(days: number): ExpiryWarning {
  if (days < 0) return "expired";
  if (days <= 7) return "week";
  if (days <= 30) return "month";
  return days <= 60 ? "two_months" : "none";
}

const CHECKS: CertificateCheck[] = [
  {
    aspect: "load_balancer_trust",
    state: "unknown",
    message: "Whether the load balancer trusts this root is not published",
    hint: "Look it up in SAP Note 2801396",
    source: null,
    certificate: null,
  },
  {
    aspect: "chain",
    state: "good",
    message: "The chain is complete and in order",
    hint: null,
    source: null,
    certificate: null,
  },
];

const STEPS = [
  "Create a second service key; the old one keeps working",
  "Add the new key here and test it",
  "Delete the old key in the cockpit",
];

/** The certificates of these tenants' keys, what ends first at the top. */
export function certificatesOf(tenants: ReadonlyArray<Tenant>): ClientCertificate[] {
  const all = tenants.flatMap((tenant) =>
    tenant.keys.flatMap((key): ClientCertificate[] => {
      const leaf = key.chain?.certificates[0];
      if (!key.chain || !leaf) return [];
      const days = Math.floor((Date.parse(leaf.not_after) - Date.now()) / DAY);
      const report = {
        sha1_fingerprint: "A1:77:42:0B:6D:5E:11:CF:83:20:4A:97:D0:EC:72:19:55:AB:00:1F",
        chain: key.chain,
        days_left: days,
        warning: warningOf(days),
        renewals: [{ applies: null, steps: STEPS }],
        checks: CHECKS,
      };
      return [{ tenant: tenant.name, stage: tenant.stage, key: key.name, kind: key.kind, plan: key.plan, report }];
    }),
  );
  return all.toSorted((a, b) => a.report.days_left - b.report.days_left);
}
