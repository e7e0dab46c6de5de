import { expect, it } from "vitest";
import { pageAt, scaleOf, stepped } from "./zoom";

it("steps lead to round sizes from any size, and end", () => {
  expect(stepped(0.97, 1)).toBe(1);
  expect(stepped(1, 1)).toBe(1.25);
  expect(stepped(1.11, -1)).toBe(1);
  expect(stepped(4, 1)).toBe(4);
  expect(stepped(0.25, -1)).toBe(0.25);
});

it("fitting the width fills the room, within reason", () => {
  expect(scaleOf("width", 800, 400)).toBe(2);
  expect(scaleOf("width", 4000, 100)).toBe(4);
  expect(scaleOf("width", 1, 4000)).toBe(0.1);
  expect(scaleOf("width", -32, 400)).toBe(1);
  expect(scaleOf(1.5, 800, 400)).toBe(1.5);
});

it("the page that is read is the last that begins above the middle", () => {
  expect(pageAt([16, 500, 1000], 10)).toBe(1);
  expect(pageAt([16, 500, 1000], 600)).toBe(2);
  expect(pageAt([16, 500, 1000], 5000)).toBe(3);
  expect(pageAt([], 0)).toBe(1);
});
