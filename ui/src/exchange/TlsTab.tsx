import { LockKeyholeOpen, ShieldCheck, TriangleAlert } from "lucide-react";
import type { Call } from "../bindings/Call";
import type { Exchange } from "../bindings/Exchange";
import { Callout } from "../components/Callout";
import { EmptyState } from "../components/EmptyState";
import { hostOf } from "../format/address";
import { day } from "../format/time";
import { Chain } from "../service_key/Chain";
import { lastCall } from "./facts";

function asked(call: Call): string {
  const { tls } = call;
  if (!tls || tls.certificate_requested === null) return "not known; the connection was made before";
  return tls.certificate_requested ? "yes" : "no";
}

/** How the connection was secured, and who showed which certificate. */
export function TlsTab({ exchange }: { exchange: Exchange }) {
  const call = lastCall(exchange);
  const tls = call?.tls;
  if (!call || !tls) {
    return (
      <EmptyState
        icon={LockKeyholeOpen}
        title="No TLS"
        text="The call was made without TLS, or it failed before TLS was agreed on."
      />
    );
  }
  return (
    <div className="scroll pane-form wide">
      <Callout
        tone={tls.verified ? "ok" : "bad"}
        icon={tls.verified ? ShieldCheck : TriangleAlert}
        title={
          tls.verified
            ? `${tls.version ?? "TLS"}, the server's certificate is good`
            : `${tls.version ?? "TLS"}, the server's certificate was not found good`
        }
      >
        <p>
          {tls.verified
            ? `${hostOf(call.sent.url)} proved that it is who it says.`
            : "Either verification is off for this host in the settings, or the check failed. Anyone could be on the other side."}
        </p>
      </Callout>
      <dl className="facts">
        <dt>Version</dt>
        <dd>{tls.version ?? "not known"}</dd>
        <dt>Address</dt>
        <dd className="mono">{call.remote_address ?? "not known"}</dd>
        <dt>Asked for a client certificate</dt>
        <dd>{asked(call)}</dd>
        <dt>Client certificate sent</dt>
        <dd>
          {tls.certificate_sent
            ? `${tls.certificate_sent.subject}, until ${day(tls.certificate_sent.not_after)}`
            : "none"}
        </dd>
        {tls.acceptable_issuers.length > 0 ? (
          <>
            <dt>Accepts issuers</dt>
            <dd>
              {tls.acceptable_issuers.slice(0, 12).map((issuer) => (
                <div key={issuer}>{issuer}</div>
              ))}
              {tls.acceptable_issuers.length > 12 ? (
                <div className="dim">and {tls.acceptable_issuers.length - 12} more</div>
              ) : null}
            </dd>
          </>
        ) : null}
      </dl>
      {tls.server_chain ? <Chain chain={tls.server_chain} title="Certificates of the server" client={false} /> : null}
    </div>
  );
}
