import { describe, expect, it } from "vitest";
import { certificate, chain, key, tenant } from "../backend/memory_story";
import { grouped, keyLight, tenantExpiry, tenantLight, usualKey } from "./health";

const good = key("good", "a");
const refused = key("refused", "a", {
  health: { state: "bad", at: new Date().toISOString(), reason: "Bad credentials" },
});
const warned = key("roles", "a", {
  health: { state: "warned", at: new Date().toISOString(), reason: "MonitoringDataRead is not among the roles." },
});
const unchecked = key("new", "a", { health: { state: "unknown" } });
const soon = key("soon", "a", { kind: "certificate", chain: chain(certificate("x", -300, 9)) });
const past = key("past", "a", { kind: "certificate", chain: chain(certificate("x", -300, -2)) });

describe("lights", () => {
  it("tells a key's state", () => {
    expect([good, refused, warned, unchecked, soon, past].map((one) => keyLight(one))).toEqual([
      "works",
      "refused",
      "warned",
      "unknown",
      "soon",
      "refused",
    ]);
    expect(keyLight(key("lost", "a", { usable: false }))).toBe("refused");
  });
  it("shows the worst state of the tenant's keys", () => {
    expect(tenantLight(tenant("t", "dev", null, [good, soon]))).toBe("soon");
    expect(tenantLight(tenant("t", "dev", null, [good, soon, refused]))).toBe("refused");
    expect(tenantLight(tenant("t", "dev", null, [good, unchecked]))).toBe("unknown");
    expect(tenantLight(tenant("t", "dev", null, [good, unchecked, warned]))).toBe("warned");
    expect(tenantLight(tenant("t", "dev", null, []))).toBe("unknown");
  });
  it("names the certificate that ends first", () => {
    expect(tenantExpiry(tenant("t", "dev", null, [good, soon, past]))?.state).toBe("past");
    expect(tenantExpiry(tenant("t", "dev", null, [good]))).toBeNull();
  });
});

describe("tenants", () => {
  it("uses the integration-flow key before any other", () => {
    const api = key("api", "a", { plan: "api" });
    expect(usualKey(tenant("t", "dev", null, [api, good]))?.name).toBe("good");
    expect(usualKey(tenant("t", "dev", null, [api]))?.name).toBe("api");
    expect(usualKey(tenant("t", "dev", null, []))).toBeNull();
  });
  it("lists groups by name, the sandbox last", () => {
    const list = [
      tenant("s", "sandbox", null, []),
      tenant("x", "dev", null, []),
      tenant("b", "dev", "Beta", []),
      tenant("a", "dev", "Alpha", []),
    ];
    expect(grouped(list).map((one) => one.group)).toEqual(["Alpha", "Beta", "", "On this computer"]);
  });
});
