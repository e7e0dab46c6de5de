import { describe, expect, it } from "vitest";
import { piecesOf } from "./marks";
import { RowsModel, type ViewRow } from "./model";

const row = (at: number, text = `row ${at}`, opens = false): ViewRow => ({
  line: at + 1,
  depth: 0,
  opens,
  spans: [{ kind: "plain", text }],
});

function modelOf(total: number, make = row) {
  const asked: number[] = [];
  const model = new RowsModel({
    load: async (from, count) => {
      asked.push(from);
      return Array.from({ length: Math.min(count, total - from) }, (_, at) => make(from + at));
    },
    foldEnd: async (at) => (at === 3 ? 13 : at + 5),
    onFailure: (thrown) => {
      throw thrown;
    },
  });
  model.setTotal(total);
  return { model, asked };
}
const loaded = () => new Promise((done) => setTimeout(done, 1));

describe("rows of any number", () => {
  it("keep no more than 2,000 in memory, however far one scrolls", async () => {
    const { model } = modelOf(1_000_000);
    for (let at = 0; at < 40; at += 1) {
      model.scrollBy(200 * 20);
      // oxlint-disable-next-line no-await-in-loop
      await loaded();
    }
    expect(model.pages.size).toBeLessThanOrEqual(2000);
    expect(model.pages.get(model.position.row)).toBeDefined();
  });
  it("ask for nothing on the way while the bar is dragged far", async () => {
    const { model, asked } = modelOf(1_000_000);
    await loaded();
    for (let share = 0.1; share < 1; share += 0.01) model.scrollTo(share);
    await loaded();
    expect(asked.length).toBeLessThan(12);
    expect(model.pages.get(model.position.row)).toBeDefined();
  });
  it("end with the last row at the lower edge", () => {
    const { model } = modelOf(28_847_204);
    model.scrollTo(1);
    expect(model.visible().at(-1)).toBe(28_847_203);
    expect(model.visible()).toHaveLength(20);
    expect(model.atEnd).toBe(true);
    model.scrollBy(1_000_000);
    expect(model.visible()).toHaveLength(20);
    model.scrollBy(-30);
    expect(model.position).toEqual({ row: 28_847_182, offset: 10 });
  });
  it("stay where they are when more arrive, or follow the end", () => {
    const { model } = modelOf(100);
    model.setTotal(200);
    expect(model.position.row).toBe(0);
    model.scrollTo(1);
    model.setTotal(300, true);
    expect(model.visible().at(-1)).toBe(299);
    model.scrollBy(-100);
    model.setTotal(400, true);
    expect(model.visible()).not.toContain(399);
  });
});

describe("a last row that grows", () => {
  const arriving = (rows: number) => {
    let text = ".";
    const asked: number[] = [];
    const model = new RowsModel({
      load: async (from, count) => {
        asked.push(from);
        return Array.from({ length: Math.min(count, rows - from) }, (_, at) => row(from + at, text));
      },
      onFailure: (thrown) => {
        throw thrown;
      },
    });
    return { model, asked, grow: (to: string) => (text = to) };
  };
  it("is fetched again when more bytes of it are there, and once more at the end", async () => {
    for (const rows of [1, 200]) {
      const { model, asked, grow } = arriving(rows);
      model.setTotal(rows, false, 1);
      // oxlint-disable-next-line no-await-in-loop
      await loaded();
      grow("..");
      model.setTotal(rows, false, 2);
      // oxlint-disable-next-line no-await-in-loop
      await loaded();
      expect(model.pages.get(rows - 1)?.spans[0]?.text).toBe("..");
      grow("...");
      model.setTotal(rows, false, Infinity);
      // oxlint-disable-next-line no-await-in-loop
      await loaded();
      expect(model.pages.get(rows - 1)?.spans[0]?.text).toBe("...");
      model.scrollBy(1);
      // oxlint-disable-next-line no-await-in-loop
      await loaded();
      expect(asked).toEqual([0, 0, 0]);
    }
  });
  it("leaves the pages before it alone", async () => {
    const { model, asked } = arriving(1000);
    model.setTotal(1000, false, 1);
    await loaded();
    model.setTotal(1000, false, 2);
    await loaded();
    expect(asked).toEqual([0, 200]);
  });
});

describe("folded rows", () => {
  it("are left out by steps and by scrolling, one within the other", async () => {
    const { model } = modelOf(100, (at) => row(at, "{", true));
    await loaded();
    await model.fold(5);
    await model.fold(3);
    expect(model.visible().slice(2, 6)).toEqual([2, 3, 13, 14]);
    model.goTo(3);
    model.step(1);
    expect(model.current).toBe(13);
    model.step(-1);
    expect(model.current).toBe(3);
    model.unfold(3);
    expect(model.visible().slice(4, 8)).toEqual([4, 5, 10, 11]);
  });
  it("open when something in them is gone to", async () => {
    const { model } = modelOf(100, (at) => row(at, "{", true));
    await loaded();
    await model.fold(3);
    model.goTo(7);
    expect(model.folds.hidden(3)).toBe(0);
    expect(model.visible()).toContain(7);
  });
});

describe("wrapped rows", () => {
  it("have the height their text needs, until it is measured", async () => {
    const { model } = modelOf(50, (at) => row(at, "x".repeat(250)));
    model.setViewport(400, 100);
    model.setWrap(true);
    await loaded();
    expect(model.visible()).toHaveLength(7);
    model.scrollBy(70);
    expect(model.position).toEqual({ row: 1, offset: 10 });
    model.measured([[1, 40]]);
    model.scrollBy(30);
    expect(model.position).toEqual({ row: 2, offset: 0 });
    model.scrollBy(-50);
    expect(model.position).toEqual({ row: 0, offset: 50 });
    model.scrollTo(1);
    expect(model.visible().at(-1)).toBe(49);
  });
});

describe("marks in a row", () => {
  it("cut spans where they begin and end, across kinds", () => {
    const spans = [
      { kind: "key", text: '"status"' },
      { kind: "punctuation", text: ": " },
    ];
    expect(
      piecesOf(spans, [
        { from: 1, length: 2, on: false },
        { from: 7, length: 2, on: true },
      ]).map(({ text, kind, mark }) => [text, kind, mark]),
    ).toEqual([
      ['"', "key", ""],
      ["st", "key", "mark"],
      ["atus", "key", ""],
      ['"', "key", "mark-on"],
      [":", "punctuation", "mark-on"],
      [" ", "punctuation", ""],
    ]);
  });
});
