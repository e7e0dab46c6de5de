import { act, render, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { TooltipProvider } from "../components/Tooltip";
import { navigation, openPage } from "../navigation";
import { requests } from "../request/state";
import { ImportDialog } from "../service_key/ImportDialog";
import { closeImport, imports } from "../service_key/import_state";
import { loadTenants } from "../tenant/state";
import { openNode } from "./actions";
import { openCollection, openDialog } from "./dialogs";
import { followTenants } from "./environments";
import { askedForKeys, keySaved } from "./missing_tenants";
import { callsOf, item, memory, open } from "./opened.test-env";
import { loadCollections } from "./state";
import { expand } from "./view";

const ALONE = "nordwind-edi is not on this computer: paste its service key";

/** With the import dialog, as in the window. */
async function opened() {
  const shown = await open();
  render(
    <TooltipProvider>
      <ImportDialog store={{ state: "ready" }} onSaved={keySaved} />
    </TooltipProvider>,
  );
  return shown;
}

const asked = () => screen.queryByTestId("missing-tenants");
const look = () => act(() => expand("nordwind-edi/", true));

beforeEach(() => {
  localStorage.clear();
  closeImport();
});

describe("a tenant that is missing", () => {
  it("is not asked for before somebody looks into its collection", async () => {
    await opened();
    item(/Nordwind EDI/).focus();
    expect(asked()).toBeNull();
  });
  it("is asked for when its collection is looked into, with the focus on the key", async () => {
    await opened();
    look();
    const dialog = await screen.findByRole("dialog", { name: ALONE });
    expect(dialog.textContent).toContain("edi of Nordwind EDI");
    expect(document.activeElement?.textContent).toContain("Paste key");
  });
  it("is asked for when its folder is opened", async () => {
    const { stop } = await opened();
    const tree = await memory.call("collection_tree", { collection: "nordwind-edi" });
    memory.collectionChoose = async () => tree;
    await act(openCollection);
    expect(await screen.findByRole("dialog", { name: ALONE })).toBeTruthy();
    stop();
  });
  it("is asked for when a page of the collection is opened", async () => {
    await opened();
    act(() => openPage({ kind: "environment", collection: "nordwind-edi", environment: "edi" }));
    expect(asked()).toBeTruthy();
  });
  it("is asked for once; its environment still says that it needs a key", async () => {
    const { user } = await opened();
    look();
    await user.click(await screen.findByTestId("missing-not-now"));
    expect(asked()).toBeNull();
    act(() => expand("nordwind-edi/", false));
    look();
    await act(() => loadCollections());
    expect(asked()).toBeNull();
    expect(item(/Nordwind EDI/).textContent).toContain("needs a key");
    expect(localStorage.getItem("sluice.asked-for-keys")).toContain("nordwind-edi");
  });
  it("is not asked for in the next run either", async () => {
    const { user } = await opened();
    look();
    await screen.findByTestId("missing-tenants");
    await user.keyboard("{Escape}");
    const { pairs } = askedForKeys.get();
    expect(pairs).toHaveLength(1);
    vi.resetModules();
    const nextRun = await import("./missing_tenants");
    expect(nextRun.askedForKeys.get().pairs).toEqual(pairs);
  });
  it("gives its requests to no other tenant meanwhile", async () => {
    const { user } = await opened();
    await act(() => openNode("nordwind-edi", "send-desadv.yml"));
    await user.click(await screen.findByTestId("missing-not-now"));
    expect(requests.get().list.at(-1)).toMatchObject({ title: "Send DESADV", tenant: null });
  });
  it("gets its key without leaving the collection, whose requests then go to it", async () => {
    const { user } = await opened();
    const stop = followTenants();
    await act(() => openNode("nordwind-edi", "send-desadv.yml"));
    await user.click(await screen.findByRole("button", { name: /^Paste key/ }));
    expect(await screen.findByRole("dialog", { name: "Add a service key to nordwind-edi" })).toBeTruthy();
    expect(await screen.findByText(/Token works/)).toBeTruthy();
    await user.click(screen.getByTestId("import-save"));
    await waitFor(() => expect(callsOf("key_save")).toMatchObject([{ tenant: "nordwind-edi", stage: "dev" }]));
    await waitFor(() => expect(item(/Nordwind EDI/).textContent).not.toContain("needs a key"));
    expect(navigation.get().place).toBe("requests");
    expect(requests.get().list).toMatchObject([{ tenant: "nordwind-edi" }]);
    expect(asked()).toBeNull();
    stop();
  });
  it("is asked for again when pasting was given up", async () => {
    const { user } = await opened();
    look();
    await user.click(await screen.findByRole("button", { name: /^Paste key/ }));
    await screen.findByTestId("import-dialog");
    expect(asked()).toBeNull();
    await user.click(screen.getByTestId("import-cancel"));
    await waitFor(() => expect(imports.get().open).toBe(false));
    expect(asked()).toBeTruthy();
  });
  it("waits until another dialog is closed", async () => {
    await opened();
    act(() => openDialog({ kind: "create" }));
    look();
    expect(asked()).toBeNull();
  });
});

describe("several tenants that are missing", () => {
  it("are asked for in one dialog, each with its environments", async () => {
    const { user } = await opened();
    for (const tenant of ["acme-test", "acme-prod"]) await memory.call("tenant_remove", { tenant });
    await act(async () => {
      await loadTenants();
      await loadCollections();
      expand("order-to-cash/", true);
      expand("nordwind-edi/", true);
    });
    const dialog = await screen.findByTestId("missing-tenants");
    expect(dialog.textContent).toContain("3 tenants are not on this computer");
    expect(
      within(dialog)
        .getAllByRole("listitem")
        .map((one) => one.textContent),
    ).toEqual([
      "acme-prodprod of Order to CashPaste key",
      "acme-testtest of Order to CashPaste key",
      "nordwind-ediedi of Nordwind EDIPaste key",
    ]);
    await user.click(within(dialog).getByRole("button", { name: "Paste key of acme-test" }));
    expect(imports.get()).toMatchObject({ open: true, tenant: "acme-test" });
    act(closeImport);
    await user.click(await screen.findByTestId("missing-not-now"));
    expect(asked()).toBeNull();
    expect(askedForKeys.get().pairs).toHaveLength(3);
  });
});
