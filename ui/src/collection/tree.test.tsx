import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { chooseBackend } from "../backend";
import { changeRequest, requests } from "../request/state";
import { duplicateTab, moveItem, openNode } from "./actions";
import { callsOf, item, memory, open, openFolder } from "./opened.test-env";

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
