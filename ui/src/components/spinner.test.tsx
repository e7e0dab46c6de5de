import { render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { Button } from "./Button";

const { matchMedia } = window;
afterEach(() => (window.matchMedia = matchMedia));

it("turns, or shows steady dots and the running time where nothing may move", () => {
  const { container, unmount } = render(<Button busy>Checking</Button>);
  expect(container.querySelector(".spin")).not.toBeNull();
  unmount();
  window.matchMedia = (query) => ({ ...matchMedia(query), matches: query.includes("reduced-motion") });
  render(<Button busy>Checking</Button>);
  expect(screen.getByTestId("steady-dots").textContent).toBe("0.0 s");
  expect(screen.getByRole("button").className).toContain("btn");
  expect(screen.getByRole("button", { name: "Checking" })).toBeTruthy();
});
