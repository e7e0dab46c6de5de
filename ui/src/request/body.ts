import type { Body } from "../bindings/Body";
import type { Part } from "../bindings/Part";
import { bytes, textSize } from "../format/size";

export type BodyKind = Body["kind"];

export const BODY_KINDS: ReadonlyArray<{ value: BodyKind; label: string }> = [
  { value: "none", label: "No body" },
  { value: "json", label: "JSON" },
  { value: "xml", label: "XML" },
  { value: "text", label: "Text" },
  { value: "sparql", label: "SPARQL" },
  { value: "form", label: "Form" },
  { value: "multipart", label: "Multipart" },
  { value: "file", label: "File" },
];

export function textOf(body: Body): string | null {
  return "text" in body ? body.text : null;
}

// What a request had before another kind was chosen comes back with the kind.
const before = new Map<string, Map<BodyKind, Body>>();

/** The same request with another kind of body; text moves along, the rest is remembered. */
export function withKind(draft: string, body: Body, kind: BodyKind): Body {
  const remembered = before.get(draft) ?? new Map<BodyKind, Body>();
  remembered.set(body.kind, body);
  before.set(draft, remembered);
  const text = textOf(body);
  if (kind === "json" || kind === "xml" || kind === "text" || kind === "sparql") {
    const own = remembered.get(kind);
    return { kind, text: text || (own ? (textOf(own) ?? "") : "") };
  }
  const own = remembered.get(kind);
  if (own) return own;
  if (kind === "form") return { kind, fields: [] };
  if (kind === "multipart") return { kind, parts: [] };
  if (kind === "file") return { kind, path: "" };
  return { kind: "none" };
}

export function emptyPart(): Part {
  return { name: "", content: { kind: "text", text: "" }, content_type: null, enabled: true };
}

/** A body in a few words: "391 B JSON". */
export function bodyWords(body: Body): string {
  const text = textOf(body);
  if (text !== null) return `${bytes(textSize(text))} ${body.kind === "text" ? "text" : body.kind.toUpperCase()}`;
  if (body.kind === "form") return `form, ${body.fields.filter((one) => one.enabled).length} fields`;
  if (body.kind === "multipart") return `multipart, ${body.parts.filter((one) => one.enabled).length} parts`;
  if (body.kind === "file") return body.path || "no file chosen";
  return "none";
}
