import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { chooseBackend } from "../backend";
import { memoryBackend } from "../backend/memory";
import { Toasts } from "../components/Toast";
import { TooltipProvider } from "../components/Tooltip";
import { closePage, navigation, openPage } from "../navigation";
import { changeRequest, requests } from "../request/state";
import { useStore } from "../store";
import { loadTenants, tenants } from "../tenant/state";
import { duplicateTab, moveItem, openNode } from "./actions";
import { CollectionDialogs } from "./CollectionDialogs";
import { CollectionSidebar } from "./CollectionSidebar";
import { dialogs, openDialog } from "./dialogs";
import { folderEdits } from "./edits";
import { chooseEnvironment } from "./environments";
import { environmentEdits } from "./environment_edits";
import { globalEdits } from "./global_edits";
import { openFinding } from "./findings";
import { PageView } from "./PageView";
import { outcomes } from "./save_outcome";
import { collectionOf, collections, followCollections, loadCollections, treeFailure } from "./state";
import { treeView } from "./view";

let memory: ReturnType<typeof memoryBackend>;

function Page() {
  const page = useStore(navigation, (state) => state.page);
  return page ? <PageView page={page} /> : null;
}

async function open() {
  memory = memoryBackend();
  chooseBackend(memory);
  navigation.set({ place: "requests", page: null, palette: false });
  requests.set({ list: [], active: null, closed: [], unkept: 0, failure: null });
  tenants.set({ list: [], loaded: false, current: null });
  collections.set({ list: [], loaded: false });
  treeView.set({ expanded: new Set(), active: null, filter: "", renaming: null, cut: null });
  treeFailure.set({ failure: null });
  dialogs.set({ open: null });
  outcomes.set({ asking: null });
  folderEdits.set(Object.fromEntries(Object.keys(folderEdits.get()).map((key) => [key, undefined])));
  environmentEdits.set(Object.fromEntries(Object.keys(environmentEdits.get()).map((key) => [key, undefined])));
  globalEdits.set({ read: null, edit: null, typed: {} });
  await loadTenants();
  await loadCollections();
  const stop = await followCollections(() => undefined);
  render(
    <TooltipProvider>
      <CollectionSidebar />
      <Page />
      <CollectionDialogs />
      <Toasts />
    </TooltipProvider>,
  );
  return { user: userEvent.setup(), stop };
}

const item = (name: RegExp | string) => screen.getByRole("treeitem", { name });
const callsOf = (name: string) => memory.calls.filter(([called]) => called === name).map(([, input]) => input);

/** Opens the collection and its first folder, with the focus on the folder. */
async function openFolder() {
  const opened = await open();
  item(/Order to Cash/).focus();
  await opened.user.keyboard("{ArrowRight}{ArrowRight}{ArrowRight}");
  return opened;
}

beforeEach(() => localStorage.clear());

describe("the tree of collections", () => {
  it("opens, walks and closes with the arrow keys", async () => {
    const { user } = await openFolder();
    const folder = item("Orders");
    expect(document.activeElement).toBe(folder);
    expect(folder.getAttribute("aria-expanded")).toBe("true");
    expect(folder.getAttribute("aria-level")).toBe("2");
    expect([folder.getAttribute("aria-posinset"), folder.getAttribute("aria-setsize")]).toEqual(["1", "5"]);
    await user.keyboard("{ArrowRight}");
    expect(document.activeElement?.textContent).toContain("Create order");
    await user.keyboard("{ArrowLeft}{ArrowLeft}");
    expect(item("Orders").getAttribute("aria-expanded")).toBe("false");
    await user.keyboard("{End}");
    expect(document.activeElement?.textContent).toContain("Nordwind EDI");
    await user.keyboard("{Home}");
    expect(document.activeElement?.textContent).toContain("Order to Cash");
  });
  it("goes to a row by its first letters", async () => {
    const { user } = await openFolder();
    await user.keyboard("can");
    expect(document.activeElement?.textContent).toContain("Cancel order");
  });
  it("keeps what is open for the next start", async () => {
    await openFolder();
    expect(localStorage.getItem("sluice.expanded")).toContain("order-to-cash/orders");
  });
  it("opens a request with Enter, for the tenant of the environment", async () => {
    const { user } = await openFolder();
    await user.keyboard("{ArrowRight}{Enter}");
    await waitFor(() => expect(requests.get().list).toHaveLength(1));
    expect(requests.get().list[0]).toMatchObject({
      title: "Create order",
      tenant: "acme-dev",
      file: { collection: "order-to-cash", path: "orders/create-order.yml" },
    });
    expect(item(/Create order$/).getAttribute("aria-selected")).toBe("true");
  });
  it("renames in place with F2", async () => {
    const { user } = await openFolder();
    await user.keyboard("{ArrowRight}{F2}");
    await user.keyboard("Place order{Enter}");
    expect(await screen.findByRole("treeitem", { name: /Place order/ })).toBeTruthy();
    expect(callsOf("item_rename")).toEqual([
      { collection: "order-to-cash", path: "orders/create-order.yml", name: "Place order" },
    ]);
  });
  it("leaves the name with Escape", async () => {
    const { user } = await openFolder();
    await user.keyboard("{F2}Something{Escape}");
    expect(callsOf("item_rename")).toEqual([]);
    expect(item("Orders")).toBeTruthy();
  });
  it("deletes at once and brings back with Undo", async () => {
    const { user } = await openFolder();
    await user.keyboard("{ArrowRight}{Delete}");
    await waitFor(() => expect(screen.queryByRole("treeitem", { name: /Create order$/ })).toBeNull());
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    expect(await screen.findByRole("treeitem", { name: /Create order$/ })).toBeTruthy();
  });
  it("gives the open request its file back with Undo", async () => {
    const { user } = await openFolder();
    await openNode("order-to-cash", "orders/create-order.yml");
    item(/Create order$/).focus();
    await user.keyboard("{Delete}");
    await waitFor(() => expect(requests.get().list).toMatchObject([{ file: null }]));
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(requests.get().list).toMatchObject([{ file: { path: "orders/create-order.yml" } }]));
  });
  it("moves among siblings with Alt and into a folder by cut and paste", async () => {
    const { user } = await openFolder();
    await user.keyboard("{ArrowRight}{Alt>}{ArrowDown}{/Alt}");
    await waitFor(() =>
      expect(callsOf("item_move")).toMatchObject([{ folder: "orders", before: "orders/order-status.yml" }]),
    );
    await user.keyboard("{Control>}x{/Control}");
    item("Deliveries").focus();
    await user.keyboard("{Control>}v{/Control}");
    await waitFor(() =>
      expect(callsOf("item_move")[1]).toMatchObject({ path: "orders/create-order.yml", folder: "deliveries" }),
    );
    expect(await screen.findByRole("treeitem", { name: /Notify warehouse/ })).toBeTruthy();
  });
  it("duplicates an open request beside its file, edits included", async () => {
    await openFolder();
    await openNode("order-to-cash", "orders/create-order.yml");
    const id = requests.get().active ?? "";
    changeRequest(id, { url: "/edited" });
    await duplicateTab(id);
    const copy = requests.get().list.find((one) => one.id === requests.get().active);
    expect(copy).toMatchObject({
      title: "Create order copy",
      request: { url: "/edited" },
      file: { path: "orders/create-order-copy.yml", changed: true },
    });
  });
  it("takes an open request along to another collection", async () => {
    await openFolder();
    await openNode("order-to-cash", "orders/create-order.yml");
    await moveItem(
      { collection: "order-to-cash", path: "orders/create-order.yml" },
      { collection: "nordwind-edi", path: "" },
    );
    expect(requests.get().list).toMatchObject([{ file: { collection: "nordwind-edi", path: "create-order.yml" } }]);
  });
  it("drops a request before another one", async () => {
    await openFolder();
    const dataTransfer = { setData: () => undefined, effectAllowed: "" };
    fireEvent.dragStart(item(/Cancel order/), { dataTransfer });
    fireEvent.dragOver(item(/Create order$/), { dataTransfer });
    expect(item(/Create order$/).className).toContain("drop-before");
    fireEvent.drop(item(/Create order$/), { dataTransfer });
    await waitFor(() =>
      expect(callsOf("item_move")).toMatchObject([
        { path: "orders/cancel-order.yml", folder: "orders", before: "orders/create-order.yml" },
      ]),
    );
  });
  it("makes a request with N and asks for its name", async () => {
    const { user } = await openFolder();
    await user.keyboard("n");
    expect(await screen.findByLabelText("New name of New request")).toBeTruthy();
    expect(callsOf("request_create")).toMatchObject([{ folder: "orders" }]);
  });
  it("says what did not work under the tree", async () => {
    const { user } = await openFolder();
    const failure = { code: "disk_full", message: "The disk is full.", hint: null, detail: null };
    chooseBackend({ ...memory, call: () => Promise.reject(failure) });
    await user.keyboard("{ArrowRight}{Delete}");
    expect((await screen.findByTestId("error-message")).textContent).toBe("The disk is full.");
  });
  it("filters and says when nothing matches", async () => {
    const { user } = await open();
    await user.type(screen.getByLabelText("Filter requests"), "proof");
    expect(screen.getAllByRole("treeitem").map((row) => row.textContent)).toEqual([
      "Order to Cashdev",
      "Deliveries",
      "PUTProof of delivery",
    ]);
    await user.type(screen.getByLabelText("Filter requests"), "x");
    expect(screen.getByText("No request matches “proofx”.")).toBeTruthy();
  });
  it("says that a collection needs a key and how many files cannot be read", async () => {
    await open();
    expect(item(/Nordwind EDI/).textContent).toContain("needs a key");
    expect(screen.getByTestId("broken-files").textContent).toContain("1 file can't be read");
  });
});

describe("a broken file", () => {
  it("shows the change before it is saved, then opens as a request", async () => {
    const { user } = await open();
    await user.click(screen.getByTestId("broken-files"));
    expect((await screen.findByTestId("broken-problem")).textContent).toContain("Line 14");
    await user.click(screen.getByTestId("broken-repair"));
    expect(callsOf("file_save_text")).toEqual([]);
    expect(document.querySelector(".marked.ok")?.textContent).toContain("  auth: inherit");
    await user.click(screen.getByTestId("broken-save"));
    await waitFor(() => expect(requests.get().list[0]?.title).toBe("Change delivery date"));
  });
});

describe("settings of a collection", () => {
  async function settings() {
    const opened = await open();
    navigation.set({ page: { kind: "folder", collection: "order-to-cash", path: "" } });
    await screen.findByLabelText("Header 1 value");
    return opened;
  }
  it("writes only when saved", async () => {
    const { user } = await settings();
    await user.type(screen.getByLabelText("Header 1 value"), "!");
    expect(callsOf("folder_save")).toEqual([]);
    await user.click(screen.getByTestId("page-save"));
    await waitFor(() =>
      expect(callsOf("folder_save")).toMatchObject([{ item: { headers: [{ value: "sluice!" }] }, version: "1" }]),
    );
  });
  it("offers the keyring for a secret", async () => {
    const { user } = await settings();
    await user.type(screen.getByLabelText("Header 1 value"), "hunter2");
    await user.click(screen.getByTestId("page-save"));
    const dialog = await screen.findByRole("dialog", { name: "There is a secret in this" });
    await user.click(within(dialog).getByRole("button", { name: "Move to keyring" }));
    await waitFor(() => expect(callsOf("folder_save")[1]).toMatchObject({ move_secrets: true, with_secrets: false }));
    await waitFor(() =>
      expect(screen.getByLabelText<HTMLInputElement>("Header 1 value").value).toContain("{{authorizationHeader}}"),
    );
  });
});

describe("environments", () => {
  it("take the open requests to the tenant bound to them", async () => {
    const { user } = await openFolder();
    await user.keyboard("{ArrowRight}{Enter}");
    await waitFor(() => expect(requests.get().list).toHaveLength(1));
    await chooseEnvironment("order-to-cash", "test");
    expect(requests.get().list[0]?.tenant).toBe("acme-test");
  });
  it("are chosen by digit", async () => {
    const { user } = await open();
    openDialog({ kind: "environments", collection: "order-to-cash" });
    await screen.findByTestId("environments-dialog");
    await user.keyboard("2");
    await waitFor(() =>
      expect(callsOf("environment_choose")).toEqual([{ collection: "order-to-cash", environment: "prod" }]),
    );
  });
  it("keep secret values out of the file", async () => {
    const { user } = await open();
    navigation.set({ page: { kind: "environment", collection: "order-to-cash", environment: "dev" } });
    const field = await screen.findByLabelText<HTMLInputElement>("Variable 2 secret value");
    expect(field.type).toBe("password");
    await user.type(field, "geheim");
    await user.click(screen.getByTestId("page-save"));
    await waitFor(() =>
      expect(callsOf("secret_variable_set")).toEqual([
        { collection: "order-to-cash", environment: "dev", name: "partnerPassword", value: "geheim" },
      ]),
    );
    expect(JSON.stringify(callsOf("environment_save"))).not.toContain("geheim");
  });
});

describe("edits of variables", () => {
  const save = () => screen.getByTestId<HTMLButtonElement>("page-save");
  it("of an environment stay when its page is left, and are taken anew only when there are none", async () => {
    const { user } = await open();
    const page = { kind: "environment", collection: "order-to-cash", environment: "dev" } as const;
    act(() => openPage(page));
    await screen.findByLabelText("Variable 1 value");
    const { environment, tenant } = await memory.call("environment_read", page);
    const outside = (value: string) =>
      memory.call("environment_save", {
        collection: "order-to-cash",
        before: "dev",
        environment: {
          ...environment,
          variables: environment.variables.map((one, at) => (at === 0 ? { ...one, value } : one)),
        },
        tenant: tenant ?? undefined,
      });
    await outside("theirs");
    await screen.findByDisplayValue("theirs");
    const field = screen.getByLabelText("Variable 1 value");
    await user.clear(field);
    await user.type(field, "mine");
    act(closePage);
    await outside("theirs again");
    act(() => openPage(page));
    expect(await screen.findByDisplayValue("mine")).toBeTruthy();
    await user.click(save());
    const asked = await screen.findByTestId("save-outcome");
    expect(asked.textContent).toContain("theirs again");
    await user.click(within(asked).getByRole("button", { name: "Keep mine" }));
    await waitFor(() => expect(save().disabled).toBe(true));
    const after = await memory.call("environment_read", page);
    expect(after.environment.variables[0]?.value).toBe("mine");
  });
  it("of this computer stay when their page is left", async () => {
    const { user } = await open();
    act(() => openPage({ kind: "globals" }));
    await user.type(await screen.findByLabelText("Variable 1 value"), "!");
    act(closePage);
    await memory.call("global_variables_change", []);
    act(() => openPage({ kind: "globals" }));
    expect(await screen.findByDisplayValue("integration!")).toBeTruthy();
    await user.click(save());
    const asked = await screen.findByTestId("save-outcome");
    expect(await memory.call("global_variables", null)).toEqual([]);
    await user.click(within(asked).getByRole("button", { name: "Take theirs" }));
    await waitFor(() => expect(screen.queryByDisplayValue("integration!")).toBeNull());
  });
  it("begin with the variable that was missing", async () => {
    await open();
    act(() =>
      openPage({ kind: "environment", collection: "order-to-cash", environment: "dev", variable: "plantCode" }),
    );
    await waitFor(() => expect(document.activeElement?.getAttribute("aria-label")).toMatch(/^Variable \d+ value$/));
    expect(screen.getByDisplayValue("plantCode")).toBeTruthy();
    expect(save().disabled).toBe(false);
  });
});

describe("checking a collection", () => {
  it("lists what is wrong, and opens the file", async () => {
    const { user } = await open();
    openDialog({ kind: "check", collection: "order-to-cash" });
    const finding = await screen.findByRole("button", { name: /change-delivery-date\.yml:14/ });
    expect(finding.textContent).toContain("Can't be read");
    await user.click(finding);
    expect(dialogs.get().open).toBeNull();
    expect(navigation.get().page).toEqual({
      kind: "broken",
      collection: "order-to-cash",
      path: "orders/change-delivery-date.yml",
    });
  });
  it("says when nothing is wrong", async () => {
    await open();
    openDialog({ kind: "check", collection: "nordwind-edi" });
    expect(await screen.findByText("Nothing found")).toBeTruthy();
  });
  it("opens a finding as what its file is", async () => {
    await open();
    const tree = collectionOf("order-to-cash");
    if (!tree) throw new Error("no collection");
    const problem = { line: 3, column: null, message: "A secret.", hint: null };
    const at = (path: string) => openFinding(tree, { kind: "secret", problem: { ...problem, path } });
    at("environments/dev.yml");
    expect(navigation.get().page).toMatchObject({ kind: "environment", environment: "dev" });
    at("orders/folder.yml");
    expect(navigation.get().page).toMatchObject({ kind: "folder", path: "orders" });
    at("opencollection.yml");
    expect(navigation.get().page).toMatchObject({ kind: "folder", path: "" });
    at("orders/create-order.yml");
    await waitFor(() => expect(requests.get().list).toHaveLength(1));
  });
});

describe("importing", () => {
  it("shows what it would do before anything is written", async () => {
    const { user } = await open();
    openDialog({ kind: "import" });
    await user.click(await screen.findByRole("button", { name: "Choose file…" }));
    const report = await screen.findByTestId("import-report");
    expect(report.textContent).toContain("12 requests");
    expect(report.textContent).toContain("clientSecret");
    expect(within(report).getAllByRole("listitem")).toHaveLength(2);
    expect(callsOf("import_write_to_folder")).toEqual([]);
    await user.click(screen.getByRole("button", { name: /^Import/ }));
    await waitFor(() => expect(collections.get().list.map((tree) => tree.name)).toContain("Returns"));
  });
  it("says why a file cannot be imported", async () => {
    const { user } = await open();
    const failure = { code: "invalid_input", message: "This is no collection.", hint: null, detail: null };
    chooseBackend({ ...memory, importChoose: () => Promise.reject(failure) });
    openDialog({ kind: "import" });
    await user.click(await screen.findByRole("button", { name: "Choose folder…" }));
    expect((await screen.findByTestId("error-message")).textContent).toBe("This is no collection.");
  });
});
