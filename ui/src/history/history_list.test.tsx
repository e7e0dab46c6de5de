import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { answerOf } from "../exchange/state";
import { navigation } from "../navigation";
import { guard } from "../request/send";
import { requests } from "../request/state";
import { entryAt } from "./geometry";
import { callsOf, find, list, memory, open, rows } from "./history.test-env";
import { activeEntry, history, notice, sight } from "./state";

beforeEach(() => localStorage.clear());

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
    const { exchange } = answerOf(requests.get().list[0]?.id ?? "");
    expect(exchange?.id).toBe(entryAt(history.get().pages, 0)?.id);
    expect(exchange?.calls.length).toBeGreaterThan(0);
  });
  it("sends again only after production was asked about", async () => {
    const user = await open();
    await find("tenant:acme-prod method:POST ");
    await user.click(await screen.findByRole("button", { name: "Send again" }));
    await waitFor(() => expect(guard.get().asking).not.toBeNull());
    expect(callsOf("send")).toHaveLength(0);
  });
  it("opens a request that misses the secret typed into it, and sends nothing", async () => {
    const user = await open();
    const request = { ...memoryRequest(), url: "/http/typed", body: { kind: "json" as const, text: '{"pin":"••••"}' } };
    await memory.send({ id: "typed-1", tenant: "acme-dev", request, confirmed: true }, () => undefined);
    await act(() => notice());
    await find("typed ");
    const sent = callsOf("send").length;
    await user.click(await screen.findByRole("button", { name: "Send again" }));
    await waitFor(() => expect(requests.get().list.map((draft) => draft.request.url)).toContain("/http/typed"));
    expect(callsOf("send")).toHaveLength(sent);
  });
  it("stays at the exchange one looks at, with the note being typed, when an answer arrives", async () => {
    const user = await open();
    list().focus();
    await user.keyboard("{ArrowDown}{ArrowDown}");
    const before = activeEntry()?.id;
    const preview = within(screen.getByRole("complementary", { name: "Preview" }));
    await user.type(await preview.findByLabelText("Note"), "half a no");
    const request = { ...memoryRequest(), url: "/http/new" };
    await memory.send({ id: "new-2", tenant: "acme-dev", request, confirmed: true }, () => undefined);
    await act(() => notice());
    expect(history.get()).toMatchObject({ active: 3, anchor: 3, fresh: 0 });
    expect(activeEntry()?.id).toBe(before);
    expect(preview.getByLabelText<HTMLInputElement>("Note").value).toBe("half a no");
    list().focus();
    await user.keyboard("{Delete}");
    await waitFor(() => expect(callsOf("history_remove")).toEqual([{ kind: "some", exchanges: [before] }]));
    expect(history.get().active).toBe(3);
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
