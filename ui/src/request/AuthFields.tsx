import type { Authorization } from "../bindings/Authorization";
import type { Tenant } from "../bindings/Tenant";
import { Radio, Radios } from "../components/Choice";
import { Select } from "../components/Select";
import { authorizationOf, KINDS_OF_FILE, KINDS_OF_TENANT, type AuthKind } from "./auth_kinds";
import { SpelledAuth } from "./SpelledAuth";

const USUAL = "*";

export interface AuthFieldsProps {
  authorization: Authorization;
  onChange(authorization: Authorization): void;
  /** Whether there is something above to inherit from. */
  inheritable: boolean;
  /** The tenant whose keys can be chosen. */
  tenant: Tenant | null;
}

function KeyChoice({ authorization, onChange, tenant }: Omit<AuthFieldsProps, "inheritable">) {
  if (!("key" in authorization)) return null;
  const { kind, key: named } = authorization;
  const keys = (tenant?.keys ?? []).filter((key) => {
    if (kind === "basic") return key.kind === "secret";
    if (kind === "certificate") return key.kind !== "secret";
    return true;
  });
  const options = [
    { value: USUAL, label: "The tenant's integration-flow key" },
    ...keys.map((key) => ({ value: key.name, label: `${key.name} (${key.plan})` })),
    ...(named && !keys.some((key) => key.name === named) ? [{ value: named, label: `${named} (not there)` }] : []),
  ];
  return (
    <div className="row">
      <span className="dim">Key</span>
      <Select
        label="Key"
        value={named ?? USUAL}
        options={options}
        onChange={(key) => onChange({ kind, key: key === USUAL ? null : key })}
        testId="auth-key"
      />
      {tenant ? null : <span className="warn small">Choose a tenant first; its keys show up here.</span>}
    </div>
  );
}

/** As whom something is sent: the tenant's ways, those a file spells out, inherited, or nobody. */
export function AuthFields({ authorization, onChange, inheritable, tenant }: AuthFieldsProps) {
  const kinds = [...KINDS_OF_TENANT, ...KINDS_OF_FILE].filter(
    ({ kind }) => kind !== "inherit" || inheritable || authorization.kind === "inherit",
  );
  const choose = (kind: AuthKind) => {
    if (kind !== authorization.kind) onChange(authorizationOf(kind, authorization));
  };
  return (
    <div className="auth-box">
      <div className="auth-fields">
        <Radios label="Sign-in" value={authorization.kind} onChange={choose} className="choices">
          {kinds.map(({ kind, label, says }) => (
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
          {authorization.kind === "other" ? (
            <Radio value="other" testId="auth-other" label={<span>{authorization.name} (kept as it is)</span>} />
          ) : null}
        </Radios>
        <div className="auth-grid">
          <KeyChoice authorization={authorization} onChange={onChange} tenant={tenant} />
          <SpelledAuth authorization={authorization} onChange={onChange} />
        </div>
      </div>
    </div>
  );
}
