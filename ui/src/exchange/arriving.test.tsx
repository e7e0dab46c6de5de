import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { chooseBackend, type Backend } from "../backend";
import { memoryBackend } from "../backend/memory";
import { drafts, request } from "../backend/memory_story";
import type { Progress } from "../bindings/Progress";
import { TooltipProvider } from "../components/Tooltip";
import { ResponsePane } from "./ResponsePane";
import { startSending } from "./state";

const STEPS: Progress[] = [
  { stage: "calling", purpose: "token", number: 1 },
  { stage: "receiving", status: 200, received: 800, of: 800 },
  { stage: "calling", purpose: "request", number: 2 },
  { stage: "waiting" },
];

/** A pane whose request goes on for ever; answers how to report more of it. */
async function open() {
  const memory = memoryBackend();
  const [first] = drafts();
  if (!first) throw new Error("The story has a draft");
  const url = "https://acme-dev.it-cpi018-rt.cfapps.eu10-003.hana.ondemand.com/http/events";
  const draft = { ...first, request: request("GET", url) };
  let report: (step: Progress) => void = () => undefined;
  const send: Backend["send"] = async (order, onProgress) => {
    // What arrives is known by the name of the sending.
    await memory.send(order, () => undefined);
    report = onProgress;
    for (const step of STEPS) onProgress(step);
    return new Promise(() => undefined);
  };
  chooseBackend({ ...memory, send });
  void startSending(draft, false);
  render(
    <TooltipProvider>
      <ResponsePane draft={draft} />
    </TooltipProvider>,
  );
  await screen.findByTestId("sending");
  return { memory, report: (step: Progress) => report(step), user: userEvent.setup() };
}

describe("an answer that arrives", () => {
  it("is shown as far as it is there, and can be cancelled", async () => {
    const { memory, report, user } = await open();
    expect(screen.queryByRole("grid", { name: "Response body" })).toBeNull();
    report({ stage: "receiving", status: 200, received: 12_000, of: null });
    const grid = await screen.findByRole("grid", { name: "Response body" });
    const rows = () => Number(grid.getAttribute("aria-rowcount"));
    const before = rows();
    await waitFor(() => expect(rows()).toBeGreaterThan(before), { timeout: 3000 });
    expect(screen.getByTestId("status").textContent).toContain("Sending");
    await user.click(screen.getByRole("button", { name: /Cancel/ }));
    expect(memory.calls.some(([name]) => name === "request_cancel")).toBe(true);
  });
});
