import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { chooseBackend } from "../backend";
import { memoryBackend, type MemoryOptions } from "../backend/memory";
import { openDialog } from "../collection/dialogs";
import { collections } from "../collection/state";
import { treeView } from "../collection/view";
import { systemTheme } from "../settings/theme";
import { NARROW } from "../layout";
import { closePage, navigation } from "../navigation";
import { forgetAnswers } from "../request/send";
import { changeRequest, requests } from "../request/state";
import { closeImport } from "../service_key/import_state";
import { closeKeyDialog } from "../service_key/key_dialog_state";
import { tenants } from "../tenant/state";
import { App } from "./App";
import { isTextField } from "../components/text_field";
import { started } from "./start";

let memory: ReturnType<typeof memoryBackend>;

function open(options: MemoryOptions = {}) {
  memory = memoryBackend(options);
  chooseBackend(memory);
  closeImport();
  closeKeyDialog();
  started.set({ ready: false, failure: null });
  navigation.set({ place: "start", page: null, palette: false });
  collections.set({ list: [], loaded: false });
  treeView.set({ expanded: new Set(), active: null });
  requests.set({ list: [], active: null, closed: [], unkept: 0, failure: null });
  tenants.set({ list: [], loaded: false, current: null });
  forgetAnswers();
  render(<App />);
  return userEvent.setup();
}

beforeEach(() => localStorage.clear());

describe("the window", () => {
  it("goes from first run to an answer in three clicks", async () => {
    const user = open({ empty: true });
    await user.click(await screen.findByTestId("first-run-sandbox"));
    await user.click(await screen.findByTestId("tenant-call-flow"));
    await user.click(await screen.findByTestId("send"));
    await waitFor(() => expect(screen.getByTestId("status").textContent).toContain("201"));
    expect(memory.calls.find(([name]) => name === "send")?.[1]).toMatchObject({
      tenant: "sandbox",
      request: { method: "POST", url: "/http/orders" },
    });
  });
  it("opens with the requests of last time and says where one goes", async () => {
    open();
    expect((await screen.findAllByRole("tab", { name: /POST Create order/ })).length).toBe(1);
    expect((await screen.findByTestId("resolved-url")).textContent).toContain("/http/acme/orders/v2/create");
  });
  it("sends with Ctrl Enter from the URL", async () => {
    const user = open();
    // jsdom measures nothing, so the splitters take every click for theirs.
    (await screen.findByTestId("url")).focus();
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(screen.getByTestId("status").textContent).toContain("201 Created"));
    expect(screen.getByText("201 Created, 618 ms")).toBeTruthy();
  });
  it("asks before a POST to production, with the focus on Cancel", async () => {
    const user = open();
    await user.click(await screen.findByRole("tab", { name: /production/ }));
    expect((await screen.findByTestId("send")).textContent).toBe("Send…");
    await user.click(screen.getByTestId("send"));
    const dialog = await screen.findByRole("alertdialog");
    expect(within(dialog).getByText("Send this POST to production?")).toBeTruthy();
    expect(document.activeElement?.textContent).toBe("Cancel");
    await user.keyboard("{Enter}");
    expect(memory.calls.some(([name]) => name === "send")).toBe(false);
  });
  it("reads a pasted key in Rust, outside of text fields only", async () => {
    const user = open();
    // jsdom measures nothing, so the splitters take every click for theirs.
    (await screen.findByTestId("url")).focus();
    await user.keyboard("{Control>}v{/Control}");
    expect(memory.calls.some(([name]) => name === "key_paste")).toBe(false);
    await user.click(screen.getByTestId("rail-tenants"));
    await user.keyboard("{Control>}v{/Control}");
    expect(await screen.findByTestId("import-dialog")).toBeTruthy();
  });
  it("shows a file that was dropped", async () => {
    open({ empty: true });
    await screen.findByTestId("first-run-paste");
    const { imported } = await import("../backend/memory_story");
    memory.drop(imported("dropped", "certificate"));
    expect(await screen.findByTestId("import-dialog")).toBeTruthy();
    expect(screen.queryByText(/clipboard still holds/)).toBeNull();
  });
  it("shows the keys of a tenant and asks before one is removed", async () => {
    const user = open();
    await user.click(await screen.findByTestId("rail-tenants"));
    const row = await screen.findByTestId("key-row-jenkins-old");
    expect(row.textContent).toContain("Bad credentials");
    row.focus();
    await user.keyboard("{Delete}");
    expect(await screen.findByText("Remove the key jenkins-old?")).toBeTruthy();
    expect(document.activeElement?.textContent).toBe("Cancel");
  });
  it("changes a setting at once and takes it back with Undo", async () => {
    const user = open();
    await user.click(await screen.findByTestId("rail-settings"));
    await user.click(await screen.findByLabelText("Follow redirects"));
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    const changes = memory.calls.filter(([name]) => name === "settings_change").map(([, input]) => input);
    expect(changes).toMatchObject([{ follow_redirects: false }, { follow_redirects: true }]);
  });
  it("says in red that a host is not verified", async () => {
    const user = open();
    await user.click(await screen.findByTestId("rail-settings"));
    (await screen.findByLabelText("Host that is not verified")).focus();
    await user.keyboard("test.local{Enter}");
    expect(await screen.findByText("These hosts are not verified")).toBeTruthy();
    expect(screen.getByRole("contentinfo").textContent).toContain("test.local is not verified");
  });
  it("has the regions a screen reader walks through", async () => {
    open();
    await screen.findByTestId("url");
    for (const role of ["banner", "navigation", "complementary", "main", "contentinfo"]) {
      expect(screen.getAllByRole(role).length).toBeGreaterThan(0);
    }
  });
  it("says why nothing was copied", async () => {
    const user = open();
    const refused = { code: "storage_failed", message: "The clipboard is not there.", hint: null, detail: null };
    await screen.findByTestId("url");
    chooseBackend({ ...memory, clipboardCopy: () => Promise.reject(refused) });
    await user.click(screen.getByTestId("rail-tenants"));
    (await screen.findByRole("button", { name: "Actions of jenkins-old" })).focus();
    await user.keyboard("{Enter}copy{Enter}");
    expect((await screen.findByTestId("error-message")).textContent).toBe("The clipboard is not there.");
    screen.getByRole("button", { name: "Copy the URL" }).focus();
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("dialog", { name: "Nothing was copied" })).toBeTruthy();
  });
  it("offers two ways on for a host that is not the tenant's", async () => {
    const user = open();
    (await screen.findByTestId("url")).focus();
    changeRequest("d1", { url: "https://elsewhere.example/x" });
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(await screen.findByText("Not a host of this tenant")).toBeTruthy();
    const note = screen.getByRole("region", { name: "Response" });
    within(note).getByTestId("allow-host").focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.queryByText("Not a host of this tenant")).toBeNull());
    await waitFor(() => expect(document.activeElement?.getAttribute("data-testid")).toBe("send"));
    await waitFor(() => expect(screen.queryByTestId("resolve-problem")).toBeNull());
  });
  it("lays the sidebar over the content of a narrow window", async () => {
    const { matchMedia } = window;
    window.matchMedia = (query) => ({ ...matchMedia(query), matches: query === NARROW });
    try {
      const user = open();
      await screen.findByTestId("url");
      expect(screen.queryByRole("complementary", { name: "Sidebar" })).toBeNull();
      await user.keyboard("{Control>}\\{/Control}");
      const sidebar = await screen.findByRole("complementary", { name: "Sidebar" });
      within(sidebar)
        .getByRole("button", { name: /Order status/ })
        .focus();
      await user.keyboard("{Enter}");
      expect(screen.queryByRole("complementary", { name: "Sidebar" })).toBeNull();
    } finally {
      window.matchMedia = matchMedia;
    }
  });
  it("finds commands by name in the palette", async () => {
    const user = open();
    await screen.findByTestId("url");
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByRole("combobox", { name: "Search or run a command" }), "theme dark{Enter}");
    await waitFor(() => expect(document.documentElement.dataset.theme).toBe("dark"));
  });
});

describe("a collection without requests", () => {
  it("opens as its page and has its environments in the top bar, there and beside an empty workbench", async () => {
    const user = open({ empty: true });
    await screen.findByTestId("first-run-paste");
    act(() => openDialog({ kind: "create" }));
    await user.type(await screen.findByLabelText("Name"), "Returns{Enter}");
    const chip = await screen.findByRole("button", { name: "Choose an environment of Returns" });
    expect(navigation.get().page).toEqual({ kind: "folder", collection: "returns", path: "" });
    chip.focus();
    await user.keyboard("{Enter}");
    await user.click(await screen.findByRole("menuitem", { name: "Environments…" }));
    await user.click(await screen.findByRole("button", { name: "New environment" }));
    expect(navigation.get().page).toEqual({ kind: "environment", collection: "returns", environment: null });
    expect(screen.getByTestId("environment-chip")).toBeTruthy();
    act(closePage);
    expect(await screen.findByText("No open request")).toBeTruthy();
    expect(screen.getByTestId("environment-chip")).toBeTruthy();
  });
  it("opens as its page from the tree, beside other requests", async () => {
    open();
    await screen.findByTestId("url");
    expect(screen.queryByTestId("environment-chip")).toBeNull();
    act(() => collections.set(({ list }) => ({ list: list.map((one) => ({ ...one, nodes: [] })) })));
    const user = userEvent.setup();
    screen.getByRole("treeitem", { name: /Order to Cash/ }).focus();
    await user.keyboard("{Enter}");
    expect(screen.getByTestId("environment-chip").textContent).toContain("dev");
  });
});

describe("themes", () => {
  it("follow the system, contrast before dark", () => {
    expect(systemTheme((query) => query.includes("dark"))).toBe("dark");
    expect(systemTheme((query) => query.includes("dark") || query.includes("contrast"))).toBe("contrast");
    expect(systemTheme((query) => query.includes("forced"))).toBe("contrast");
    expect(systemTheme(() => false)).toBe("light");
  });
});

describe("text fields", () => {
  it("are told from everything else", () => {
    const box = document.createElement("input");
    box.type = "checkbox";
    expect([
      isTextField(document.createElement("input")),
      isTextField(document.createElement("textarea")),
      isTextField(box),
      isTextField(document.body),
    ]).toEqual([true, true, false, false]);
  });
});
