import { describe, expect, it } from "vitest";
import type { HistoryEntry } from "../bindings/HistoryEntry";
import { dayOf } from "./days";
import { HEADING, headingsOf, heightOf, indexAt, ROW, topOf, windowOf } from "./geometry";

const now = new Date(2026, 10, 24, 14, 32);
const at = (daysAgo: number): HistoryEntry =>
  ({ started_at: new Date(2026, 10, 24 - daysAgo, 12).toISOString() }) as HistoryEntry;

describe("days", () => {
  it("are named as people say them", () => {
    expect(dayOf(at(0).started_at, now)).toEqual({ name: "Today", date: "Tuesday 24 November" });
    expect(dayOf(at(1).started_at, now)).toEqual({ name: "Yesterday", date: "Monday 23 November" });
    expect(dayOf(at(5).started_at, now)).toEqual({ name: "Thursday", date: "19 November" });
    expect(dayOf(new Date(2025, 0, 2).toISOString(), now)).toEqual({ name: "Thursday", date: "2 January 2025" });
  });
});

describe("the places of rows", () => {
  const pages = new Map([[0, [at(0), at(0), at(1), at(5), ...Array.from({ length: 96 }, () => at(5))]]]);
  const headings = headingsOf(pages, now);
  it("have a heading where a day begins", () => {
    expect(headings.map(({ index, name }) => [index, name])).toEqual([
      [0, "Today"],
      [2, "Yesterday"],
      [3, "Thursday"],
    ]);
    expect(topOf(headings, 0)).toBe(HEADING);
    expect(topOf(headings, 2)).toBe(2 * ROW + 2 * HEADING);
  });
  it("have no heading where nobody knows the day before", () => {
    expect(headingsOf(new Map([[7, [at(3), at(4)]]]), now).map(({ index }) => index)).toEqual([701]);
  });
  it("are found again from their heights", () => {
    for (const index of [0, 1, 2, 3, 99, 54_321]) {
      expect(indexAt(headings, 100_000, topOf(headings, index))).toBe(index);
      expect(indexAt(headings, 100_000, topOf(headings, index) + ROW - 1)).toBe(index);
    }
  });
  it("are only so many as fit into sight, wherever one looks in 100,000", () => {
    const height = heightOf(headings, 100_000);
    for (const top of [0, height / 2, height]) {
      const [from, to] = windowOf(headings, 100_000, top, 800);
      expect(to - from).toBeLessThan(40);
      expect(to).toBeLessThanOrEqual(100_000);
    }
    expect(windowOf([], 0, 0, 800)).toEqual([0, 0]);
  });
});
