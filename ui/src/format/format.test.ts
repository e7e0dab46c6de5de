import { describe, expect, it } from "vitest";
import { hostOf, pathOf, regionOf, shortClientId } from "./address";
import { bytes, textSize } from "./size";
import { countdown, count, duration, elapsed, validity } from "./time";

describe("durations", () => {
  it("keeps milliseconds below a second, seconds below a minute, minutes above", () => {
    expect([0.4, 284, 999.6, 4812, 108_000].map(duration)).toEqual([
      "0.4 ms",
      "284 ms",
      "1.00 s",
      "4.81 s",
      "1 min 48 s",
    ]);
  });
  it("shows a running time in tenths", () => {
    expect(elapsed(14_230)).toBe("14.2 s");
    expect(elapsed(64_000)).toBe("1 min 4 s");
  });
  it("counts a token down, never below zero", () => {
    expect([2467, 59.9, 0, -5, 43_200].map(countdown)).toEqual(["41:07", "00:59", "00:00", "00:00", "12:00:00"]);
  });
});

describe("sizes", () => {
  it("writes numbers with units and a space", () => {
    expect([0, 612, 999, 1000, 999_960, 14_200_000, 1_000_000_000].map(bytes)).toEqual([
      "0 B",
      "612 B",
      "999 B",
      "1.0 kB",
      "1.0 MB",
      "14 MB",
      "1.0 GB",
    ]);
  });
  it("counts bytes, not characters", () => {
    expect(textSize("aŁΩ€")).toBe(8);
  });
});

describe("validity", () => {
  const day = 86_400_000;
  const at = (days: number) => new Date(days * day).toISOString();
  it("is good, near its end, or past", () => {
    expect(validity(at(0), at(100), 10 * day)).toMatchObject({
      state: "good",
      daysLeft: 90,
      used: 0.1,
      short: "in 90 days",
    });
    expect(validity(at(0), at(100), 99 * day)).toMatchObject({ state: "soon", short: "in 1 day" });
    expect(validity(at(0), at(100), 99.5 * day)).toMatchObject({ state: "soon", short: "today" });
    expect(validity(at(0), at(100), 103 * day)).toMatchObject({ state: "past", used: 1, short: "ended 3 days ago" });
  });
  it("does not divide by a lifetime of nothing", () => {
    expect(validity(at(5), at(5), 4 * day).used).toBe(1);
  });
  it("counts one as one", () => {
    expect([count(1, "key"), count(2, "key"), count(0, "key")]).toEqual(["1 key", "2 keys", "0 keys"]);
  });
});

describe("addresses", () => {
  it("takes host and path, or leaves what is none", () => {
    expect(hostOf("https://a.example:8443/x")).toBe("a.example:8443");
    expect(pathOf("https://a.example/http/x?y=1")).toBe("/http/x?y=1");
    expect(pathOf("/http/x")).toBe("/http/x");
    expect(hostOf("nonsense")).toBe("nonsense");
  });
  it("shortens a client id but keeps its instance", () => {
    expect(shortClientId("sb-3f6e1b0c-7a52-4d0e!b123|it-rt-acme-dev!b45")).toBe("sb-3f6e…|it-rt-acme-dev!b45");
    expect(shortClientId("short")).toBe("short");
  });
  it("finds the region", () => {
    expect(regionOf("https://acme.it-cpi018-rt.cfapps.eu10-003.hana.ondemand.com")).toBe("eu10");
    expect(regionOf("https://sandbox.it-cpi000-rt.cfapps.localhost:8443")).toBe("localhost");
    expect(regionOf(null)).toBe("");
  });
});
