import type { Aligned } from "../bindings/Aligned";
import type { Compare } from "../bindings/Compare";
import type { ComparedBodies } from "../bindings/ComparedBodies";
import type { ComparedRow } from "../bindings/ComparedRow";
import type { DiffLine } from "../bindings/DiffLine";
import type { ExchangeComparison } from "../bindings/ExchangeComparison";
import type { Header } from "../bindings/Header";
import { recordOf, type Kept } from "./memory_history_story";

function fact(name: string, a: string | null, b: string | null): ComparedRow {
  return { name, a, b, same: a === b, ignored: false };
}

/** The same line of both sides, with what differs in the middle. */
function changed(a: string, b: string, numbers: [number, number]): [DiffLine, DiffLine] {
  let head = 0;
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  const cut = (text: string) => [
    text.slice(0, head),
    text.slice(head, text.length - tail),
    text.slice(text.length - tail),
  ];
  return [
    { number: numbers[0], pieces: cut(a) },
    { number: numbers[1], pieces: cut(b) },
  ];
}

/** The longest common lines, as pairs of places. */
function commonLines(a: string[], b: string[]): Array<[number, number]> {
  const lengths = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const row = lengths[i] ?? [];
    for (let j = b.length - 1; j >= 0; j -= 1)
      row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const pairs: Array<[number, number]> = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}

const memberOf = (line: string): string | null => /^\s*"([^"]+)":/u.exec(line)?.[1] ?? null;

function align(a: string[], b: string[], ignore: string[]): Aligned[] {
  const lines: Aligned[] = [];
  const gap = (fromA: number, toA: number, fromB: number, toB: number) => {
    for (let i = 0; i < Math.max(toA - fromA, toB - fromB); i += 1) {
      const left = fromA + i < toA ? (a[fromA + i] ?? "") : null;
      const right = fromB + i < toB ? (b[fromB + i] ?? "") : null;
      if (left !== null && right !== null) {
        const [one, other] = changed(left, right, [fromA + i + 1, fromB + i + 1]);
        const member = memberOf(left);
        const ignored = member !== null && member === memberOf(right) && ignore.includes(member.toLowerCase());
        lines.push({ mark: ignored ? "ignored" : "changed", a: one, b: other });
      } else if (left !== null) {
        lines.push({ mark: "removed", a: { number: fromA + i + 1, pieces: ["", left] }, b: null });
      } else if (right !== null) {
        lines.push({ mark: "added", a: null, b: { number: fromB + i + 1, pieces: ["", right] } });
      }
    }
  };
  let [i, j] = [0, 0];
  for (const [inA, inB] of [...commonLines(a, b), [a.length, b.length] as const]) {
    gap(i, inA, j, inB);
    if (inA < a.length) {
      const text = a[inA] ?? "";
      lines.push({
        mark: "same",
        a: { number: inA + 1, pieces: [text] },
        b: { number: inB + 1, pieces: [text] },
      });
    }
    [i, j] = [inA + 1, inB + 1];
  }
  return lines;
}

const linesOf = (text: string): string[] => (text === "" ? [] : text.replace(/\n$/u, "").split("\n"));

function bodies(a: string, b: string, types: [string, string], ignore: string[]): ComparedBodies {
  const lines = align(linesOf(a), linesOf(b), ignore);
  const told = (text: string, type: string) => (text === "" ? "" : `${text.length} B ${type}`);
  return {
    a: told(a, types[0]),
    b: told(b, types[1]),
    lines,
    differences: lines.filter((line) => line.mark !== "same" && line.mark !== "ignored").length,
    note: a && b && types[0] !== types[1] ? "The two are of another type." : null,
  };
}

function headers(a: ReadonlyArray<Header>, b: ReadonlyArray<Header>, ignore: string[]): ComparedRow[] {
  const told = (of: ReadonlyArray<Header>, name: string) =>
    of
      .find((one) => one.name === name)
      ?.value.map((piece) => (piece.kind === "text" ? piece.text : "••••"))
      .join("") ?? null;
  return [...new Set([...a, ...b].map((one) => one.name))].map((name) => {
    const row = fact(name, told(a, name), told(b, name));
    return { ...row, ignored: !row.same && ignore.includes(name.toLowerCase()) };
  });
}

/** What differs between two made-up exchanges. */
export function compareKept(a: Kept, b: Kept, { ignore: named }: Compare): ExchangeComparison {
  const ignore = named.map((one) => one.toLowerCase());
  const [one, other] = [recordOf(a), recordOf(b)];
  const [callA, callB] = [one.calls.at(-1), other.calls.at(-1)];
  const status = (kept: Kept, call: typeof callA) =>
    kept.entry.status === null ? null : `${kept.entry.status} ${call?.received?.reason ?? ""}`.trim();
  const facts = [
    fact("Status", status(a, callA), status(b, callB)),
    fact("Method", a.entry.method, b.entry.method),
    fact("URL", a.entry.url, b.entry.url),
    fact("Tenant", `${a.entry.tenant} · ${one.key}`, `${b.entry.tenant} · ${other.key}`),
    fact("Stage", a.entry.stage, b.entry.stage),
    fact("Took", `${a.entry.took_ms} ms`, `${b.entry.took_ms} ms`),
  ];
  const json = "application/json";
  const type = (call: typeof callA) => call?.received?.content_type ?? json;
  const request = bodies(a.request, b.request, [json, json], ignore);
  const answer = bodies(a.answer, b.answer, [type(callA), type(callB)], ignore);
  const request_headers = headers(callA?.sent.headers ?? [], callB?.sent.headers ?? [], ignore);
  const answer_headers = headers(callA?.received?.headers ?? [], callB?.received?.headers ?? [], ignore);
  const differ = (rows: ComparedRow[]) => rows.filter((row) => !row.same && !row.ignored).length;
  const german = [a, b].filter((kept) => kept.request.includes("01.12.2026")).length === 1;
  return {
    facts,
    request_headers,
    answer_headers,
    request,
    answer,
    differences:
      differ(facts) + differ(request_headers) + differ(answer_headers) + request.differences + answer.differences,
    remark: german ? "requestedOn changed its format from 2026-12-01 to 01.12.2026; express is new." : null,
  };
}
