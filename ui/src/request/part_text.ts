import type { Part } from "../bindings/Part";
import { fieldsToText, textToFields } from "./fields";

function valueOf({ content }: Part): string {
  return content.kind === "file" ? `@${content.path}` : content.text.replaceAll(/\r?\n/gu, "\\n");
}

/** Parts as lines of `name: text`, a file as `name: @path`. */
export function partsToText(parts: ReadonlyArray<Part>): string {
  return fieldsToText(parts.map((part) => ({ name: part.name, value: valueOf(part), enabled: part.enabled })));
}

function contentOf(value: string, own: Part | undefined): Part["content"] {
  // What was not edited keeps its line ends and its blanks.
  if (own && valueOf(own).trim() === value) return own.content;
  if (value.startsWith("@")) return { kind: "file", path: value.slice(1) };
  const lines = own?.content.kind === "text" && own.content.text.includes("\n");
  return { kind: "text", text: lines ? value.replaceAll("\\n", "\n") : value };
}

/** Lines as parts; the media type stays with its name. */
export function textToParts(text: string, before: ReadonlyArray<Part>): Part[] {
  const rest = [...before];
  return textToFields(text).map(({ name, value, enabled }) => {
    const place = rest.findIndex((part) => part.name === name);
    const [own] = place < 0 ? [] : rest.splice(place, 1);
    return { name, content: contentOf(value, own), content_type: own?.content_type ?? null, enabled };
  });
}
