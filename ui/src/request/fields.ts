import type { Field } from "../bindings/Field";

const OFF = "//";

/** Rows as lines of `name: value`; a row that is not sent starts with `//`. */
export function fieldsToText(fields: ReadonlyArray<Field>): string {
  return fields.map((field) => `${field.enabled ? "" : `${OFF} `}${field.name}: ${field.value}`).join("\n");
}

function lineToField(line: string): Field {
  const enabled = !line.startsWith(OFF);
  const content = enabled ? line : line.slice(OFF.length).trim();
  // Written lines have a blank after the colon; pasted ones may not, or have an equals sign.
  const clear = content.indexOf(": ");
  const cut = clear >= 0 ? clear : content.search(/[:=]/u);
  if (cut < 0) return { name: content, value: "", enabled };
  return { name: content.slice(0, cut).trim(), value: content.slice(cut + 1).trim(), enabled };
}

/** Lines of `name: value` (or `name=value`) as rows; empty lines are left out, descriptions stay with their name. */
export function textToFields(text: string, before: ReadonlyArray<Field> = []): Field[] {
  const told = before.filter((field) => field.description);
  return text
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== "" && line !== OFF)
    .map((line) => {
      const field = lineToField(line);
      const place = told.findIndex((one) => one.name === field.name);
      const [own] = place < 0 ? [] : told.splice(place, 1);
      return own ? { ...field, description: own.description } : field;
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
