import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { chooseBackend } from "../backend";
import { memoryBackend, type MemoryOptions } from "../backend/memory";
import { imported } from "../backend/memory_story";
import type { KeyImport } from "../bindings/KeyImport";
import type { SecretStoreState } from "../bindings/SecretStoreState";
import { TooltipProvider } from "../components/Tooltip";
import { loadTenants, tenants } from "../tenant/state";
import { ImportDialog } from "./ImportDialog";
import { WaitingImport } from "./WaitingImport";
import {
  chooseKeyFile,
  choosePrivateKey,
  closeImport,
  imports,
  openImport,
  openRenewal,
  pasteKey,
  setImportAside,
  showImport,
} from "./import_state";

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
    expect((await screen.findByTestId("error-hint")).textContent).toContain("renewed in the cockpit?");
    expect(screen.getByTestId("diagnosis-title").textContent).toContain("does not know these credentials");
    expect(screen.getByRole("button", { name: "Test again" })).toBeTruthy();
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
  it("needs no file when the certificate was asked for here, and says so", async () => {
    await shown({ empty: true, paste: "requested" });
    expect((await screen.findByTestId("import-requested")).textContent).toContain("with the request erp-partner");
    expect(await screen.findByText(/Token works/)).toBeTruthy();
    expect(screen.queryByTestId("import-private-key")).toBeNull();
  });
  it("says why the private key of the request is not there, and takes a file in its place", async () => {
    const { user } = await shown({ empty: true, paste: "lost" });
    expect((await screen.findByTestId("error-message")).textContent).toContain("is not there any more");
    expect(screen.queryByTestId("import-requested")).toBeNull();
    const asked = within(screen.getByRole("region", { name: "Add the private key" }));
    await user.click(asked.getByRole("button", { name: "Choose file…" }));
    await user.type(await screen.findByTestId("import-passphrase"), "right{Enter}");
    expect(await screen.findByText(/Token works/)).toBeTruthy();
    expect(screen.queryByTestId("import-requested")).toBeNull();
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
  it("offers to hold them when saving failed on the keyring, and asks for its state again", async () => {
    const { user } = await shown({ empty: true });
    await screen.findByText(/Token works/);
    expect(screen.queryByTestId("import-hold")).toBeNull();
    const locked = { code: "secret_store_locked", message: "The keyring is locked.", hint: null, detail: null };
    chooseBackend({
      ...memory,
      call: (name, input) =>
        name === "key_save" && !(input as { hold_for_run: boolean }).hold_for_run
          ? Promise.reject(locked)
          : memory.call(name, input),
    });
    await user.click(screen.getByTestId("import-save"));
    expect((await screen.findByTestId("import-hold")).getAttribute("aria-checked")).toBe("false");
    await waitFor(() => expect(called("secret_store_state")).toHaveLength(1));
    await user.click(screen.getByTestId("import-hold"));
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

describe("a key left for the settings", () => {
  const untrusted = (memory: ReturnType<typeof memoryBackend>) => ({
    ...memory,
    call: ((name, input) => {
      if (name !== "key_test") return memory.call(name, input);
      void memory.call(name, input).catch(() => undefined);
      return Promise.reject({
        code: "token",
        message: "The token server's certificate has no root this computer trusts.",
        hint: null,
        detail: null,
        diagnosis: {
          rule: "server_issuer_unknown",
          title: "The root of the server is not trusted here",
          explanation: "",
          evidence: [],
          keys: [],
          hint: "Trust its root in the settings.",
          causes: [],
          steps: [{ kind: "open_settings", label: "Open the settings" }],
          message: null,
          text: "",
        },
      });
    }) as typeof memory.call,
  });
  it("waits there with what was typed, and is tested again when gone on with", async () => {
    const { user } = await shown({ empty: true });
    render(<WaitingImport />);
    await screen.findByText(/Token works/);
    chooseBackend(untrusted(memory));
    await user.click(screen.getByRole("button", { name: "Test again" }));
    await user.clear(screen.getByLabelText("Tenant name"));
    await user.type(screen.getByLabelText("Tenant name"), "mine");
    await user.click(await screen.findByRole("button", { name: "Open the settings" }));
    expect(screen.queryByTestId("import-dialog")).toBeNull();
    expect(called("key_discard")).toEqual([]);
    chooseBackend(memory);
    await user.click(screen.getByTestId("import-go-on"));
    expect(await screen.findByText(/Token works/)).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>("Tenant name").value).toBe("mine");
    expect(screen.queryByTestId("import-waits")).toBeNull();
  });
  it("is forgotten when another one is asked for", async () => {
    await shown({ empty: true });
    setImportAside();
    openImport();
    expect(called("key_discard")).toHaveLength(1);
    expect(imports.get()).toMatchObject({ open: true, read: null });
  });
});

describe("what comes too late", () => {
  const pending = () => {
    const asked: Array<{ done(read: KeyImport | null): void; fail(why: unknown): void }> = [];
    const ask = () => new Promise<never>((done, fail) => asked.push({ done: done as never, fail }));
    chooseBackend({ ...memory, keyPaste: ask, keyChooseFile: ask, privateKeyChoose: ask });
    return asked;
  };
  it("does not open a closed dialog, and is discarded", async () => {
    const asked = pending();
    openImport();
    const pasting = pasteKey();
    closeImport();
    asked[0]?.done(imported("late", "certificate"));
    await pasting;
    expect(imports.get()).toMatchObject({ open: false, read: null, reading: false });
    expect(called("key_discard")).toEqual([{ import: "late" }]);
  });
  it("does not open a closed dialog with its failure either", async () => {
    const asked = pending();
    openImport();
    const choosing = chooseKeyFile();
    closeImport();
    asked[0]?.fail({ code: "invalid_input", message: "No.", hint: null, detail: null });
    await choosing;
    expect(imports.get()).toMatchObject({ open: false, failure: null });
  });
  it("does not take the place of a later key", async () => {
    const asked = pending();
    const first = pasteKey();
    const second = pasteKey();
    asked[1]?.done(imported("second", "certificate"));
    await second;
    asked[0]?.done(imported("first", "certificate"));
    await first;
    expect(imports.get().read?.id).toBe("second");
    expect(called("key_discard")).toEqual([{ import: "first" }]);
  });
  it("does not bring a discarded key back with its private key", async () => {
    const asked = pending();
    showImport(imported("one", "external"), true);
    const choosing = choosePrivateKey();
    closeImport();
    asked[0]?.done(imported("one", "certificate"));
    await choosing;
    expect(imports.get()).toMatchObject({ open: false, read: null });
  });
});

describe("renewing a key", () => {
  async function renewing(options: MemoryOptions) {
    memory = memoryBackend(options);
    chooseBackend(memory);
    await loadTenants();
    const [tenant] = tenants.get().list;
    const [key] = tenant?.keys ?? [];
    if (!tenant || !key) throw new Error("the story has a tenant with a key");
    const onSaved = vi.fn();
    render(
      <TooltipProvider>
        <ImportDialog store={READY} onSaved={onSaved} />
      </TooltipProvider>,
    );
    openRenewal(tenant.name, key.name);
    await pasteKey();
    return { tenant, key, onSaved, user: userEvent.setup() };
  }

  it("shows what changes, and puts the key in its place after a token", async () => {
    const { tenant, key, onSaved, user } = await renewing({});
    expect(await screen.findByText(`Renew ${key.name} of ${tenant.name}`)).toBeTruthy();
    expect(screen.queryByTestId("import-name")).toBeNull();
    expect(within(screen.getByRole("region", { name: "What changes" })).getByText("Client id")).toBeTruthy();
    await screen.findByText(/Token works/);
    await user.click(screen.getByRole("button", { name: /Renew key/ }));
    await waitFor(() => expect(onSaved).toHaveBeenCalledWith(tenant.name));
    expect(called("key_renew")[0]).toMatchObject({ tenant: tenant.name, key: key.name });
    expect(called("key_save")).toHaveLength(0);
    const names = tenants
      .get()
      .list.find((one) => one.name === tenant.name)
      ?.keys.map((one) => one.name);
    expect(names).toEqual(tenant.keys.map((one) => one.name));
  });
  it("keeps the saved key when the new one gets no token", async () => {
    await renewing({ refused: true });
    expect((await screen.findByTestId("import-blocked")).textContent).toContain("the saved one stays");
    expect(screen.getByTestId<HTMLButtonElement>("import-save").disabled).toBe(true);
  });
});
