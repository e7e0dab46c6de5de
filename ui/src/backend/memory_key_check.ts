import type { Key } from "../bindings/Key";
import type { KeyCheck } from "../bindings/KeyCheck";
import type { KeyFinding } from "../bindings/KeyFinding";
import type { Tenant } from "../bindings/Tenant";
import type { TokenFacts } from "../bindings/TokenFacts";
import { keyValidity } from "../tenant/health";

const ORDER = { red: 0, amber: 1, green: 2 };

const finding = (
  aspect: KeyFinding["aspect"],
  light: KeyFinding["light"],
  message: string,
  hint: string | null = null,
): KeyFinding => ({ aspect, light, message, hint });

function certificateFinding(used: Key): KeyFinding[] {
  const ends = keyValidity(used);
  if (!ends) return [];
  if (ends.state === "past")
    return [
      finding("certificate", "red", `The certificate ${ends.short}.`, "Create a new service key and add it here."),
    ];
  if (ends.state === "soon")
    return [
      finding(
        "certificate",
        "amber",
        `The certificate ends ${ends.short}.`,
        "Create the next service key before that.",
      ),
    ];
  return [finding("certificate", "green", `The certificate is in order, ${ends.daysLeft} days left.`)];
}

/** What a check finds about a key of the story. */
export function checkOf(tenant: Tenant, used: Key, token: TokenFacts): KeyCheck {
  const refused = used.name === "jenkins-old";
  const worn = keyValidity(used)?.state === "past";
  const reason = refused
    ? "The token server refused the secret: Bad credentials."
    : "The token server refused the certificate: it has expired.";
  const hint = "Was the key deleted in the cockpit? Create a new one and add it here.";
  const isGood = !refused && !worn;
  const findings: KeyFinding[] = [
    isGood
      ? finding("token", "green", "The token server grants a token for 60 minutes.")
      : finding("token", "red", reason, hint),
    ...(isGood ? [finding("roles", "green", `Roles: ${token.roles.join(", ")}.`)] : []),
    finding("host", "green", `${used.host_url ?? ""} answers.`),
    ...certificateFinding(used),
    finding("plan", "green", `Plan ${used.plan}.`),
  ].toSorted((a, b) => ORDER[a.light] - ORDER[b.light]);
  return {
    tenant: tenant.name,
    stage: tenant.stage,
    key: used.name,
    kind: used.kind,
    plan: used.plan,
    light: findings[0]?.light ?? "green",
    findings,
    token: isGood ? token : null,
    failure: isGood ? null : { code: "token_refused", message: reason, hint, detail: null },
  };
}
