import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { chooseBackend } from "../backend";
import { memoryBackend, type MemoryOptions } from "../backend/memory";
import type { SecretStoreState } from "../bindings/SecretStoreState";
import { TooltipProvider } from "../components/Tooltip";
import { loadTenants, tenants } from "../tenant/state";
import { ImportDialog } from "./ImportDialog";
import { closeImport, imports, openImport, pasteKey } from "./import_state";

const READY: SecretStoreState = { state: "ready" };
let memory: ReturnType<typeof memoryBackend>;
const called = (name: string) => memory.calls.filter(([one]) => one === name).map(([, input]) => input);

async function shown(options: MemoryOptions, store: SecretStoreState = READY, tenant: string | null = null) {
  memory = memoryBackend(options);
  chooseBackend(memory);
  tenants.set({ list: [], current: null });
  await loadTenants();
  const onSaved = vi.fn();
  render(
    <TooltipProvider>
      <ImportDialog store={store} onSaved={onSaved} />
    </TooltipProvider>,
  );
  if (tenant) openImport(tenant);
  await pasteKey();
  return { onSaved, user: userEvent.setup() };
}

beforeEach(() => {
  memory = memoryBackend();
  chooseBackend(memory);
  closeImport();
});

describe("importing a key", () => {
  it("is three key strokes: it tests by itself, name and stage are suggested", async () => {
    const { onSaved, user } = await shown({ empty: true });
    expect(await screen.findByText(/Token works/)).toBeTruthy();
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>("Tenant name").value).toBe("acme-dev"));
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(onSaved).toHaveBeenCalledWith("acme-dev"));
    expect(called("key_save")[0]).toMatchObject({ tenant: "acme-dev", stage: "dev", hold_for_run: false });
    expect(called("clipboard_clear")).toHaveLength(1);
  });
  it("never has the secret on the page, only its length", async () => {
    await shown({ empty: true, paste: "secret" });
    const pasted = await screen.findByRole("list", { name: /Pasted text/ });
    expect(within(pasted).getByText(/hidden 44/)).toBeTruthy();
  });
  it("says what a text is that is no key", async () => {
    await shown({ empty: true, paste: "nothing" });
    expect((await screen.findByTestId("error-message")).textContent).toContain("Postman collection");
    expect(screen.getByTestId<HTMLButtonElement>("import-save").disabled).toBe(true);
  });
  it("offers to save anyway when the test fails, with the reason", async () => {
    const { user } = await shown({ empty: true, refused: true });
    expect((await screen.findByTestId("error-hint")).textContent).toContain("deleted in the cockpit?");
    const save = screen.getByTestId("import-save");
    expect(save.textContent).toContain("Save anyway");
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>("Tenant name").value).toBe("acme-dev"));
    await user.click(save);
    await waitFor(() => expect(called("key_save")).toHaveLength(1));
  });
  it("waits for the private key of an external certificate, with the reason in words", async () => {
    const { user } = await shown({ empty: true, paste: "external" });
    expect((await screen.findByTestId("import-blocked")).textContent).toContain("matching private key");
    await user.click(screen.getByTestId("import-private-key"));
    await user.type(await screen.findByTestId("import-passphrase"), "wrong{Enter}");
    expect(await screen.findByText("The passphrase does not open this file.")).toBeTruthy();
    expect(screen.getByText("acme-partner-2025.p12")).toBeTruthy();
    await user.clear(screen.getByTestId("import-passphrase"));
    await user.type(screen.getByTestId("import-passphrase"), "right{Enter}");
    expect(await screen.findByText(/Token works/)).toBeTruthy();
  });
  it("compares the two sides when the file does not fit", async () => {
    const { user } = await shown({ empty: true, paste: "external" });
    await user.click(await screen.findByTestId("import-private-key"));
    await user.type(await screen.findByTestId("import-passphrase"), "other{Enter}");
    const table = await screen.findByRole("table", { name: /beside your file/ });
    expect(within(table).getAllByText("same").length).toBeGreaterThan(0);
    expect(within(table).getByText("Public key").closest("tr")?.className).toContain("decides");
  });
  it("holds secrets for a run only when the user says so", async () => {
    const { user } = await shown(
      { empty: true },
      { state: "unusable", reason: "No Secret Service answers.", hint: "Install one." },
    );
    expect((await screen.findByTestId("import-blocked")).textContent).toContain("this run only");
    await user.click(screen.getByLabelText("Hold its secrets for this run only"));
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>("import-save").disabled).toBe(false));
    await user.click(screen.getByTestId("import-save"));
    await waitFor(() => expect(called("key_save")[0]).toMatchObject({ hold_for_run: true }));
  });
  it("asks for no stage when the tenant is there already", async () => {
    await shown({}, READY, "acme-dev");
    expect(await screen.findByText("Add a service key to acme-dev")).toBeTruthy();
    await screen.findByLabelText("Key name");
    expect(screen.queryByRole("radiogroup", { name: "Stage" })).toBeNull();
  });
  it("forgets the key on Esc", async () => {
    const { user } = await shown({ empty: true });
    await screen.findByText(/Token works/);
    await user.keyboard("{Escape}");
    await waitFor(() => expect(imports.get().open).toBe(false));
    expect(called("key_discard")).toHaveLength(1);
  });
});
