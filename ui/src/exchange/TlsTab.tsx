import { LockKeyholeOpen, ShieldCheck, TriangleAlert } from "lucide-react";
import type { Call } from "../bindings/Call";
import type { Exchange } from "../bindings/Exchange";
import type { TlsFacts } from "../bindings/TlsFacts";
import { Callout } from "../components/Callout";
import { EmptyState } from "../components/EmptyState";
import { hostOf } from "../format/address";
import { day } from "../format/time";
import { Chain } from "../service_key/Chain";
import { purposeName } from "./facts";

/** A server that was called, with the last call to it, and whether it asked when the connection was made. */
interface Server {
  call: Call;
  tls: TlsFacts;
  asked: boolean | null;
}

/** The servers of an exchange, the one that answered first. */
function serversOf(exchange: Exchange): Server[] {
  const servers = new Map<string, Server>();
  for (const call of exchange.calls.toReversed()) {
    const { tls } = call;
    if (!tls) continue;
    const host = hostOf(call.sent.url);
    const known = servers.get(host);
    if (!known) servers.set(host, { call, tls, asked: tls.certificate_requested });
    else known.asked ??= tls.certificate_requested;
  }
  return [...servers.values()];
}

function askedWords(asked: boolean | null): string {
  if (asked === null) return "not known; the connection was made before";
  return asked ? "yes" : "no";
}

function Server({ server: { call, tls, asked }, title }: { server: Server; title: string | null }) {
  const host = hostOf(call.sent.url);
  return (
    <section className="tls-server" aria-label={`TLS with ${host}`}>
      {title ? <h3 className="sub">{title}</h3> : null}
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
            ? `${host} proved that it is who it says.`
            : "Either verification is off for this host in the settings, or the check failed. Anyone could be on the other side."}
        </p>
      </Callout>
      <dl className="facts">
        <dt>Version</dt>
        <dd>{tls.version ?? "not known"}</dd>
        <dt>Address</dt>
        <dd className="mono">{call.remote_address ?? "not known"}</dd>
        <dt>Asked for a client certificate</dt>
        <dd>{askedWords(asked)}</dd>
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
    </section>
  );
}

/** How each server was reached: who showed which certificate, that of the token server too. */
export function TlsTab({ exchange }: { exchange: Exchange }) {
  const servers = serversOf(exchange);
  if (servers.length === 0) {
    return (
      <EmptyState
        icon={LockKeyholeOpen}
        title="No TLS"
        text="The call was made without TLS, or it failed before TLS was agreed on."
      />
    );
  }
  const titleOf = ({ call }: Server) => `${purposeName(call.purpose)} · ${hostOf(call.sent.url)}`;
  return (
    <div className="scroll pane-form wide">
      {servers.map((server) => (
        <Server
          key={hostOf(server.call.sent.url)}
          server={server}
          title={servers.length > 1 ? titleOf(server) : null}
        />
      ))}
    </div>
  );
}
