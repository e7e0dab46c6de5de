import { describe, expect, it } from "vitest";
import type { Aligned } from "../bindings/Aligned";
import type { DiffMark } from "../bindings/DiffMark";
import type { ExchangeComparison } from "../bindings/ExchangeComparison";
import { diffRows, rowAt, stopsOf, tokensOf, topsOf } from "./diff_rows";

const line = (mark: DiffMark, number: number): Aligned => ({
  mark,
  a: mark === "added" ? null : { number, pieces: ["x"] },
  b: mark === "removed" ? null : { number, pieces: ["x"] },
});

function comparison(marks: DiffMark[]): ExchangeComparison {
  const lines = marks.map((mark, at) => line(mark, at + 1));
  const request = { a: "1 B application/json", b: "", lines, differences: 0, note: null };
  const answer = { a: "", b: "", lines: [], differences: 0, note: null };
  return { facts: [], request_headers: [], answer_headers: [], request, answer, differences: 0, remark: null };
}

describe("the rows of a comparison", () => {
  it("count a changed line each and added or removed lines as a run", () => {
    const marks: DiffMark[] = ["same", "changed", "changed", "added", "added", "removed", "ignored", "added"];
    const stops = stopsOf(diffRows(comparison(marks), false));
    expect(stops.map(({ mark, from, to }) => [mark, to - from])).toEqual([
      ["changed", 1],
      ["changed", 1],
      ["added", 2],
      ["removed", 1],
      ["added", 1],
    ]);
  });
  it("leave equal lines out and say how many, but for two around a difference", () => {
    const marks: DiffMark[] = [...Array.from({ length: 10 }, () => "same" as const), "changed"];
    const rows = diffRows(comparison(marks), true);
    expect(rows.map((row) => (row.kind === "equal" ? row.lines : row.kind))).toEqual([
      "head",
      8,
      "line",
      "line",
      "line",
      "head",
      "none",
    ]);
  });
  it("are found from their heights in a hundred thousand lines", () => {
    const rows = diffRows(comparison(Array.from({ length: 100_000 }, () => "same")), false);
    const tops = topsOf(rows);
    for (const at of [0, 1, 50_000, 100_000]) expect(rowAt(tops, tops[at] ?? 0)).toBe(at);
    expect(rowAt(tops, 1e9)).toBe(rows.length - 1);
  });
});

describe("the pieces of a line", () => {
  it("are cut where the kind changes and where it differs, and lose no letter", () => {
    const pieces = ['  "order": "PO-', "11840", '",'];
    const tokens = tokensOf(pieces, true);
    expect(tokens.map((token) => token.text).join("")).toBe(pieces.join(""));
    expect(tokens.filter((token) => token.changed)).toEqual([{ text: "11840", kind: "string", changed: true }]);
    expect(tokens.some((token) => token.kind === "key" && token.text === '"order"')).toBe(true);
  });
  it("stay plain in anything but JSON", () => {
    expect(tokensOf(["<a>", "1", "</a>"], false).map((token) => token.kind)).toEqual([null, null, null]);
  });
});
