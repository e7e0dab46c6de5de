import type { Field } from "../bindings/Field";

/** Rows as lines of `name: value`; a row that is not sent starts with `#`. */
export function fieldsToText(fields: ReadonlyArray<Field>): string {
  return fields.map((field) => `${field.enabled ? "" : "# "}${field.name}: ${field.value}`).join("\n");
}

/** Lines of `name: value` (or `name=value`) as rows; empty lines are left out. */
export function textToFields(text: string): Field[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && line !== "#")
    .map((line) => {
      const enabled = !line.startsWith("#");
      const content = enabled ? line : line.slice(1).trim();
      const colon = content.search(/[:=]/);
      if (colon < 0) return { name: content, value: "", enabled };
      return { name: content.slice(0, colon).trim(), value: content.slice(colon + 1).trim(), enabled };
    });
}

const SECRET_NAMES = ["authorization", "proxy-authorization", "cookie", "set-cookie", "signature"];
const SECRET_PARTS = /token|secret|password|passwd|passphrase|apikey|authkey|subscriptionkey|session|credential|jwt/;

/** Whether a row of this name carries a secret; the same rule as in Rust, which keeps no such value on disk. */
export function isSecretName(name: string): boolean {
  const lower = name.trim().toLowerCase();
  return SECRET_NAMES.includes(lower) || SECRET_PARTS.test(lower.replaceAll(/[^a-z0-9]/g, ""));
}

export const NOT_KEPT = "not kept on disk; type it again";

/** Whether a row came back without its value; typing one switches it on again. */
export function wasNotKept(name: string, value: string, enabled: boolean): boolean {
  return !enabled && value === "" && isSecretName(name);
}
