import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { chooseBackend } from "../backend";
import { memoryBackend } from "../backend/memory";
import { memoryConnectivity } from "../backend/memory_connectivity";
import { TooltipProvider } from "../components/Tooltip";
import { InspectDialog } from "./InspectDialog";
import { closeInspection, openInspection } from "./state";
import { stepsOf } from "./words";

let memory: ReturnType<typeof memoryBackend>;

beforeEach(() => {
  closeInspection();
  memory = memoryBackend();
  chooseBackend(memory);
});

function open(target = "") {
  openInspection(target);
  render(
    <TooltipProvider>
      <InspectDialog />
    </TooltipProvider>,
  );
  return userEvent.setup();
}

describe("a server", () => {
  it("is tested with Enter, and shows its steps, findings, chain and root", async () => {
    const user = open();
    await user.type(screen.getByTestId("inspect-target"), "partner.example{Enter}");
    const found = await screen.findByTestId("inspect-found");
    for (const words of ["52.28.1.10:443", "TLS 1.3, TLS_AES_256_GCM_SHA384", "A client certificate may be shown"])
      expect(found.textContent).toContain(words);
    expect(found.textContent).toContain("DigiCert Global Root G2, a public root");
    await user.click(screen.getByRole("button", { name: "Save the root certificate" }));
    const saved = memory.calls.find(([name]) => name === "certificates_save_choose")?.[1];
    expect(saved).toEqual([expect.any(String), "root", "partner.example"]);
  });
  it("says what is wrong with its name", async () => {
    const user = open("no host");
    await user.click(screen.getByRole("button", { name: "Test" }));
    expect((await screen.findByTestId("error-message")).textContent).toContain("This is no host");
  });
  it("is not waited for after the dialog went", async () => {
    chooseBackend({
      ...memory,
      call: (name, input) => (memory.calls.push([name, input]), new Promise(() => undefined)),
    });
    const user = open("slow.example");
    await user.click(screen.getByRole("button", { name: "Test" }));
    await screen.findByText(/Testing slow.example/u);
    const first = memory.calls.find(([name]) => name === "connectivity_test")?.[1] as { id: string };
    await user.click(screen.getByText("Close"));
    expect(memory.calls).toContainEqual(["request_cancel", { exchange: first.id }]);
    expect(screen.queryByTestId("inspect")).toBeNull();
  });
});

describe("the steps of a test", () => {
  it("say where it ended", () => {
    const found = memoryConnectivity("gone.example");
    const steps = stepsOf({
      ...found,
      lookup: { name: "gone.example", addresses: [], duration_ms: 3, failure: "no such name" },
      attempts: [],
      tls: null,
      http: null,
    });
    expect(steps.map(({ name, worked }) => [name, worked])).toEqual([
      ["Name", false],
      ["TLS", null],
      ["HTTP", null],
    ]);
  });
});
