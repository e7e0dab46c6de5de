import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { chooseBackend } from "../backend";
import { memoryBackend } from "../backend/memory";
import { Toasts } from "../components/Toast";
import { TooltipProvider } from "../components/Tooltip";
import { navigation } from "../navigation";
import { requests } from "../request/state";
import { useStore } from "../store";
import { loadTenants, tenants } from "../tenant/state";
import { closeComparison, compared, USUALLY_IGNORED } from "./compared";
import { CompareView } from "./CompareView";
import { HistoryView } from "./HistoryView";
import { forgetHistory, history } from "./state";

let memory: ReturnType<typeof memoryBackend>;

function Place() {
  const pair = useStore(compared, (state) => state.pair);
  return pair ? <CompareView pair={pair} /> : <HistoryView />;
}

const callsOf = (name: string) => memory.calls.filter(([called]) => called === name).map(([, input]) => input);
const rows = () => screen.getAllByRole("option");

beforeEach(() => localStorage.clear());

describe("comparing", () => {
  async function compareTwo() {
    memory = memoryBackend();
    chooseBackend(memory);
    forgetHistory();
    closeComparison();
    compared.set({ ignore: USUALLY_IGNORED });
    navigation.set({ place: "history", page: null, palette: false });
    requests.set({ list: [], active: null, closed: [], unkept: 0, failure: null });
    tenants.set({ list: [], loaded: false, current: null });
    await loadTenants();
    render(
      <TooltipProvider>
        <Place />
        <Toasts />
      </TooltipProvider>,
    );
    const user = userEvent.setup();
    await waitFor(() => expect(history.get().text).not.toBeNull());
    fireEvent.change(screen.getByRole("combobox", { name: "Search the history" }), {
      target: { value: "PO-2026-1184" },
    });
    await waitFor(() => expect(history.get().count).toBe(12));
    screen.getByRole("listbox", { name: "Exchanges" }).focus();
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowDown} {ArrowDown}{ArrowDown}{ArrowDown} c");
    await screen.findByRole("heading", { name: "Compare two calls" });
    return user;
  }
  it("puts the older one at the left and says what became of both", async () => {
    await compareTwo();
    expect(compared.get().pair).toEqual(["h6", "h3"]);
    const status = screen.getByRole("rowheader", { name: "Status" }).closest("tr");
    expect(status?.textContent).toContain("different");
    expect(status?.textContent).toContain("500 Internal Server Error");
    expect(screen.getByTestId("compare-remark").textContent).toContain("requestedOn changed its format");
  });
  it("walks through the differences with F8, around the ends", async () => {
    const user = await compareTwo();
    const at = () => screen.getByText(/of \d+ differences/).textContent;
    const all = Number(/of (\d+)/.exec(at() ?? "")?.[1]);
    expect(at()).toBe(`1 of ${all} differences`);
    await user.keyboard("{F8}");
    expect(at()).toBe(`2 of ${all} differences`);
    await user.keyboard("{Shift>}{F8}{F8}{/Shift}");
    expect(at()).toBe(`${all} of ${all} differences`);
    expect(document.querySelector('.diff-row[aria-current="true"]')).toBeTruthy();
  });
  it("swaps, and leaves out what is the same", async () => {
    const user = await compareTwo();
    await user.click(screen.getByRole("button", { name: "Swap" }));
    await waitFor(() => expect(compared.get().pair).toEqual(["h3", "h6"]));
    expect(screen.getByRole("rowheader", { name: "Method" })).toBeTruthy();
    await user.click(await screen.findByRole("checkbox", { name: "Only differences" }));
    expect(screen.queryByRole("rowheader", { name: "Method" })).toBeNull();
    expect(screen.getByRole("rowheader", { name: "Status" })).toBeTruthy();
  });
  it("remembers what is ignored and compares anew", async () => {
    const user = await compareTwo();
    await user.click(screen.getByRole("button", { name: "Edit" }));
    const field = screen.getByRole("textbox", { name: /Ignored headers/ });
    await user.clear(field);
    await user.type(field, "Date, requestedOn{Enter}");
    await waitFor(() => expect(callsOf("exchange_compare").at(-1)).toMatchObject({ ignore: ["date", "requestedon"] }));
    expect(localStorage.getItem("sluice.compare.ignore")).toBe('["date","requestedon"]');
  });
  it("opens B with A's body without sending it", async () => {
    const user = await compareTwo();
    await user.click(screen.getByRole("button", { name: "Send B with A’s body" }));
    await waitFor(() => expect(requests.get().list).toHaveLength(1));
    const [draft] = requests.get().list;
    expect(draft?.tenant).toBe("acme-dev");
    expect(draft?.request.body).toMatchObject({ text: expect.stringContaining("PO-2026-11840") });
    expect(callsOf("send")).toHaveLength(0);
  });
  it("changes one side by a choice in the list, and Esc goes back", async () => {
    const user = await compareTwo();
    await user.click(screen.getByRole("button", { name: "Change B" }));
    expect(await screen.findByText(/Choose what to compare with/)).toBeTruthy();
    await user.click(rows()[0] as HTMLElement);
    await waitFor(() => expect(compared.get().pair).toEqual(["h6", "h0"]));
    await screen.findByRole("heading", { name: "Compare two calls" });
    await user.keyboard("{Escape}");
    expect(compared.get().pair).toBeNull();
  });
  it("copies itself as text", async () => {
    const user = await compareTwo();
    await user.click(screen.getByRole("button", { name: "Copy as text" }));
    await waitFor(() =>
      expect(callsOf("clipboard_copy")[0]).toContain("≠ Status: 201 Created | 500 Internal Server Error"),
    );
  });
});
