import { Timer } from "lucide-react";
import type { Exchange } from "../bindings/Exchange";
import { EmptyState } from "../components/EmptyState";
import { clock } from "../format/time";
import { TokenClaims, TokenRoles } from "../token/TokenCard";
import { TokenLeft } from "../token/TokenLeft";
import { useToken } from "../token/state";

/** The token the call was made with, as it was then; of older records that of its key now. */
export function TokenTab({ exchange }: { exchange: Exchange }) {
  const bearer = exchange.request.authorization.kind === "bearer";
  const asks = bearer && !exchange.token;
  const now = useToken(asks ? exchange.tenant : null, asks ? exchange.key : null);
  const facts = exchange.token ?? now.facts;
  if (!facts) {
    return (
      <EmptyState
        icon={Timer}
        title="No token"
        text={bearer ? "Sluice holds no token for this key at the moment." : "This call was signed in without a token."}
      />
    );
  }
  return (
    <div className="scroll pane-form wide">
      <p>
        Token of {facts.tenant ? <b>{facts.tenant}</b> : "a client of the request's own"}
        {facts.key ? ` · ${facts.key}` : ""}, fetched {clock(facts.fetched_at)}, <TokenLeft facts={facts} />
      </p>
      <section aria-label="Roles">
        <h3 className="sub">Roles it carries</h3>
        <TokenRoles facts={facts} />
      </section>
      <section aria-label="Claims">
        <h3 className="sub">Claims</h3>
        <TokenClaims facts={facts} />
      </section>
      {facts.scopes.length > 0 ? (
        <section aria-label="Scopes">
          <h3 className="sub">Scopes as granted</h3>
          {facts.scopes.map((scope) => (
            <div key={scope} className="mono">
              {scope}
            </div>
          ))}
        </section>
      ) : null}
    </div>
  );
}
