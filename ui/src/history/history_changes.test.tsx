import { act, cleanup, render, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { loadSettings } from "../settings/state";
import { HistorySettings } from "./HistorySettings";
import { callsOf, list, open, rows } from "./history.test-env";
import { history, typeQuery } from "./state";

beforeEach(() => localStorage.clear());

describe("deleting", () => {
  it("takes one at once", async () => {
    const user = await open();
    list().focus();
    await user.keyboard("{Delete}");
    await waitFor(() => expect(history.get().count).toBe(239));
    expect(screen.getByText("Deleted 1 exchange")).toBeTruthy();
  });
  it("asks before more than one, with the focus on Cancel", async () => {
    const user = await open();
    list().focus();
    await user.keyboard(" {Shift>}{ArrowDown}{/Shift}");
    await waitFor(() => expect(history.get().selected.size).toBe(2));
    await user.keyboard("{Delete}");
    const dialog = await screen.findByRole("alertdialog", { name: "Delete 2 exchanges?" });
    expect(document.activeElement?.textContent).toBe("Cancel");
    expect(callsOf("history_remove")).toHaveLength(0);
    await user.click(within(dialog).getByRole("button", { name: "Delete 2 exchanges" }));
    await waitFor(() => expect(history.get().count).toBe(238));
    expect(history.get().selected.size).toBe(0);
  });
  it("asks before all history goes", async () => {
    const user = await open();
    cleanup();
    render(<HistorySettings limits={{ days: 90, mebibytes: 5120 }} />);
    await waitFor(() => expect(screen.getByTestId("history-usage").textContent).toMatch(/^240 exchanges in 1.0 MB/));
    await user.click(screen.getByRole("button", { name: "Delete all history…" }));
    const dialog = await screen.findByRole("alertdialog", { name: "Delete all history?" });
    expect(callsOf("history_remove")).toHaveLength(0);
    await user.click(within(dialog).getByRole("button", { name: "Delete all history" }));
    await waitFor(() => expect(screen.getByTestId("history-usage").textContent).toBe("Nothing is kept."));
  });
  it("changes the limits, and refuses what is no number", async () => {
    const user = await open();
    cleanup();
    await loadSettings();
    render(<HistorySettings limits={{ days: 90, mebibytes: 5120 }} />);
    const days = screen.getByRole("textbox", { name: "Days" });
    await user.clear(days);
    await user.type(days, "ten{Enter}");
    expect(screen.getByRole("alert").textContent).toContain("whole number of days");
    expect(callsOf("settings_change")).toHaveLength(0);
    await user.clear(days);
    await user.keyboard("{Enter}");
    await waitFor(() => expect(callsOf("settings_change")[0]).toMatchObject({ history: { days: null } }));
  });
});

describe("notes, pins and copies", () => {
  it("keeps a note and a pin, and shows the pin in the list", async () => {
    const user = await open();
    await user.type(await screen.findByRole("textbox", { name: "Note" }), "works again{Enter}");
    await waitFor(() => expect(callsOf("history_change")).toContainEqual({ exchange: "h0", note: "works again" }));
    await user.click(screen.getByRole("button", { name: /^Pin/ }));
    await waitFor(() => expect(rows()[0]?.querySelector('[title="Pinned"]')).toBeTruthy());
  });
  it("copies a curl command and exports what is selected", async () => {
    const user = await open();
    await user.click(await screen.findByRole("button", { name: "Copy as cURL" }));
    await waitFor(() => expect(callsOf("clipboard_copy")[0]).toContain("/http/acme/orders/v2/create"));
    list().focus();
    await user.keyboard(" ");
    await user.click(screen.getByRole("button", { name: "Export as HAR" }));
    await waitFor(() => expect(callsOf("history_export_choose")).toEqual([["h0"]]));
  });
});

describe("typing", () => {
  it("clears the selection, so that nothing unseen is deleted", async () => {
    const user = await open();
    list().focus();
    await user.keyboard(" ");
    act(() => typeQuery("x"));
    expect(history.get().selected.size).toBe(0);
  });
});
