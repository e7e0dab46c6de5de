import type { Kind } from "../bindings/Kind";
import type { Method } from "../bindings/Method";
import type { Plan } from "../bindings/Plan";

export const KIND: Record<Kind, string> = {
  secret: "Secret",
  certificate: "Certificate",
  external: "External certificate",
};
export const KIND_SHORT: Record<Kind, string> = { secret: "Secret", certificate: "Certificate", external: "External" };

export function kindSentence(kind: Kind): string {
  if (kind === "certificate") return "made by SAP, private key included";
  if (kind === "external") return "your own key pair; SAP has only the certificate";
  return "client id and client secret";
}

export function planSentence(plan: Plan): string {
  if (plan === "integration-flow") return "calls flows; message logs need an api key";
  if (plan === "api") return "reads message logs and endpoints; flows need an integration-flow key";
  return "the plan could not be told from the key";
}

export const METHOD: Record<Method, string> = {
  body: "Client id and secret in the body",
  basic: "Client id and secret as Basic sign-in",
  mtls: "Client certificate (mTLS)",
};
