import type { BodyName } from "../bindings/BodyName";
import type { BodyPart } from "../bindings/BodyPart";
import type { Error as Failure } from "../bindings/Error";
import type { Find } from "../bindings/Find";
import type { Hit } from "../bindings/Hit";
import type { PlaceOfRow } from "../bindings/PlaceOfRow";
import type { Row } from "../bindings/Row";
import type { Shown } from "../bindings/Shown";
import type { Input, OperationName, Output } from "./backend";
import { BACKORDER_EVERY, BIG_ROWS, documentOf, type Document } from "./memory_documents";
import { filterDocument } from "./memory_filter";

type Ours = Extract<
  OperationName,
  | "body_facts"
  | "body_rows"
  | "body_fold"
  | "body_line"
  | "body_place"
  | "body_find"
  | "body_hit"
  | "body_hits"
  | "body_filter"
  | "body_parts"
  | "body_table"
>;

type Handlers = { [K in Ours]: (input: Input<K>) => Output<K> };

const PARTS: BodyPart[] = [
  { number: 0, name: "orders/order.json", content_type: "application/json", size: 612, headers: [], problem: null },
  { number: 1, name: "orders/order.xml", content_type: "application/xml", size: 410, headers: [], problem: null },
  {
    number: 2,
    name: "secret.bin",
    content_type: null,
    size: 2048,
    headers: [],
    problem: "It is encrypted with a password.",
  },
];

export const textOf = (row: Row): string => row.spans.map((span) => span.text).join("");

function pattern(find: Find): RegExp {
  const source = find.regex ? find.text : find.text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  try {
    return new RegExp(find.word ? `\\b(?:${source})\\b` : source, find.case ? "gu" : "giu");
  } catch (thrown) {
    const failure: Failure = {
      code: "invalid_input",
      message: `This is no regular expression: ${(thrown as Error).message.split(": ").at(-1)}.`,
      hint: "Turn off the pattern to look for the text as it is.",
      detail: null,
    };
    throw failure;
  }
}

/** Bodies of answers; what one looks like is told by the URL of its exchange. */
export function memoryBody(urlOf: (exchange: string) => string = () => ""): Handlers {
  const made = new Map<string, Document>();
  const looks = new Map<string, number>();
  const searches = new Map<string, number>();

  const open = (body: BodyName): Document => {
    const name = `${body.exchange}/${body.part.join("/")}`;
    const word = body.part.length > 0 ? (body.part.at(-1) === 1 ? "xml" : "answer") : urlOf(body.exchange);
    const document = made.get(name) ?? documentOf(word);
    made.set(name, document);
    return document;
  };
  const placeOf = ({ body, form }: Shown, row: number, column: number): PlaceOfRow => {
    const document = open(body);
    return { row, line: document.row(form, row).line ?? 1, column, path: document.path(form, row), document: null };
  };
  const hitsOf = (shown: Shown, find: Find): Array<[row: number, column: number, length: number]> => {
    const document = open(shown.body);
    const rows = document.rows(shown.form);
    if (find.text === "") return [];
    const wanted = pattern(find);
    // The big body is a repetition: its first rows stand for the rest.
    return Array.from({ length: Math.min(rows, 5000) }, (_, row) =>
      [...textOf(document.row(shown.form, row)).matchAll(wanted)].map((found): [number, number, number] => [
        row,
        found.index,
        found[0].length,
      ]),
    ).flat();
  };
  const isBig = (shown: Shown) => open(shown.body).rows(shown.form) === BIG_ROWS;
  const bigHits = Math.floor((BIG_ROWS - 4) / 8 / BACKORDER_EVERY);
  const count = (shown: Shown, find: Find) =>
    isBig(shown) ? (find.text === "BACKORDER" ? bigHits : 0) : hitsOf(shown, find).length;
  const hitAt = (shown: Shown, find: Find, number: number): Hit | null => {
    if (number < 0 || number >= count(shown, find)) return null;
    const row = 2 + 8 * (number * BACKORDER_EVERY + 1) + 6;
    const found = isBig(shown) ? [row, 17, 9] : hitsOf(shown, find)[number];
    if (!found) return null;
    const [at = 0, column = 0, length = 0] = found;
    return { number, place: placeOf(shown, at, column), length, excerpt: textOf(open(shown.body).row(shown.form, at)) };
  };
  const numberFrom = (shown: Shown, find: Find, row: number): number => {
    if (isBig(shown)) return Math.max(0, Math.ceil(((row - 8) / 8 - 1) / BACKORDER_EVERY));
    return Math.max(
      0,
      hitsOf(shown, find).findIndex(([at]) => at >= row),
    );
  };

  return {
    body_facts: ({ body, form }) => {
      const document = open(body);
      const name = JSON.stringify([body, form]);
      const look = (looks.get(name) ?? 0) + 1;
      looks.set(name, look);
      const all = document.rows(form);
      const rows = document.arrived?.(look) ?? all;
      const lines = rows === 0 ? 0 : (document.row(form, rows - 1).line ?? 1);
      return {
        kind: document.kind,
        content_type: document.type,
        charset: document.forms.includes("raw") ? "UTF-8" : null,
        forms: document.forms,
        size: Math.round((document.size * rows) / Math.max(1, all)),
        whole: rows === all,
        indexed: Math.round((document.size * rows) / Math.max(1, all)),
        rows,
        lines,
        done: rows === all,
        trouble: document.trouble,
      };
    },
    body_rows: ({ shown, from, count: asked }) => {
      const document = open(shown.body);
      const there = Math.max(0, Math.min(asked, 500, document.rows(shown.form) - from));
      return { from, rows: Array.from({ length: there }, (_, at) => document.row(shown.form, from + at)) };
    },
    body_fold: ({ shown, row }) => open(shown.body).fold(shown.form, row),
    body_line: ({ shown, line }) => {
      const document = open(shown.body);
      const rows = document.rows(shown.form);
      if (rows > 5000 || shown.form !== "raw") return placeOf(shown, Math.min(Math.max(line, 1), rows) - 1, 0);
      const all = Array.from({ length: rows }, (_, at) => document.row(shown.form, at).line ?? 0);
      const at = all.findLastIndex((one) => one > 0 && one <= line);
      return placeOf(shown, Math.max(0, at), 0);
    },
    body_place: ({ shown, row, column }) => placeOf(shown, row, column),
    body_find: ({ shown, find }) => {
      const name = JSON.stringify([shown, find]);
      const look = (searches.get(name) ?? 0) + 1;
      searches.set(name, look);
      const document = open(shown.body);
      const done = !isBig(shown) || look > 3;
      const found = done ? count(shown, find) : Math.round((count(shown, find) * look) / 4);
      const size = document.rows(shown.form);
      const bands = Array.from({ length: Math.min(200, size) }, (_, band) =>
        isBig(shown) && found > 0 ? Math.max(0, Math.round((found / 200) * (1 + Math.sin(band / 9)))) : 0,
      );
      if (!isBig(shown))
        for (const [row] of hitsOf(shown, find)) {
          const band = Math.min(bands.length - 1, Math.floor((row / size) * bands.length));
          bands[band] = (bands[band] ?? 0) + 1;
        }
      return {
        count: found,
        searched: done ? document.size : (document.size * look) / 4,
        done,
        took_ms: 400 * look,
        bands,
      };
    },
    body_hit: ({ shown, find, from }) =>
      hitAt(shown, find, from.kind === "number" ? from.number : numberFrom(shown, find, from.row)),
    body_hits: ({ shown, find, from, count: asked }) =>
      Array.from({ length: Math.min(asked, 200) }, (_, at) => hitAt(shown, find, from + at)).filter(
        (hit): hit is Hit => hit !== null,
      ),
    body_filter: ({ shown, expression }) => filterDocument(open(shown.body), shown.form, expression),
    body_parts: () => PARTS,
    body_table: ({ body, from, count: asked }) => {
      const document = open(body);
      const cells = (at: number) => textOf(document.row("raw", at)).split(",");
      const all = document.rows("raw") - 1;
      return {
        columns: cells(0),
        from,
        records: Array.from({ length: Math.max(0, Math.min(asked, 500, all - from)) }, (_, at) => cells(from + at + 1)),
        count: all,
        done: true,
        stopped: null,
      };
    },
  };
}
