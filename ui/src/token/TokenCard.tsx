import { BadgeCheck, CircleDashed, Copy, RefreshCw, Timer } from "lucide-react";
import { useState } from "react";
import { backend, failureOf } from "../backend";
import type { Error as Failure } from "../bindings/Error";
import type { Key } from "../bindings/Key";
import type { Method } from "../bindings/Method";
import type { Tenant } from "../bindings/Tenant";
import type { TokenFacts } from "../bindings/TokenFacts";
import { Button } from "../components/Button";
import { Ask } from "../components/Dialog";
import { EmptyState } from "../components/EmptyState";
import { Icon } from "../components/Icon";
import { Segmented } from "../components/Segmented";
import { toast } from "../components/Toast";
import { TokenTrouble } from "../diagnosis/TokenTrouble";
import { FailureNote } from "../failure/FailureNote";
import { hostOf } from "../format/address";
import { clock, countdown, duration, moment } from "../format/time";
import { ClaimsDialog } from "./ClaimsDialog";
import { fetchToken, useSecondsLeft, useToken } from "./state";

const WITH: Record<Method, string> = {
  mtls: "with mTLS",
  body: "with client id and secret",
  basic: "with Basic sign-in",
};

function lifetime(seconds: number): string {
  return seconds >= 7200 && seconds % 3600 === 0 ? `${seconds / 3600} h` : `${Math.round(seconds / 60)} min`;
}

function Countdown({ facts }: { facts: TokenFacts }) {
  const left = useSecondsLeft(facts);
  const share = facts.lifetime_seconds > 0 ? left / facts.lifetime_seconds : 0;
  const soon = left < 300;
  return (
    <>
      <div className="countdown">
        <span className={`big ${soon ? "warn" : ""}`} data-testid="token-countdown">
          {countdown(left)}
        </span>
        <span className="dim">of {lifetime(facts.lifetime_seconds)} left</span>
      </div>
      <div className="bar" role="img" aria-label={`${Math.round(share * 100)} % of the lifetime left`}>
        <i style={{ width: `${share * 100}%`, background: soon ? "var(--warn-el)" : "var(--ok-el)" }} />
      </div>
      <p className="small dim">
        Fetched {clock(facts.fetched_at)} {WITH[facts.method]}
        {facts.took_ms > 0 ? ` in ${duration(facts.took_ms)}` : ""}. Sluice gets the next one by itself.
      </p>
    </>
  );
}

function claim(facts: TokenFacts, name: string): string | null {
  const value = facts.claims?.[name];
  return typeof value === "string" ? value : null;
}

export function TokenRoles({ facts }: { facts: TokenFacts }) {
  return (
    <ul className="roles" aria-label="Roles it carries">
      {facts.roles.map((role) => (
        <li key={role}>
          <Icon of={BadgeCheck} className="ok" />
          <span>
            <span className="mono strong">{role}</span>
            {role === "ESBMessaging.send" ? <small>May call flows whose sender asks for this role</small> : null}
          </span>
        </li>
      ))}
      {facts.roles.length === 0 ? (
        <li>
          <Icon of={CircleDashed} className="dim" />
          <span className="small dim">The token names no role. A flow that asks for one will refuse it.</span>
        </li>
      ) : null}
    </ul>
  );
}

export function TokenClaims({ facts }: { facts: TokenFacts }) {
  const issuer = claim(facts, "iss");
  const subaccount = claim(facts, "zid");
  return (
    <dl className="facts">
      {issuer ? (
        <>
          <dt>Issuer</dt>
          <dd className="mono cut" title={issuer}>
            {hostOf(issuer)}
          </dd>
        </>
      ) : null}
      {subaccount ? (
        <>
          <dt>Subaccount</dt>
          <dd className="mono cut" title={subaccount}>
            {subaccount}
          </dd>
        </>
      ) : null}
      <dt>Bound to</dt>
      <dd>
        {facts.bound_to ? (
          <span className="mono-s">certificate {facts.bound_to.slice(0, 12)}…</span>
        ) : (
          "nothing; it works for whoever holds it"
        )}
      </dd>
      <dt>Expires</dt>
      <dd title={moment(facts.expires_at)}>{clock(facts.expires_at)} local time</dd>
      <dt>Length</dt>
      <dd>{facts.length.toLocaleString("en")} characters</dd>
    </dl>
  );
}

export interface TokenCardProps {
  tenant: Tenant;
  chosen: Key;
  onChoose(key: Key): void;
}

/** The token of one of the tenant's keys: time left, roles, claims. */
export function TokenCard({ tenant, chosen, onChoose }: TokenCardProps) {
  const token = useToken(tenant.name, chosen.name);
  const [claims, setClaims] = useState(false);
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState<Failure | null>(null);
  const plans = [...new Set(tenant.keys.map((key) => key.plan))];
  const choosePlan = (plan: string) => {
    const first = tenant.keys.find((key) => key.plan === plan);
    if (first) onChoose(first);
  };
  const copy = async () => {
    setAsking(false);
    try {
      await backend().tokenCopy(tenant.name, chosen.name);
      setRefused(null);
      toast("Token copied. The clipboard is cleared in 30 s.");
    } catch (thrown) {
      setRefused(failureOf(thrown));
    }
  };
  const get = (fresh: boolean) => void fetchToken(tenant.name, chosen.name, fresh);
  const facts = token.facts;
  return (
    <section className="card token-card" aria-label="Token">
      <div className="card-head">
        <h2 className="grow">Token</h2>
        {plans.length > 1 ? (
          <Segmented
            label="Plan of the key"
            value={chosen.plan}
            options={plans.map((plan) => ({ value: plan, label: plan }))}
            onChange={choosePlan}
          />
        ) : null}
      </div>
      <div className="token-body">
        {token.failure ? (
          <TokenTrouble failure={token.failure} asked={{ tenant: tenant.name, savedKey: chosen.name }} />
        ) : null}
        {refused ? <FailureNote failure={refused} /> : null}
        {facts ? (
          <>
            <div>
              <Countdown facts={facts} />
            </div>
            <div className="part">
              <h3 className="sub">Roles it carries</h3>
              <TokenRoles facts={facts} />
            </div>
            <div className="part">
              <h3 className="sub">Claims</h3>
              <TokenClaims facts={facts} />
            </div>
            <div className="row">
              <Button icon={RefreshCw} busy={token.asking} onClick={() => get(true)}>
                {token.asking ? "Asking" : "New token"}
              </Button>
              <Button variant="plain" onClick={() => setClaims(true)}>
                Claims
              </Button>
              <Button variant="plain" icon={Copy} onClick={() => setAsking(true)}>
                Copy…
              </Button>
            </div>
          </>
        ) : (
          <EmptyState
            icon={Timer}
            title="No token yet"
            text={`Sluice gets one with the key ${chosen.name} when it is needed, and keeps it in memory only.`}
          >
            <Button icon={RefreshCw} busy={token.asking} onClick={() => get(false)} data-testid="token-get">
              {token.asking ? "Asking" : token.failure ? "Ask again" : "Get a token"}
            </Button>
          </EmptyState>
        )}
      </div>
      {claims && facts ? <ClaimsDialog facts={facts} onClose={() => setClaims(false)} /> : null}
      {asking ? (
        <Ask
          title="Copy the token?"
          text="Whoever reads the clipboard can call your flows until the token ends. Sluice clears the clipboard after 30 s."
          onClose={() => setAsking(false)}
          action={
            <Button variant="danger" icon={Copy} onClick={() => void copy()}>
              Copy token
            </Button>
          }
        />
      ) : null}
    </section>
  );
}
