import { describe, expect, it } from "vitest";
import type { CollectionTree } from "../bindings/CollectionTree";
import type { Node } from "../bindings/Node";
import type { Saved } from "../bindings/Saved";
import { changedLines } from "./difference";
import { zoneOf } from "./drag";
import { flatten, type Row } from "./rows";
import { handleSaved, outcomes, type Decision, type SaveOptions } from "./save_outcome";
import { merged } from "./state";

const node = (path: string, kind: Node["kind"] = "request", name = path): Node => ({
  path,
  depth: path.split("/").length - 1,
  kind,
  name,
  method: kind === "request" ? "GET" : null,
  problem: null,
});

const tree = (nodes: Node[], more: Partial<CollectionTree> = {}): CollectionTree => ({
  id: "c",
  name: "Collection",
  folder: "/c",
  writable: true,
  problem: null,
  environments: [],
  environment: null,
  nodes,
  ...more,
});

function big(): CollectionTree {
  const nodes: Node[] = [];
  for (let folder = 0; folder < 500; folder += 1) {
    nodes.push(node(`f${folder}`, "folder"));
    for (let at = 0; at < 20; at += 1) nodes.push(node(`f${folder}/r${at}.yml`, "request", `Request ${folder}-${at}`));
  }
  return tree(nodes);
}

const names = (rows: Row[]) => rows.map((row) => row.name);

describe("rows", () => {
  const one = tree([
    node("a", "folder", "Orders"),
    node("a/x", "request", "Create"),
    node("a/b", "folder", "Deep"),
    node("a/b/y", "request", "Status"),
    node("z", "request", "Last"),
  ]);
  it("hide what is in closed folders", () => {
    expect(names(flatten([one], new Set(["c/"]), ""))).toEqual(["Collection", "Orders", "Last"]);
    expect(names(flatten([one], new Set(["c/", "c/a"]), ""))).toEqual([
      "Collection",
      "Orders",
      "Create",
      "Deep",
      "Last",
    ]);
  });
  it("stay hidden when only an inner folder is open", () => {
    expect(names(flatten([one], new Set(["c/", "c/a/b"]), ""))).toEqual(["Collection", "Orders", "Last"]);
  });
  it("count siblings, not rows", () => {
    const rows = flatten([one], new Set(["c/", "c/a"]), "");
    expect(rows.map((row) => `${row.place}/${row.size}`)).toEqual(["1/1", "1/2", "1/2", "2/2", "2/2"]);
  });
  it("show what is above a match and what is below a folder that matches", () => {
    expect(names(flatten([one], new Set(), "status"))).toEqual(["Collection", "Orders", "Deep", "Status"]);
    expect(names(flatten([one], new Set(), "orders"))).toEqual(["Collection", "Orders", "Create", "Deep", "Status"]);
    expect(names(flatten([one], new Set(), "get last"))).toEqual(["Collection", "Last"]);
    expect(flatten([one], new Set(), "nothing")).toEqual([]);
  });
  it("are filtered within a frame at 10,000 requests", () => {
    const trees = [big()];
    flatten(trees, new Set(), "warm");
    const times = ["r", "re", "request 49", "request 499-1"].map((filter) => {
      const start = performance.now();
      flatten(trees, new Set(), filter);
      return performance.now() - start;
    });
    const middle = times.toSorted((a, b) => a - b)[1] ?? 0;
    expect(middle).toBeLessThan(50);
  });
});

describe("a tree read anew", () => {
  it("keeps the nodes that did not change", () => {
    const before = tree([node("a"), node("b")]);
    const after = merged(before, tree([node("a"), node("b", "request", "New name")]));
    expect(after.nodes[0]).toBe(before.nodes[0]);
    expect(after.nodes[1]).not.toBe(before.nodes[1]);
    expect(merged(before, tree([node("a"), node("b")])).nodes).toBe(before.nodes);
  });
});

describe("saving", () => {
  const conflict: Saved = { outcome: "conflict", theirs: "a", ours: "b", version: "7" };
  const secrets: Saved = { outcome: "secrets", found: [{ place: "Authorization header", variable: "token" }] };
  const written: Saved = { outcome: "written", path: "x", version: "8" };
  async function decide(first: Saved, answers: Saved[], decisions: Decision[]) {
    const asked: SaveOptions[] = [];
    const became = handleSaved(first, async (options) => {
      asked.push(options);
      return answers.shift() ?? written;
    });
    for (const decision of decisions) {
      outcomes.get().asking?.decide(decision);
      // oxlint-disable-next-line eslint/no-await-in-loop
      await new Promise((done) => setTimeout(done));
    }
    return { became: await became, asked };
  }
  it("asks nothing when it was written", async () => {
    expect(await decide(written, [], [])).toEqual({ became: "written", asked: [] });
  });
  it("overwrites the version that was shown", async () => {
    expect(await decide(conflict, [written], ["mine"])).toEqual({ became: "written", asked: [{ version: "7" }] });
  });
  it("leaves the file alone when theirs is taken or the question is closed", async () => {
    expect(await decide(conflict, [], ["theirs"])).toEqual({ became: "theirs", asked: [] });
    expect(await decide(conflict, [], ["cancel"])).toEqual({ became: "kept", asked: [] });
  });
  it("remembers the first answer through the second question", async () => {
    expect(await decide(conflict, [secrets, written], ["mine", "move"])).toEqual({
      became: "written",
      asked: [{ version: "7" }, { version: "7", move_secrets: true }],
    });
  });
  it("writes secrets only when told", async () => {
    expect((await decide(secrets, [written], ["write"])).asked).toEqual([{ with_secrets: true }]);
  });
});

describe("dropping", () => {
  it("goes into a folder, before it at its upper edge, and beside a request", () => {
    const [, folder, request] = flatten([tree([node("a", "folder"), node("b")])], new Set(["c/"]), "");
    if (!folder || !request) throw new Error("rows are missing");
    expect([zoneOf(folder, 0.1), zoneOf(folder, 0.6)]).toEqual(["before", "into"]);
    expect([zoneOf(request, 0.1), zoneOf(request, 0.9)]).toEqual(["before", "after"]);
  });
});

describe("changed lines", () => {
  it("are those between the equal ends", () => {
    expect(changedLines("a\nb\nc", "a\nx\nc")).toEqual([2]);
    expect(changedLines("a\nb", "a\nb")).toEqual([]);
    expect(changedLines("a\nc", "a\nb\nc")).toEqual([2]);
  });
});
