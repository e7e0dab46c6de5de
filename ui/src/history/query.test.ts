import { describe, expect, it } from "vitest";
import { asksFor, completed, completions, piecesOf, queryOf, takeTerms, termOf, valuesOf, withValues } from "./query";

describe("a query", () => {
  it("tells terms from addresses and times", () => {
    const fields = piecesOf('tenant:acme-* https://host:8 localhost:80 10:30 -status:5xx "a b"').map(
      (one) => one.field,
    );
    expect(fields).toEqual(["tenant", null, null, null, "status", null]);
  });
  it("takes complete terms out and leaves words and the term being typed", () => {
    expect(takeTerms("orders tenant:acme status:5")).toEqual({ chips: ["tenant:acme"], rest: "orders status:5" });
    expect(takeTerms("orders ")).toEqual({ chips: [], rest: "orders " });
  });
  it("does not take a quoted value apart at its space", () => {
    expect(takeTerms('title:"Create order" x').chips).toEqual(['title:"Create order"']);
    expect(takeTerms('title:"Create ord').chips).toEqual([]);
  });
  it("stays one text for the core", () => {
    expect(queryOf(["tenant:acme-*", "status:5xx"], " PO-1 ")).toBe("tenant:acme-* status:5xx PO-1");
  });
  it("replaces the values of one field and keeps the others and the negated", () => {
    const chips = ["tenant:a", "-tenant:b", "door:window"];
    expect(withValues(chips, "tenant", ["c", "d e"])).toEqual(["-tenant:b", "door:window", 'tenant:c,"d e"']);
    expect(withValues(chips, "tenant", [])).toEqual(["-tenant:b", "door:window"]);
    expect(valuesOf(["tenant:a,b", "tenant:c|d", "-tenant:e"], "tenant")).toEqual(["a", "b", "c", "d"]);
  });
  it("keeps a name with a comma, a bar or a quote together", () => {
    const names = ["Acme, Dev", "a|b", "beta"];
    const written = termOf("tenant", names);
    expect(written).toBe('tenant:"Acme, Dev","a|b",beta');
    expect(valuesOf([written], "tenant")).toEqual(names);
    expect(takeTerms(`${written} `).chips).toEqual([written]);
    expect(asksFor(valuesOf([termOf("tenant", ['the "new" one'])], "tenant"), 'the "new" one')).toBe(true);
  });
  it("knows what a pattern asks for, and takes no letter for a pattern", () => {
    expect(asksFor(["acme-*"], "acme-dev")).toBe(true);
    expect(asksFor(["acme.dev"], "acmeXdev")).toBe(false);
    expect(asksFor(["ACME-DEV"], "acme-dev")).toBe(true);
  });
  it("completes terms and their values", () => {
    expect(completions("orders ten", {})).toEqual(["tenant:"]);
    expect(completions("-stat", {})).toEqual(["-status:"]);
    expect(completions("tenant:ac", { tenant: ["acme-dev", "nordwind"] })).toEqual(["tenant:acme-dev"]);
    expect(completed("orders tenant:ac", "tenant:acme-dev")).toBe("orders tenant:acme-dev ");
    expect(termOf("title", ["Create order"])).toBe('title:"Create order"');
  });
});
