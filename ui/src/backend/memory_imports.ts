import type { KeyImport } from "../bindings/KeyImport";
import type { Backend, Input, OperationName, Output } from "./backend";
import { refusedToken } from "./memory_diagnosis";
import { ago, certificate, imported, key, tenant } from "./memory_story";
import { failure, type MemoryTenants } from "./memory_tenants";

export type ImportOperation = Extract<OperationName, "key_test" | "key_save" | "key_renew" | "key_discard">;

export interface MemoryImports {
  handlers: { [K in ImportOperation]: (input: Input<K>) => Output<K> };
  shell: Pick<
    Backend,
    "keyPaste" | "keyChooseFile" | "privateKeyChoose" | "privateKeyPassphrase" | "onKeyDropped" | "onDropFailed"
  >;
  /** A file falls on the window. */
  drop(dropped: KeyImport): void;
}

export interface ImportOptions {
  /** What the next paste finds. */
  paste?: "certificate" | "external" | "requested" | "lost" | "secret" | "nothing";
  /** Whether the token test fails. */
  refused?: boolean;
}

/** A key over a certificate that was asked for here; the keyring has its private key, or lost it. */
function requested(id: string, paste: "requested" | "lost"): KeyImport {
  const read = imported(id, "external");
  const file = { name: "erp-partner", format: "PEM · private key", passphrase_needed: false, requested: true };
  if (paste === "lost") {
    const why = failure("not_found", "The private key of erp-partner is not there any more", "Ask for a new one.");
    return { ...read, private_key: { ...file, failure: why, fits: null } };
  }
  const facts = read.facts ? { ...read.facts, private_key_fits: true } : null;
  return { ...read, facts, blocked: null, private_key: { ...file, failure: null, fits: true } };
}

/** Keys that were read and are not saved yet. */
export function memoryImports(
  options: ImportOptions,
  tenants: MemoryTenants,
  calls: Array<[string, unknown]>,
  wait: () => Promise<void>,
): MemoryImports {
  let imports = 0;
  let dropped: (one: KeyImport) => void = () => undefined;
  const open = new Map<string, KeyImport>();
  const remember = (found: KeyImport) => {
    open.set(found.id, found);
    return found;
  };
  const read = (): KeyImport => {
    imports += 1;
    const id = `import-${imports}`;
    if (options.paste === "requested" || options.paste === "lost") return remember(requested(id, options.paste));
    if (options.paste !== "nothing") return remember(imported(id, options.paste ?? "certificate"));
    return remember({
      ...imported(id, "secret"),
      text: [[{ kind: "text", text: '{ "info": { "name": "Orders" }, "item": [] }' }]],
      facts: null,
      failure: failure(
        "not_a_service_key",
        "This is a Postman collection, not a service key.",
        "Copy the key in the BTP cockpit under Instances and Subscriptions.",
      ),
      blocked: "This is no service key.",
    });
  };

  const handlers: MemoryImports["handlers"] = {
    key_test: () => {
      if (options.refused) throw refusedToken;
      return tenants.token("acme-dev", key("workbench", "acme-dev", { method: "mtls", kind: "certificate" }));
    },
    key_renew: (input) => {
      const from = open.get(input.import)?.facts;
      const of = tenants.list().find((one) => one.name === input.tenant);
      const old = of?.keys.find((one) => one.name === input.key);
      if (!from || !of || !old) throw failure("not_found", "This key is not there any more.");
      const made = { ...old, kind: from.kind, client_id: from.client_id, chain: from.chain };
      tenants.put({ ...of, keys: of.keys.map((one) => (one === old ? made : one)) });
      return { key: made, token: tenants.token(of.name, made), old_secret_removed: true };
    },
    key_save: (input) => {
      const from = open.get(input.import)?.facts;
      if (!from) throw failure("not_found", "This import is no longer open.");
      const made = key(input.name ?? "workbench", input.tenant, {
        kind: from.kind,
        plan: from.plan,
        chain: from.chain,
        custody: input.hold_for_run ? "run" : "keyring",
      });
      const existing = tenants.list().find((one) => one.name === input.tenant);
      tenants.put(
        existing
          ? { ...existing, keys: [...existing.keys, made] }
          : tenant(input.tenant, input.stage ?? "dev", null, [made]),
      );
      open.delete(input.import);
      return made;
    },
    key_discard: (input) => {
      open.delete(input.import);
      return null;
    },
  };

  const shell: MemoryImports["shell"] = {
    async keyPaste() {
      calls.push(["key_paste", null]);
      await wait();
      return read();
    },
    async keyChooseFile() {
      await wait();
      return read();
    },
    async privateKeyChoose(id) {
      const before = open.get(id) ?? read();
      return remember({
        ...before,
        private_key: {
          name: "acme-partner-2025.p12",
          format: "PKCS#12 · private key and 2 certificates",
          passphrase_needed: true,
          failure: null,
          fits: null,
          requested: false,
        },
      });
    },
    async privateKeyPassphrase(id, passphrase) {
      calls.push(["private_key_passphrase", { id, length: passphrase.length }]);
      const before = open.get(id) ?? read();
      const file = before.private_key ?? {
        name: "key.pem",
        format: "PEM",
        passphrase_needed: true,
        failure: null,
        fits: null,
        requested: false,
      };
      if (passphrase === "wrong") {
        return remember({
          ...before,
          private_key: { ...file, failure: failure("wrong_passphrase", "The passphrase does not open this file.") },
        });
      }
      if (passphrase === "other" && before.facts?.chain) {
        const mine = before.facts.chain.certificates[0] ?? certificate("x", 0, 1);
        return remember({
          ...before,
          private_key: { ...file, failure: null, passphrase_needed: false, fits: false },
          comparison: {
            explanation:
              "Name and issuer are the same, but the key pair is another one. The certificate was renewed on 2 March 2026; this file is from before.",
            key: mine,
            file: {
              ...mine,
              serial: "04:B1:5F:33:7D",
              not_before: ago(600 * 86_400_000),
              not_after: ago(263 * 86_400_000),
              public_key_fingerprint: "41:B8:02:D5:AA",
            },
            file_public_key: "41:B8:02:D5:AA:10:93:5C",
          },
        });
      }
      const facts = before.facts ? { ...before.facts, private_key_fits: true } : null;
      return remember({
        ...before,
        facts,
        comparison: null,
        blocked: null,
        private_key: { ...file, failure: null, passphrase_needed: false, fits: true },
      });
    },
    async onKeyDropped(listener) {
      dropped = listener;
      return () => (dropped = () => undefined);
    },
    onDropFailed: async () => () => undefined,
  };

  return { handlers, shell, drop: (one) => dropped(remember(one)) };
}
