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
