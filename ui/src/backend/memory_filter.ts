import type { BodyForm } from "../bindings/BodyForm";
import type { Error as Failure } from "../bindings/Error";
import type { Filtered } from "../bindings/Filtered";
import type { Document } from "./memory_documents";

function refuse(message: string): never {
  const failure: Failure = { code: "invalid_input", message, hint: null, detail: null };
  throw failure;
}

/** What the paths of an expression look like; enough of JSONPath and XPath for a story. */
function wanted(expression: string, xml: boolean): RegExp {
  const word = "[\\w:.-]+";
  if (xml) {
    if (!expression.startsWith("/")) refuse("The XPath breaks off at character 1: it begins with / or //.");
    const parts = expression.replaceAll(/\/\/([\w:*.-]+)/g, "~$1").replaceAll(/\/([\w:*.-]+)(?!\[)/g, "/$1[@]");
    const source = parts
      .replaceAll(/~([\w:*.-]+)/g, "(?:/.*)?/$1[@]")
      .replaceAll("[@]", "\\[\\d+\\]")
      .replaceAll(/\/\*/g, `/${word}`);
    return new RegExp(`^${source}$`);
  }
  const grammar = /^\$(?:\.\.?[\w*]+|\[(?:\d+|\*)\])*$/;
  if (!grammar.test(expression)) {
    const good = /^\$?(?:\.\.?[\w*]+|\[(?:\d+|\*)\])*/.exec(expression)?.[0].length ?? 0;
    refuse(`The JSONPath breaks off at character ${good + 1}.`);
  }
  const source = expression
    .replaceAll(/[$.[\]]/g, "\\$&")
    .replaceAll("\\.\\.", "(?:\\.\\w+|\\[\\d+\\])*\\.")
    .replaceAll("\\[*\\]", "\\[\\d+\\]")
    .replaceAll("\\.*", "\\.\\w+");
  return new RegExp(`^${source}$`);
}

/** The nodes an expression names, among the rows of a small document. */
export function filterDocument(document: Document, form: BodyForm, expression: string): Filtered {
  const counted = /^count\((.+)\)$/.exec(expression)?.[1];
  const paths = wanted(counted ?? expression, document.kind === "xml");
  const rows = Math.min(document.rows("pretty"), 4000);
  const seen = new Set<string>();
  const matches = [];
  for (let row = 0; row < rows; row += 1) {
    const path = document.path("pretty", row);
    if (path === null || seen.has(path) || !paths.test(path)) continue;
    seen.add(path);
    const end = document.fold("pretty", row) ?? row;
    const text = Array.from({ length: Math.min(end - row, 40) + 1 }, (_, at) =>
      document
        .row("pretty", row + at)
        .spans.map((span) => span.text)
        .join(""),
    ).join("\n");
    matches.push({
      path,
      text: text
        .trim()
        .replace(/,$/, "")
        .replace(/^"\w+": /, ""),
      row: form === "pretty" ? row : null,
    });
  }
  if (counted) return { matches: [], count: 0, cut: false, value: String(matches.length), documents: 0 };
  const documents = document.kind === "xml" ? 0 : 1;
  return { matches: matches.slice(0, 1000), count: matches.length, cut: rows === 4000, value: null, documents };
}
