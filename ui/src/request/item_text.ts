import type { RequestItem } from "../bindings/RequestItem";

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === "" ||
  (typeof value === "object" && Object.values(value).every(isEmpty));

function lines(value: unknown, name: string, indent: string): string[] {
  if (isEmpty(value)) return [];
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const rows: unknown[] = value;
    return [`${indent}${name}:`, ...rows.flatMap((one, at) => lines(one, String(at + 1), inner))];
  }
  if (typeof value === "object")
    return [`${indent}${name}:`, ...Object.entries(value ?? {}).flatMap(([key, one]) => lines(one, key, inner))];
  const text = String(value);
  return text.includes("\n")
    ? [`${indent}${name}:`, ...text.split("\n").map((line) => inner + line)]
    : [`${indent}${name}: ${text}`];
}

/** What a request says, line by line, without what it leaves empty; not the text of its file. */
export function itemText({ name, request, details }: RequestItem): string {
  const all = Object.entries({ name, ...request, ...details }).flatMap(([key, value]) => lines(value, key, ""));
  return `${all.join("\n")}\n`;
}
