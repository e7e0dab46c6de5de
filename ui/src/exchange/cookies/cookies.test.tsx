import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { chooseBackend } from "../../backend";
import { memoryBackend } from "../../backend/memory";
import { request } from "../../backend/memory_story";
import type { Exchange } from "../../bindings/Exchange";
import { TooltipProvider } from "../../components/Tooltip";
import { HeadersTab } from "../HeadersTab";
import { Timeline } from "../Timeline";
import { CookiesTab } from "./CookiesTab";
import { cookiesSet } from "./set_cookie";

let memory: ReturnType<typeof memoryBackend>;

async function open(show: (exchange: Exchange) => React.ReactElement) {
  memory = memoryBackend();
  chooseBackend(memory);
  const order = { id: "e1", tenant: "acme-dev", request: request("POST", "/http/orders"), confirmed: false };
  const exchange = await memory.send(order, () => undefined);
  render(<TooltipProvider>{show(exchange)}</TooltipProvider>);
  return exchange;
}

afterEach(() => vi.useRealTimers());

describe("cookies", () => {
  it("are told from the headers of every call, their values never shown", async () => {
    const exchange = await open((exchange) => <CookiesTab exchange={exchange} />);
    expect(cookiesSet(exchange)).toHaveLength(4);
    expect(cookiesSet(exchange)[3]).toMatchObject({
      call: 3,
      name: "JSESSIONID",
      value: [{ kind: "masked", label: "", length: 32 }],
      attributes: "Path=/http; Secure; HttpOnly",
    });
    expect((await screen.findByRole("table", { name: "Kept cookies" })).textContent).not.toContain("revealed");
  });
  it("are revealed one by one, for 30 seconds", async () => {
    await open((exchange) => <CookiesTab exchange={exchange} />);
    const button = await screen.findByRole("button", { name: "Reveal __VCAP_ID__" });
    vi.useFakeTimers();
    fireEvent.click(button);
    await act(() => vi.advanceTimersByTimeAsync(10));
    expect(screen.getByText(/revealed-__vcap_id__/)).toBeTruthy();
    expect(screen.queryByText(/revealed-jsessionid/)).toBeNull();
    await act(() => vi.advanceTimersByTimeAsync(29_000));
    expect(screen.getByText(/revealed-__vcap_id__/)).toBeTruthy();
    await act(() => vi.advanceTimersByTimeAsync(1_100));
    expect(screen.queryByText(/revealed-__vcap_id__/)).toBeNull();
  });
  it("go into the session of the call when there are none yet", async () => {
    const exchange = await open((exchange) => <CookiesTab exchange={exchange} />);
    const user = userEvent.setup();
    fireEvent.click(await screen.findByRole("button", { name: "Clear all…" }));
    fireEvent.click(await screen.findByRole("button", { name: "Clear all" }));
    await screen.findByText(/No cookies are kept/);
    fireEvent.click(screen.getByRole("button", { name: "Add cookie" }));
    await user.type(screen.getByRole("textbox", { name: "Name" }), "region");
    await user.keyboard("{Control>}{Enter}{/Control}");
    const { kind } = exchange.request.authorization;
    await waitFor(() => {
      const [, input] = memory.calls.findLast(([name]) => name === "cookie_set") ?? [];
      expect(input).toMatchObject({ cookie: { credential: `${exchange.key} · ${kind}`, name: "region" } });
    });
  });
  it("are added, changed without showing the value before, and removed", async () => {
    await open((exchange) => <CookiesTab exchange={exchange} />);
    const user = userEvent.setup();
    fireEvent.click(await screen.findByRole("button", { name: "Add cookie" }));
    await user.type(screen.getByRole("textbox", { name: "Name" }), "region");
    await user.type(screen.getByRole("textbox", { name: "Value" }), "eu10");
    await user.keyboard("{Control>}{Enter}{/Control}");
    fireEvent.click(await screen.findByRole("button", { name: "Change region" }));
    expect((screen.getByRole("textbox", { name: "Value" }) as HTMLInputElement).value).toBe("");
    await user.clear(screen.getByRole("textbox", { name: "Name" }));
    await user.type(screen.getByRole("textbox", { name: "Name" }), "zone");
    await user.keyboard("{Control>}{Enter}{/Control}");
    await screen.findByRole("button", { name: "Change zone" });
    expect(screen.queryByRole("button", { name: "Change region" })).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "Remove zone" }));
    await waitFor(() => expect(screen.queryByRole("button", { name: "Change zone" })).toBeNull());
  });
  it("are all removed only after a question", async () => {
    await open((exchange) => <CookiesTab exchange={exchange} />);
    await screen.findByRole("button", { name: "Reveal __VCAP_ID__" });
    fireEvent.click(screen.getByRole("button", { name: "Clear all…" }));
    const dialog = await screen.findByRole("alertdialog", { name: "Remove 3 cookies of acme-dev?" });
    expect(memory.calls.some(([name]) => name === "cookie_clear")).toBe(false);
    fireEvent.click(within(dialog).getByRole("button", { name: "Clear all" }));
    expect(await screen.findByText(/No cookies are kept/)).toBeTruthy();
  });
});

describe("headers", () => {
  it("are filtered and copied, masked values as dots", async () => {
    await open((exchange) => <HeadersTab exchange={exchange} />);
    fireEvent.change(screen.getByRole("textbox", { name: "Filter headers" }), { target: { value: "cookie" } });
    expect(screen.getByRole("status").textContent).toBe("1 of 5");
    fireEvent.click(screen.getByRole("button", { name: "Copy all headers" }));
    await waitFor(() =>
      expect(memory.calls).toContainEqual([
        "clipboard_copy",
        "Set-Cookie: JSESSIONID=••••; Path=/http; Secure; HttpOnly",
      ]),
    );
  });
});

describe("a call as it went out", () => {
  it("is copied as curl without secrets", async () => {
    await open((exchange) => <Timeline exchange={exchange} />);
    fireEvent.click(screen.getByRole("button", { name: "Copy as cURL" }));
    await waitFor(() => expect(memory.calls.some(([name]) => name === "clipboard_copy")).toBe(true));
    expect(memory.calls).toContainEqual(["exchange_curl", { exchange: "e1", call: 3 }]);
    const copied = String(memory.calls.find(([name]) => name === "clipboard_copy")?.[1]);
    expect(copied).toContain("curl --request POST 'https://");
    expect(copied).toContain("Bearer $SECRET");
  });
});
