import type { CertificateRequest } from "../bindings/CertificateRequest";
import type { ChainFacts } from "../bindings/ChainFacts";
import type { Backend, Input, OperationName, Output } from "./backend";
import { ago, certificate, chain } from "./memory_story";
import { failure } from "./memory_tenants";

export type RequestOperation = Extract<OperationName, `certificate_request_${string}`>;

export interface RequestOptions {
  empty?: boolean;
  /** What the chosen files of an authority turn out to be. */
  answer?: "whole" | "open" | "foreign" | "none";
}

export interface MemoryCertificateRequests {
  handlers: { [K in RequestOperation]: (input: Input<K>) => Output<K> };
  shell: Pick<
    Backend,
    | "certificateRequestSave"
    | "certificateRequestAnswer"
    | "certificateRequestExport"
    | "onAnswerDropped"
    | "onAnswerRefused"
  >;
}

const DAY = 86_400_000;

/** Looks like PEM; nobody decodes it. */
function pem(label: string): string {
  const line = "MIIBJzCBzgIBADBsMQswCQYDVQQGEwJERTETMBEGA1UECgwKQWNtZSBGb29kczEV";
  return `-----BEGIN ${label}-----\n${Array.from({ length: 6 }, () => line).join("\n")}\n-----END ${label}-----\n`;
}

function asked(
  name: string,
  subject: string,
  days: number,
  more: Partial<CertificateRequest> = {},
): CertificateRequest {
  return {
    name,
    subject,
    kind: "rsa2048",
    created_at: ago(days * DAY),
    request_pem: pem("CERTIFICATE REQUEST"),
    custody: "keyring",
    usable: true,
    chain: null,
    certificate_pem: null,
    ...more,
  };
}

function signed(subject: string): ChainFacts {
  return chain(certificate(subject.replace(/^CN=/u, "").split(",")[0] ?? "", -1, 364, { subject }));
}

function story(): CertificateRequest[] {
  const partner = "CN=erp-partner.acme.example, O=Acme Foods, C=DE";
  const old = certificate("shop", -370, -5, { subject: "CN=shop, O=Acme Foods" });
  return [
    asked("shop-2025", "CN=shop, O=Acme Foods", 371, { chain: chain(old), certificate_pem: pem("CERTIFICATE") }),
    asked("tryout", "CN=tryout", 20, { custody: "run", usable: false, kind: "ec_p256" }),
    asked("erp-partner", partner, 3, { kind: "rsa4096", chain: signed(partner), certificate_pem: pem("CERTIFICATE") }),
    asked("orders-dev", "CN=orders-dev, OU=Integration, O=Acme Foods, C=DE", 0.1, { kind: "ec_p384" }),
  ];
}

/** Certificates that were asked for. */
export function memoryCertificateRequests(
  options: RequestOptions,
  calls: Array<[string, unknown]>,
): MemoryCertificateRequests {
  let list = options.empty ? [] : story();
  const find = (name: string): CertificateRequest => {
    const found = list.find((one) => one.name === name);
    if (!found) throw failure("not_found", `There is no certificate request ${name}`);
    return found;
  };
  const handlers: MemoryCertificateRequests["handlers"] = {
    certificate_request_list: () => list,
    certificate_request_add: (add) => {
      if (list.some(({ name }) => name.toLowerCase() === add.name.toLowerCase()))
        throw failure(
          "already_exists",
          `There is a certificate request ${add.name} already`,
          "Choose another name, or remove the old one",
        );
      const made = asked(add.name, add.subject, 0, {
        kind: add.kind,
        custody: add.hold_for_run ? "run" : "keyring",
        chain: add.self_signed ? signed(add.subject) : null,
        certificate_pem: add.self_signed ? pem("CERTIFICATE") : null,
      });
      list = [...list, made];
      return made;
    },
    certificate_request_remove: ({ name }) => {
      find(name);
      list = list.filter((one) => one.name !== name);
      return null;
    },
  };
  const shell: MemoryCertificateRequests["shell"] = {
    async certificateRequestSave(name, part) {
      calls.push(["certificate_request_save_choose", { name, part }]);
      return `/home/you/${find(name).name}.${part === "request" ? "csr" : "pem"}`;
    },
    async certificateRequestAnswer() {
      calls.push(["certificate_request_answer_choose", null]);
      const waiting = list.findLast((one) => !one.chain);
      if (options.answer === "none") return null;
      if (options.answer === "foreign" || !waiting)
        throw failure(
          "key_mismatch",
          "No certificate request of yours has the key of “shop.example”",
          "Give the answer to a request that was made here; one made elsewhere has its private key there",
        );
      const whole = signed(waiting.subject);
      const open = { certificates: whole.certificates.slice(0, 1), complete: false };
      const answered = {
        ...waiting,
        chain: options.answer === "open" ? open : whole,
        certificate_pem: pem("CERTIFICATE"),
      };
      list = list.map((one) => (one === waiting ? answered : one));
      return answered;
    },
    async certificateRequestExport(name, passphrase) {
      calls.push(["certificate_request_export_choose", { name, length: passphrase.length }]);
      return `/home/you/${find(name).name}.p12`;
    },
    onAnswerDropped: async () => () => undefined,
    onAnswerRefused: async () => () => undefined,
  };
  return { handlers, shell };
}
