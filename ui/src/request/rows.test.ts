import { describe, expect, it } from "vitest";
import { authorizationOf, isLiteral } from "./auth_kinds";
import { fieldsToText, textToFields } from "./fields";
import { above, nearest } from "./InheritedHeaders";
import { partsToText, textToParts } from "./part_text";
import { followUrl, pathNames } from "./path_parameters";

describe("rows of the path", () => {
  it("are the :name segments of the path, not ports, queries or times", () => {
    expect(pathNames("https://host.example:8443/a/:id/b/:item/:id?x=/:no#/:no")).toEqual(["id", "item"]);
    expect(pathNames("{{runtimeUrl}}/orders/:order/at/12:30/:")).toEqual(["order"]);
    expect(pathNames("/Orders(':id')")).toEqual([]);
  });
  it("keep value and description while their name is typed", () => {
    const before = [{ name: "i", value: "42", enabled: true, description: "which" }];
    expect(followUrl("/a/:id", before)).toEqual([{ ...before[0], name: "id" }]);
  });
  it("come and go with the URL, in its order", () => {
    const before = [
      { name: "a", value: "1", enabled: true },
      { name: "b", value: "2", enabled: true },
    ];
    expect(followUrl("/:b/:c/:a", before)).toEqual([before[1], { name: "c", value: "", enabled: true }, before[0]]);
    expect(followUrl("/:b", before)).toEqual([before[1]]);
    expect(followUrl("/:x/:y", before).map((row) => row.value)).toEqual(["", ""]);
  });
});

describe("rows as text", () => {
  it("come back as they were, descriptions and hashes included", () => {
    const rows = [
      { name: "#tag", value: "a=b: c", enabled: true, description: "why" },
      { name: "$filter", value: "Status eq 'FAILED'", enabled: false },
      { name: "twice", value: "1", enabled: true, description: "first" },
      { name: "twice", value: "2", enabled: true, description: "second" },
      { name: "a=b", value: "", enabled: true },
    ];
    expect(textToFields(fieldsToText(rows.slice(0, 4)), rows)).toEqual(rows.slice(0, 4));
    expect(fieldsToText(rows.slice(1, 2))).toBe("// $filter: Status eq 'FAILED'");
  });
});

describe("parts as text", () => {
  it("come back as they were: files, line ends, backslashes, media types", () => {
    const text = (name: string, text: string, content_type: string | null = null) => ({
      name,
      content: { kind: "text" as const, text },
      content_type,
      enabled: true,
    });
    const parts = [
      text("a", '{"x":"\\n"}', "application/json"),
      text("b", "one\r\ntwo"),
      { name: "c", content: { kind: "file" as const, path: "/tmp/a: b.xml" }, content_type: null, enabled: false },
    ];
    expect(textToParts(partsToText(parts), parts)).toEqual(parts);
    expect(textToParts("a: new\nd: @/x", parts)).toMatchObject([
      { name: "a", content: { text: "new" }, content_type: "application/json" },
      { name: "d", content: { kind: "file", path: "/x" } },
    ]);
  });
});

describe("inherited headers", () => {
  it("are the nearest of a name, and none the request has itself", () => {
    expect(above("orders/late/create.yml")).toEqual(["", "orders", "orders/late"]);
    const one = (name: string, origin: string, enabled = true) => ({
      header: { name, value: origin, enabled },
      origin,
    });
    const all = [one("A", "root"), one("B", "root"), one("a", "folder"), one("C", "folder", false)];
    expect(nearest(all, [{ name: "b", value: "", enabled: true }]).map(({ origin }) => origin)).toEqual(["folder"]);
  });
});

describe("kinds of sign-in", () => {
  it("carry over what they have in common", () => {
    const login = { kind: "login" as const, username: "u", password: "{{p}}" };
    expect(authorizationOf("digest", login)).toEqual({ ...login, kind: "digest" });
    expect(authorizationOf("bearer", login)).toEqual({ kind: "bearer", key: null });
  });
  it("note a secret that stands there itself", () => {
    expect(["", "abc", "{{secret}}", "Bearer {{secret}}"].map(isLiteral)).toEqual([false, true, false, false]);
  });
});
