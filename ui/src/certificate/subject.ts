import type { CertificateRequestAdd } from "../bindings/CertificateRequestAdd";
import type { KeyPairKind } from "../bindings/KeyPairKind";

/** The parts of a distinguished name as people fill them in, most specific first. */
export const PARTS = ["CN", "OU", "O", "L", "ST", "C"] as const;
export type Part = (typeof PARTS)[number];
export type SubjectFields = Record<Part, string>;

export const EMPTY_SUBJECT: SubjectFields = { CN: "", OU: "", O: "", L: "", ST: "", C: "" };

export const PART_LABEL: Record<Part, string> = {
  CN: "Common name (CN)",
  OU: "Organizational unit (OU)",
  O: "Organization (O)",
  L: "Locality (L)",
  ST: "State or province (ST)",
  C: "Country (C)",
};

/** How long X.520 lets a part be. */
const LONGEST: Record<Part, number> = { CN: 64, OU: 64, O: 64, L: 128, ST: 128, C: 2 };

export const KINDS: ReadonlyArray<{ value: KeyPairKind; label: string }> = [
  { value: "rsa2048", label: "RSA 2048" },
  { value: "rsa4096", label: "RSA 4096" },
  { value: "ec_p256", label: "EC P-256" },
  { value: "ec_p384", label: "EC P-384" },
];

export function kindWords(kind: KeyPairKind): string {
  return KINDS.find(({ value }) => value === kind)?.label ?? kind;
}

/** The subject as RFC 4514 writes it; parts without a value are left out. */
export function subjectText(fields: SubjectFields): string {
  const written = PARTS.map((part) => [part, fields[part].trim()] as const);
  return written
    .filter(([, value]) => value !== "")
    .map(([part, value]) => `${part}=${value.replaceAll(/[\\,+]/gu, "\\$&")}`)
    .join(", ");
}

/** What is wrong with a part, in a sentence. */
export function faultOf(part: Part, value: string): string | null {
  const text = value.trim();
  if (text === "") return null;
  if (part === "C") return /^[a-z]{2}$/iu.test(text) ? null : "Two letters, like DE";
  // Counted as the core does: by characters, not by halves of them.
  const length = Array.from(text).length;
  return length > LONGEST[part] ? `${length} characters; ${LONGEST[part]} are allowed` : null;
}

/** The DNS names of a line, whatever stands between them. */
export function namesIn(line: string): string[] {
  return line.split(/[\s,;]+/u).filter(Boolean);
}

/** What is filled in for a new request. */
export interface RequestForm {
  name: string;
  subject: SubjectFields;
  kind: KeyPairKind;
  dnsNames: string;
  selfSigned: boolean;
  hold: boolean;
}

export const EMPTY_FORM: RequestForm = {
  name: "",
  subject: EMPTY_SUBJECT,
  kind: "rsa2048",
  dnsNames: "",
  selfSigned: false,
  hold: false,
};

/** Why the request cannot be made as it stands; nothing when it can. */
export function formBlocked(form: RequestForm): string | null {
  if (form.name.trim() === "") return "Give the request a name.";
  if (form.subject.CN.trim() === "") return "The common name (CN) is missing.";
  return PARTS.some((part) => faultOf(part, form.subject[part])) ? "Correct the marked part of the subject." : null;
}

/** The form as the workbench takes it. */
export function requestAdd(form: RequestForm): CertificateRequestAdd {
  return {
    name: form.name.trim(),
    subject: subjectText(form.subject),
    kind: form.kind,
    dns_names: namesIn(form.dnsNames),
    self_signed: form.selfSigned,
    hold_for_run: form.hold,
  };
}
