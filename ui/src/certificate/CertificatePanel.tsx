import { BadgeCheck, CircleQuestionMark, KeyRound, TriangleAlert, X, type LucideIcon } from "lucide-react";
import type { CertificateCheck } from "../bindings/CertificateCheck";
import type { CheckState } from "../bindings/CheckState";
import type { ClientCertificate } from "../bindings/ClientCertificate";
import { Button } from "../components/Button";
import { Icon } from "../components/Icon";
import { openRenewal } from "../service_key/import_state";
import { Chain } from "../service_key/Chain";

const MARKS: Record<CheckState, { icon: LucideIcon; tone: string }> = {
  bad: { icon: X, tone: "bad" },
  warning: { icon: TriangleAlert, tone: "warn" },
  unknown: { icon: CircleQuestionMark, tone: "dim" },
  good: { icon: BadgeCheck, tone: "ok" },
};

function Check({ check }: { check: CertificateCheck }) {
  const { icon, tone } = MARKS[check.state];
  return (
    <li className="certificate-check">
      <Icon of={icon} size={16} className={tone} />
      <div>
        {check.message}
        {check.hint ? <div className="dim small">{check.hint}</div> : null}
        {check.source ? <div className="dim small">Source: {check.source}</div> : null}
      </div>
    </li>
  );
}

/** Everything about one certificate: its chain, what was looked at, and how to renew it without a gap. */
export function CertificatePanel({ certificate }: { certificate: ClientCertificate }) {
  const { report, tenant, key, kind } = certificate;
  const [leaf] = report.chain.certificates;
  return (
    <aside className="certificate-panel" aria-label="Certificate">
      <section>
        <h2>{leaf?.name ?? key}</h2>
        <p className="dim small">
          {kind === "external" ? "External certificate" : "Certificate made by SAP"}, presented by {tenant} · {key}
        </p>
        {leaf ? (
          <dl className="facts">
            <dt>Serial</dt>
            <dd className="mono">{leaf.serial}</dd>
            <dt>Issuer</dt>
            <dd>{leaf.issuer}</dd>
            <dt>SHA-256</dt>
            <dd className="mono">{leaf.fingerprint}</dd>
            <dt>SHA-1</dt>
            <dd className="mono">{report.sha1_fingerprint}</dd>
          </dl>
        ) : null}
      </section>
      <Chain chain={report.chain} />
      <section aria-label="Checks">
        <h3 className="h3">Checks</h3>
        <ul>
          {report.checks.map((check) => (
            <Check key={`${check.aspect} ${check.certificate ?? ""} ${check.message}`} check={check} />
          ))}
        </ul>
      </section>
      {report.renewals.map((renewal) => (
        <section key={renewal.applies ?? "renewal"} aria-label="Renew without a gap">
          <h3 className="h3">{renewal.applies ? `Renew: ${renewal.applies}` : "Renew without a gap"}</h3>
          <ol className="certificate-steps">
            {renewal.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </section>
      ))}
      <Button icon={KeyRound} onClick={() => openRenewal(tenant, key)}>
        Renew with a new service key
      </Button>
    </aside>
  );
}
