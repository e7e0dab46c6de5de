import type { Authorization } from "../bindings/Authorization";
import type { CsrfMode } from "../bindings/CsrfMode";
import type { Draft } from "../bindings/Draft";
import { Radio, Radios } from "../components/Choice";
import { Segmented } from "../components/Segmented";
import { Select } from "../components/Select";
import { useTenant } from "../tenant/state";
import { changeRequest } from "./state";

type AuthKind = Authorization["kind"];

const KINDS: ReadonlyArray<{ kind: AuthKind; label: string; says: string }> = [
  { kind: "bearer", label: "Token", says: "Sluice fetches a token with the key and sends it as Bearer." },
  { kind: "basic", label: "Basic", says: "Client id and secret go with every call; only secret keys can do this." },
  {
    kind: "certificate",
    label: "Client certificate",
    says: "The key's certificate signs in at the TLS handshake; no token.",
  },
  { kind: "none", label: "None", says: "Nothing is added. Headers of your own are sent as they are." },
];

const CSRF: ReadonlyArray<{ value: CsrfMode; label: string; says: string }> = [
  {
    value: "auto",
    label: "Auto",
    says: "When the sender answers 403 and asks for a CSRF token, Sluice fetches one and sends once more. The flow did not run before.",
  },
  {
    value: "always",
    label: "Always",
    says: "Sluice fetches a CSRF token first. On an unprotected flow that fetch itself runs the flow.",
  },
  { value: "never", label: "Never", says: "No CSRF token is fetched; a protected sender answers 403." },
];

const USUAL = "*";

/** As whom the request is sent, and what happens about CSRF protection. */
export function AuthPane({ draft }: { draft: Draft }) {
  const tenant = useTenant(draft.tenant);
  const { authorization, csrf } = draft.request;
  const keys = (tenant?.keys ?? []).filter((key) => {
    if (authorization.kind === "basic") return key.kind === "secret";
    if (authorization.kind === "certificate") return key.kind !== "secret";
    return true;
  });
  const named = authorization.kind === "none" ? null : authorization.key;
  const setKind = (kind: AuthKind) =>
    changeRequest(draft.id, {
      authorization: kind === "none" ? { kind } : { kind, key: kind === "bearer" ? named : null },
    });
  const setKey = (key: string) => {
    if (authorization.kind !== "none")
      changeRequest(draft.id, { authorization: { kind: authorization.kind, key: key === USUAL ? null : key } });
  };
  const options = [
    { value: USUAL, label: "The tenant's integration-flow key" },
    ...keys.map((key) => ({ value: key.name, label: `${key.name} (${key.plan})` })),
    ...(named && !keys.some((key) => key.name === named) ? [{ value: named, label: `${named} (not there)` }] : []),
  ];
  return (
    <div className="pane-form">
      <section aria-label="Sign-in">
        <h3 className="sub">Sign-in</h3>
        <Radios label="Sign-in" value={authorization.kind} onChange={setKind} className="choices">
          {KINDS.map(({ kind, label, says }) => (
            <Radio
              key={kind}
              value={kind}
              testId={`auth-${kind}`}
              label={
                <span>
                  {label} <small className="dim">{says}</small>
                </span>
              }
            />
          ))}
        </Radios>
        {authorization.kind === "none" ? null : (
          <div className="row">
            <span className="dim">Key</span>
            <Select label="Key" value={named ?? USUAL} options={options} onChange={setKey} testId="auth-key" />
            {tenant ? null : <span className="warn small">Choose a tenant first; its keys show up here.</span>}
          </div>
        )}
      </section>
      <section aria-label="CSRF token">
        <h3 className="sub">CSRF token</h3>
        <Segmented
          label="CSRF token"
          value={csrf}
          options={CSRF}
          onChange={(value) => changeRequest(draft.id, { csrf: value })}
        />
        <p className="dim small below">{CSRF.find((one) => one.value === csrf)?.says}</p>
      </section>
    </div>
  );
}
