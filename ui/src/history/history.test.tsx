import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { chooseBackend } from "../backend";
import { memoryBackend, type MemoryOptions } from "../backend/memory";
import type { HistoryPage } from "../bindings/HistoryPage";
import { Toasts } from "../components/Toast";
import { TooltipProvider } from "../components/Tooltip";
import { navigation } from "../navigation";
import { requests } from "../request/state";
import { guard } from "../request/send";
import { loadSettings } from "../settings/state";
import { loadTenants, tenants } from "../tenant/state";
import { removal } from "./actions";
import { closeComparison, compared, USUALLY_IGNORED } from "./compared";
import { HistorySettings } from "./HistorySettings";
import { HistorySidebar } from "./HistorySidebar";
import { HistoryView } from "./HistoryView";
import { forgetHistory, history, notice, search, sight, typeQuery } from "./state";

let memory: ReturnType<typeof memoryBackend>;

async function open(options: MemoryOptions = {}) {
  memory = memoryBackend(options);
  chooseBackend(memory);
  forgetHistory();
  closeComparison();
  removal.set({ asking: null });
  compared.set({ ignore: USUALLY_IGNORED });
  navigation.set({ place: "history", page: null, palette: false });
  requests.set({ list: [], active: null, closed: [], unkept: 0, failure: null });
  tenants.set({ list: [], loaded: false, current: null });
  guard.set({ asking: null, released: new Set() });
  await loadTenants();
  render(
    <TooltipProvider>
      <HistorySidebar />
      <HistoryView />
      <Toasts />
    </TooltipProvider>,
  );
  await waitFor(() => expect(history.get().text).not.toBeNull());
  return userEvent.setup();
}

const callsOf = (name: string) => memory.calls.filter(([called]) => called === name).map(([, input]) => input);
const query = () => screen.getByRole<HTMLInputElement>("combobox", { name: "Search the history" });
const rows = () => screen.getAllByRole("option");
const list = () => screen.getByRole("listbox", { name: "Exchanges" });

const type = (text: string) => fireEvent.change(query(), { target: { value: text } });

async function find(text: string) {
  type(text);
  await waitFor(() => expect(history.get().text).toBe(text.trim()));
}

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

describe("the list", () => {
  it("has only rows in sight, of ten thousand too", async () => {
    await open({ history: 10_000 });
    expect(history.get().count).toBe(10_000);
    expect(rows().length).toBeLessThan(40);
    expect(rows()[0]?.getAttribute("aria-setsize")).toBe("10000");
  });
  it("reads the pages one scrolls to", async () => {
    await open({ history: 10_000 });
    list().scrollTop = 5_000 * 48;
    fireEvent.scroll(list());
    await waitFor(() => expect(callsOf("history_search")).toContainEqual({ text: "", offset: 5_000, count: 100 }));
    await waitFor(() => expect(document.getElementById("history-5000")).toBeTruthy());
  });
  it("moves with the arrow keys, and the preview follows", async () => {
    const user = await open();
    list().focus();
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}");
    expect(list().getAttribute("aria-activedescendant")).toBe("history-3");
    const preview = screen.getByRole("complementary", { name: "Preview" });
    expect(await within(preview).findByText("500 Internal Server Error")).toBeTruthy();
    expect(within(preview).getByText(/Authorization, cookies and secret variables are never kept/)).toBeTruthy();
  });
  it("selects with Space and ranges with Shift, and Esc clears", async () => {
    const user = await open();
    list().focus();
    await user.keyboard(" ");
    expect(rows()[0]?.getAttribute("aria-selected")).toBe("true");
    await user.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}");
    await waitFor(() => expect(history.get().selected.size).toBe(3));
    expect(screen.getByText("3 selected")).toBeTruthy();
    await user.keyboard("{Escape}");
    expect(history.get().selected.size).toBe(0);
  });
  it("selects a range over pages that were not read yet", async () => {
    await open({ history: 1_000 });
    fireEvent.click(rows()[0] as HTMLElement);
    list().scrollTop = 250 * 48;
    fireEvent.scroll(list());
    await waitFor(() => expect(document.getElementById("history-250")).toBeTruthy());
    fireEvent.click(document.getElementById("history-250") as HTMLElement, { shiftKey: true });
    await waitFor(() => expect(history.get().selected.size).toBe(251));
  });
  it("opens what was sent as a request, and changes nothing in the history", async () => {
    const user = await open();
    list().focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(requests.get().list).toHaveLength(1));
    expect(requests.get().list[0]).toMatchObject({
      title: "Create order",
      tenant: "acme-dev",
      request: { method: "POST", url: "/http/acme/orders/v2/create" },
    });
    expect(navigation.get().place).toBe("requests");
    expect(callsOf("send")).toHaveLength(0);
  });
  it("sends again only after production was asked about", async () => {
    const user = await open();
    await find("tenant:acme-prod method:POST ");
    await user.click(await screen.findByRole("button", { name: "Send again" }));
    await waitFor(() => expect(guard.get().asking).not.toBeNull());
    expect(callsOf("send")).toHaveLength(0);
  });
  it("says what is new instead of moving what one reads", async () => {
    await open();
    list().scrollTop = 2_000;
    fireEvent.scroll(list());
    expect(sight.top).toBe(2_000);
    const before = rows().map((row) => row.getAttribute("aria-label"));
    const { request } = { request: { ...memoryRequest(), url: "/http/new" } };
    await memory.send({ id: "new-1", tenant: "acme-dev", request, confirmed: true }, () => undefined);
    await act(() => notice());
    expect(screen.getByRole("button", { name: "1 new" })).toBeTruthy();
    expect(rows().map((row) => row.getAttribute("aria-label"))).toEqual(before);
    fireEvent.click(screen.getByRole("button", { name: "1 new" }));
    await waitFor(() => expect(history.get()).toMatchObject({ count: 241, fresh: 0 }));
    expect(list().scrollTop).toBe(0);
    fireEvent.scroll(list());
    expect(rows()[0]?.getAttribute("aria-label")).toContain("/http/new");
  });
});

function memoryRequest() {
  return {
    method: "GET",
    url: "/http/new",
    parameters: [],
    path_parameters: [],
    headers: [],
    body: { kind: "none" as const },
    authorization: { kind: "bearer" as const, key: null },
    csrf: "auto" as const,
    options: { timeout_ms: null, follow_redirects: null, http1_only: false },
  };
}

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
