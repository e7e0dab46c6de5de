import type { CertificateRequest } from "../bindings/CertificateRequest";
import { validity } from "../format/time";

export type RequestState = "waiting" | "open" | "signed" | "soon" | "ended" | "lost";

/** How far a request is; a lost private key counts more than anything. */
export function stateOf({ chain, usable }: CertificateRequest): RequestState {
  if (!usable) return "lost";
  const leaf = chain?.certificates[0];
  if (!chain || !leaf) return "waiting";
  const { state } = validity(leaf.not_before, leaf.not_after);
  if (state === "past") return "ended";
  if (!chain.complete) return "open";
  return state === "soon" ? "soon" : "signed";
}

export const STATE_WORDS: Record<RequestState, string> = {
  waiting: "Waiting",
  open: "Issuers missing",
  signed: "Signed",
  soon: "Ends soon",
  ended: "Ended",
  lost: "Private key lost",
};

/** Where the private key is, and what that means. */
export function privateKeyWords({ usable, custody }: CertificateRequest): string {
  if (!usable) return "lost; it was held for an earlier run only";
  return custody === "run" ? "held for this run only" : "in the OS keyring";
}

/** What goes with a request when it is removed. */
export function lossWords({ chain, usable }: CertificateRequest): string {
  if (!usable) return "The request goes; its private key is lost already.";
  if (!chain)
    return "Its private key is removed for good. A certificate the authority still signs for it can never be used.";
  return "Its private key and its certificate are removed for good. Service keys saved with them and exported files stay.";
}

/** What is wrong with a passphrase for a PKCS#12 file; OpenSSL and Java read only ASCII alike. */
export function passphraseFault(passphrase: string): string | null {
  return /^[ -~]*$/u.test(passphrase)
    ? null
    : "Use ASCII letters, digits and signs; OpenSSL and Java read others differently";
}
