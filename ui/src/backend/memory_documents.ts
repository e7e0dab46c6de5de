import type { BodyForm } from "../bindings/BodyForm";
import type { BodyKind } from "../bindings/BodyKind";
import type { BodyTrouble } from "../bindings/BodyTrouble";
import type { Row } from "../bindings/Row";
import type { Span } from "../bindings/Span";
import type { SpanKind } from "../bindings/SpanKind";
import { ANSWER } from "./memory_exchange";

/** A body that answers by row, however it is made. */
export interface Document {
  kind: BodyKind;
  type: string | null;
  forms: BodyForm[];
  size: number;
  trouble: BodyTrouble | null;
  rows(form: BodyForm): number;
  row(form: BodyForm, at: number): Row;
  fold(form: BodyForm, at: number): number | null;
  path(form: BodyForm, at: number): string | null;
  /** How many rows are there after so many looks; all of them when absent. */
  arrived?(looks: number): number;
}

const PIECE = 4000;
const JSON_PARTS =
  /(?<key>"(?:[^"\\]|\\.)*")(?=\s*:)|(?<string>"(?:[^"\\]|\\.)*"?)|(?<number>-?\d[\d.eE+-]*)|(?<literal>\b(?:true|false|null)\b)|(?<punctuation>[[\]{},:]+)/g;
const XML_PARTS =
  /(?<comment><[?!][^>]*>)|(?<tag><\/?[\w:.-]+|\/?>)|(?<attribute>[\w:.-]+)(?==)|(?<string>"[^"]*")|(?<punctuation>=)/g;

function spansOf(text: string, parts: RegExp): Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const found of text.matchAll(parts)) {
    if (found.index > at) spans.push({ kind: "plain", text: text.slice(at, found.index) });
    const kind = Object.entries(found.groups ?? {}).find(([, one]) => one !== undefined)?.[0];
    spans.push({ kind: (kind ?? "plain") as SpanKind, text: found[0] });
    at = found.index + found[0].length;
  }
  if (at < text.length || spans.length === 0) spans.push({ kind: "plain", text: text.slice(at) });
  return spans;
}

const indent = (line: string): number => line.length - line.trimStart().length;

function hexRow(bytes: Uint8Array, at: number): Row {
  const some = Array.from(bytes.subarray(at * 16, at * 16 + 16));
  const pairs = some.map((byte) => byte.toString(16).padStart(2, "0"));
  const words = `${pairs.slice(0, 8).join(" ")}  ${pairs.slice(8).join(" ")}`.padEnd(49);
  const text = some.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : ".")).join("");
  return {
    line: at + 1,
    depth: 0,
    opens: false,
    spans: [
      { kind: "offset", text: `${(at * 16).toString(16).padStart(8, "0")}  ` },
      { kind: "plain", text: words },
      { kind: "string", text: ` ${text}` },
    ],
  };
}

function rawRows(text: string, parts: RegExp | null): Row[] {
  return text.split("\n").flatMap((line, number) => {
    const pieces = Math.max(1, Math.ceil(line.length / PIECE));
    return Array.from({ length: pieces }, (_, piece): Row => {
      const shown = line.slice(piece * PIECE, (piece + 1) * PIECE);
      return {
        line: piece === 0 ? number + 1 : null,
        depth: 0,
        opens: false,
        spans: parts ? spansOf(shown, parts) : [{ kind: "plain", text: shown }],
      };
    });
  });
}

/** The path of every line of an indented JSON text. */
function jsonPaths(lines: ReadonlyArray<string>): string[] {
  const stack: Array<{ depth: number; path: string; next: number }> = [{ depth: -1, path: "", next: 0 }];
  return lines.map((line) => {
    const depth = indent(line);
    while (stack.length > 1 && (stack.at(-1)?.depth ?? -1) >= depth) {
      const closing = /^\s*[\]}]/.test(line) && stack.at(-1)?.depth === depth;
      if (closing) return stack.pop()?.path ?? "$";
      stack.pop();
    }
    const parent = stack.at(-1);
    const name = /^\s*"([^"]+)":/.exec(line)?.[1];
    const path = !parent?.path ? "$" : name ? `${parent.path}.${name}` : `${parent.path}[${parent.next++}]`;
    if (/[[{]$/.test(line)) stack.push({ depth, path, next: 0 });
    return path;
  });
}

function xmlPaths(lines: ReadonlyArray<string>): string[] {
  const stack: Array<{ depth: number; path: string; seen: Map<string, number> }> = [];
  const root = new Map<string, number>();
  return lines.map((line) => {
    const depth = indent(line);
    const closing = /^\s*<\//.test(line);
    const least = closing ? depth : depth - 1;
    while ((stack.at(-1)?.depth ?? -1) > least) stack.pop();
    if (closing) return stack.pop()?.path ?? "/";
    const name = /^\s*<([\w:.-]+)/.exec(line)?.[1];
    const parent = stack.at(-1);
    if (!name) return parent?.path ?? "/";
    const seen = parent?.seen ?? root;
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    const path = `${parent?.path ?? ""}/${name}[${number}]`;
    if (!/<\/|\/>$/.test(line)) stack.push({ depth, path, seen: new Map() });
    return path;
  });
}

interface TextOptions {
  type: string;
  kind: BodyKind;
  /** As it came, when that is not what the pretty form shows. */
  raw?: string;
  forms?: BodyForm[];
  trouble?: BodyTrouble;
}

function textDocument(text: string, { type, kind, raw = text, forms, trouble }: TextOptions): Document {
  const parts = kind === "json" ? JSON_PARTS : kind === "xml" || kind === "html" ? XML_PARTS : null;
  const bytes = new TextEncoder().encode(raw);
  const lines = text.replace(/\n$/, "").split("\n");
  const opens = (at: number) => {
    const line = lines[at] ?? "";
    if (kind === "json") return /[[{]$/.test(line);
    return kind === "xml" && /^\s*<[\w:]/.test(line) && !/<\/|\/>$/.test(line);
  };
  const pretty = lines.map((line, at): Row => ({
    line: at + 1,
    depth: indent(line) / 2,
    opens: opens(at),
    spans: parts ? spansOf(line, parts) : [{ kind: "plain", text: line }],
  }));
  const rows = rawRows(raw.replace(/\n$/, ""), parts);
  const paths = kind === "json" ? jsonPaths(lines) : kind === "xml" ? xmlPaths(lines) : null;
  const none: Row = { line: null, depth: 0, opens: false, spans: [] };
  return {
    kind,
    type,
    forms: forms ?? (paths ? ["pretty", "raw", "hex"] : ["raw", "hex"]),
    size: bytes.length,
    trouble: trouble ?? null,
    rows: (form) => (form === "pretty" ? pretty.length : form === "raw" ? rows.length : Math.ceil(bytes.length / 16)),
    row: (form, at) => (form === "hex" ? hexRow(bytes, at) : ((form === "pretty" ? pretty : rows)[at] ?? none)),
    fold: (form, at) => {
      if (form !== "pretty" || !opens(at)) return null;
      const depth = indent(lines[at] ?? "");
      const end = lines.findIndex((line, place) => place > at && indent(line) === depth);
      return end < 0 ? null : end;
    },
    path: (form, at) => (form === "pretty" ? (paths?.[at] ?? null) : null),
  };
}

const ORDERS = 3_605_900;
export const BIG_ROWS = 8 * ORDERS + 4;
/** Which orders of the big body wait for material. */
export const BACKORDER_EVERY = 3;

function bigLine(at: number): [depth: number, text: string] {
  if (at === 0) return [0, "{"];
  if (at === 1) return [1, '"orders": ['];
  if (at === BIG_ROWS - 2) return [1, "]"];
  if (at === BIG_ROWS - 1) return [0, "}"];
  const order = Math.floor((at - 2) / 8);
  const fields = [
    "{",
    `"order": "${4500000000 + order}",`,
    `"customerReference": "PO-2026-${order}",`,
    '"plant": "1710",',
    `"material": "TG-${order % 2 ? 14 : 11}",`,
    `"quantity": ${(order * 7) % 90},`,
    `"status": "${order % BACKORDER_EVERY === 1 ? "BACKORDER" : "CONFIRMED"}"`,
    order === ORDERS - 1 ? "}" : "},",
  ];
  const field = (at - 2) % 8;
  return [field === 0 || field === 7 ? 2 : 3, fields[field] ?? ""];
}

function bigRow(at: number): Row {
  const [depth, text] = bigLine(at);
  return {
    line: at + 1,
    depth,
    opens: /[[{]$/.test(text),
    spans: spansOf(`${"  ".repeat(depth)}${text}`, JSON_PARTS),
  };
}

/** A body nobody would hold in memory: its rows are made when they are asked for. */
function bigDocument(): Document {
  return {
    kind: "json",
    type: "application/json",
    forms: ["pretty", "raw", "hex"],
    size: 1_004_000_000,
    trouble: null,
    rows: () => BIG_ROWS,
    row: (_, at) => bigRow(at),
    fold: (_, at) => {
      if (at < 2) return BIG_ROWS - 1 - at;
      return (at - 2) % 8 === 0 && at < BIG_ROWS - 2 ? at + 7 : null;
    },
    path: (_, at) => {
      if (at === 0 || at === BIG_ROWS - 1) return "$";
      if (at === 1 || at === BIG_ROWS - 2) return "$.orders";
      const name = /"(\w+)":/.exec(bigLine(at)[1])?.[1];
      return `$.orders[${Math.floor((at - 2) / 8)}]${name ? `.${name}` : ""}`;
    },
  };
}

const XML = `<?xml version="1.0" encoding="UTF-8"?>
<ord:orders xmlns:ord="urn:acme:orders">
  <ord:order status="CREATED">
    <ord:number>4500018237</ord:number>
    <ord:material>TG-11</ord:material>
  </ord:order>
  <ord:order status="BACKORDER">
    <ord:number>4500018238</ord:number>
    <ord:material>TG-14</ord:material>
  </ord:order>
</ord:orders>
`;
const BROKEN = `{\n  "salesOrder": "4500018237",\n  "stat us "CREATED",\n  "items": []\n}\n`;
const HTML = `<!doctype html>\n<html>\n  <body>\n    <h1>Order 4500018237</h1>\n    <p>Created for Acme Foods.</p>\n  </body>\n</html>\n`;

const opaque = (kind: BodyKind, type: string): Document => ({
  ...textDocument(`%${kind} 1.7\u0000\u0001 made up for the story `.repeat(40), { kind, type }),
  forms: ["hex"],
});

function csvText(): string {
  const records = Array.from({ length: 1200 }, (_, at) => `45000${18237 + at},TG-${at % 2 ? 14 : 11},${at % 90},open`);
  return ["order,material,quantity,status", ...records].join("\n");
}

function eventsDocument(): Document {
  const lines = Array.from({ length: 60 }, (_, at) => [`event: status`, `data: {"step": ${at + 1}}`, ""]).flat();
  const made = textDocument(lines.join("\n"), { kind: "events", type: "text/event-stream", forms: ["raw", "hex"] });
  return { ...made, arrived: (looks) => Math.min(made.rows("raw"), looks * 9) };
}

const MADE: Record<string, () => Document> = {
  big: bigDocument,
  xml: () => textDocument(XML, { kind: "xml", type: "application/xml", raw: XML.replaceAll(/>\s+</g, "><") }),
  broken: () =>
    textDocument(BROKEN, {
      kind: "json",
      type: "application/json",
      forms: ["raw", "hex"],
      trouble: { message: "a name ends with a quotation mark and a colon", line: 3, column: 8, row: 2 },
    }),
  html: () => textDocument(HTML, { kind: "html", type: "text/html; charset=utf-8" }),
  csv: () => textDocument(csvText(), { kind: "csv", type: "text/csv" }),
  events: eventsDocument,
  image: () => opaque("image", "image/png"),
  svg: () => textDocument(PICTURE, { kind: "xml", type: "image/svg+xml" }),
  pdf: () => opaque("pdf", "application/pdf"),
  zip: () => opaque("zip", "application/zip"),
  binary: () => opaque("binary", "application/octet-stream"),
  text: () => textDocument("Hello from the flow\n".repeat(20), { kind: "text", type: "text/plain" }),
};

export const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="120">
  <rect width="240" height="120" fill="#0070f2"/>
</svg>
`;

/** Makes the body a URL asks for by a word in its path: "big", "xml", "broken", "csv", "zip" and so on. */
export function documentOf(url: string): Document {
  const word = Object.keys(MADE).find((one) => new RegExp(`\\b${one}\\b`).test(url));
  return (
    MADE[word ?? ""]?.() ??
    textDocument(ANSWER, { kind: "json", type: "application/json", raw: JSON.stringify(JSON.parse(ANSWER)) })
  );
}
