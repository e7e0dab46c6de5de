import { screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { callsOf, find, list, memory, open, query, rows, type } from "./history.test-env";
import { history, search } from "./state";
import type { HistoryPage } from "../bindings/HistoryPage";

beforeEach(() => localStorage.clear());

describe("searching", () => {
  it("says how many of how many fit, and marks what was found", async () => {
    await open();
    expect(screen.getByTestId("history-count").textContent).toBe("240 exchanges");
    await find("PO-2026-1184");
    expect(screen.getByTestId("history-count").textContent).toMatch(/^12 of 240 in \d+ ms$/);
    expect(rows()).toHaveLength(12);
    expect(rows()[0]?.querySelector("mark")?.textContent).toBe("PO-2026-1184");
  });
  it("lets only the newest answer count", async () => {
    await open();
    const answers: Array<[string, (page: HistoryPage) => void]> = [];
    const real = memory.call.bind(memory);
    vi.spyOn(memory, "call").mockImplementation(((name: string, input: { text: string }) =>
      name === "history_search"
        ? new Promise((done) => answers.push([input.text, done as never]))
        : real(name as never, input as never)) as never);
    const page = (count: number): HistoryPage => ({ entries: [], count, total: 240, took_ms: 1, terms: [] });
    history.set({ rest: "slow" });
    const first = search();
    history.set({ rest: "quick" });
    const second = search();
    answers.find(([text]) => text === "quick")?.[1](page(2));
    await second;
    answers.find(([text]) => text === "slow")?.[1](page(99));
    await first;
    expect(history.get()).toMatchObject({ text: "quick", count: 2 });
  });
  it("asks once for what is typed in one go", async () => {
    await open();
    const before = callsOf("history_search").length;
    for (const text of ["d", "de", "del", "deliveries"]) type(text);
    await waitFor(() => expect(history.get().text).toBe("deliveries"));
    expect(callsOf("history_search").slice(before)).toEqual([{ text: "deliveries", offset: 0, count: 100 }]);
  });
  it("makes a chip of a complete term, and text of it again with Backspace", async () => {
    const user = await open();
    type("status:5xx ");
    query().focus();
    expect(query().value).toBe("");
    expect(screen.getByRole("button", { name: "Remove status:5xx" })).toBeTruthy();
    await waitFor(() => expect(history.get().text).toBe("status:5xx"));
    await user.keyboard("{Backspace}");
    expect(query().value).toBe("status:5xx");
    expect(screen.queryByRole("button", { name: "Remove status:5xx" })).toBeNull();
  });
  it("says at its chip what is wrong with a term", async () => {
    await open();
    type("door:cellar ");
    await waitFor(() => expect(screen.getByText(/A door is window or terminal/)).toBeTruthy());
  });
  it("completes terms and tenants with the arrow keys", async () => {
    const user = await open();
    await user.type(query(), "ten");
    await user.keyboard("{ArrowDown}{Enter}");
    expect(query().value).toBe("tenant:");
    await user.keyboard("acme-t{ArrowDown}{Enter}");
    await waitFor(() => expect(history.get().text).toBe("tenant:acme-test"));
  });
  it("is reached with / and cleared with Esc", async () => {
    const user = await open();
    list().focus();
    await user.keyboard("/");
    expect(document.activeElement).toBe(query());
    await find("zebra");
    expect(screen.getByText("Nothing found")).toBeTruthy();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(history.get().text).toBe(""));
    expect(query().value).toBe("");
  });
  it("teaches what belongs here while nothing was sent", async () => {
    await open({ empty: true });
    expect(screen.getByText("Nothing was sent yet")).toBeTruthy();
  });
});

describe("narrowing down", () => {
  it("edits the query and keeps the counts of its own group", async () => {
    const user = await open();
    await find("PO-2026-1184");
    await user.click(await screen.findByRole("checkbox", { name: /acme-test/ }));
    await waitFor(() => expect(history.get()).toMatchObject({ text: "tenant:acme-test PO-2026-1184", count: 4 }));
    expect(await screen.findByRole("checkbox", { name: /acme-dev/ })).toBeTruthy();
    await user.click(screen.getByRole("checkbox", { name: /acme-dev/ }));
    await waitFor(() => expect(history.get().text).toBe("tenant:acme-test,acme-dev PO-2026-1184"));
    await user.click(screen.getByRole("checkbox", { name: /acme-test/ }));
    await waitFor(() => expect(history.get().text).toBe("tenant:acme-dev PO-2026-1184"));
  });
  it("narrows by time and takes it back", async () => {
    const user = await open();
    await user.click(screen.getByRole("radio", { name: "Last 7 days" }));
    await waitFor(() => expect(history.get().text).toBe("since:7d"));
    await user.click(screen.getByRole("radio", { name: "All time" }));
    await waitFor(() => expect(history.get().text).toBe(""));
  });
});
