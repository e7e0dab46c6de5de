import { describe, expect, it } from "vitest";
import { passphraseFault } from "./request_words";
import { EMPTY_FORM, EMPTY_SUBJECT, faultOf, formBlocked, namesIn, subjectText } from "./subject";

describe("a subject", () => {
  it("is written as RFC 4514 has it, without empty parts", () => {
    const subject = { ...EMPTY_SUBJECT, CN: " orders ", O: "A+B, \\ C", C: "DE" };
    expect(subjectText(subject)).toBe("CN=orders, O=A\\+B\\, \\\\ C, C=DE");
  });
  it("has limits that are named", () => {
    expect(faultOf("CN", "x".repeat(64))).toBeNull();
    expect(faultOf("CN", "x".repeat(65))).toBe("65 characters; 64 are allowed");
    expect(faultOf("L", "😀".repeat(128))).toBeNull();
    expect(faultOf("C", "D1")).toContain("Two letters");
    expect(faultOf("C", " ")).toBeNull();
  });
  it("needs a common name", () => {
    expect(formBlocked({ ...EMPTY_FORM, name: "x" })).toContain("common name");
    expect(formBlocked({ ...EMPTY_FORM, name: " " })).toContain("name");
    expect(formBlocked({ ...EMPTY_FORM, name: "x", subject: { ...EMPTY_SUBJECT, CN: "x" } })).toBeNull();
  });
  it("may stand for DNS names, whatever is between them", () => {
    expect(namesIn(" a.example,b.example ; c.example\n")).toEqual(["a.example", "b.example", "c.example"]);
    expect(namesIn("  ")).toEqual([]);
  });
});

describe("a passphrase", () => {
  it("has only what OpenSSL and Java read alike", () => {
    expect(passphraseFault("correct horse ~!")).toBeNull();
    for (const wrong of ["größe", "tab\there", "line\nbreak", "😀"]) expect(passphraseFault(wrong)).toContain("ASCII");
  });
});
