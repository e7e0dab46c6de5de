import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { chooseBackend } from "../backend";
import { closePage, navigation, openPage } from "../navigation";
import { requests } from "../request/state";
import { known } from "../settings/state";
import { dialogs, openDialog } from "./dialogs";
import { chooseEnvironment } from "./environments";
import { openFinding } from "./findings";
import { callsOf, memory, open, openFolder } from "./opened.test-env";
import { collectionOf, collections } from "./state";

beforeEach(() => localStorage.clear());

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
  it("call nobody back who went elsewhere while a new one was saved", async () => {
    const { user } = await open();
    openPage({ kind: "environment", collection: "order-to-cash", environment: null });
    await user.type(await screen.findByLabelText("Name"), "quality");
    const call = memory.call.bind(memory);
    let answer = (): void => undefined;
    const held = new Promise<void>((done) => (answer = done));
    memory.call = async (name, input) => {
      if (name === "environment_save") await held;
      return call(name, input);
    };
    await user.click(screen.getByTestId("page-save"));
    act(closePage);
    answer();
    await waitFor(() =>
      expect(collectionOf("order-to-cash")?.environments.map((one) => one.name)).toContain("quality"),
    );
    await act(() => Promise.resolve());
    expect(navigation.get().page).toBeNull();
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
        {
          collection: "order-to-cash",
          environment: "dev",
          name: "partnerPassword",
          value: "geheim",
          hold_for_run: false,
        },
      ]),
    );
    expect(JSON.stringify(callsOf("environment_save"))).not.toContain("geheim");
  });
  it("hold secret values for this run when there is no keyring and the user says so", async () => {
    const { user } = await open();
    known.set({ store: { state: "unusable", reason: "No Secret Service answers.", hint: "Install one." } });
    navigation.set({ page: { kind: "environment", collection: "order-to-cash", environment: "dev" } });
    await user.type(await screen.findByLabelText("Variable 2 secret value"), "geheim");
    await user.click(screen.getByTestId("hold-secrets"));
    await user.click(screen.getByTestId("page-save"));
    await waitFor(() =>
      expect(callsOf("secret_variable_set")).toMatchObject([{ value: "geheim", hold_for_run: true }]),
    );
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
  it("holds its secrets for this run when there is no keyring and the user says so", async () => {
    const { user } = await open();
    known.set({ store: { state: "unusable", reason: "No Secret Service answers.", hint: "Install one." } });
    openDialog({ kind: "import" });
    await user.click(await screen.findByRole("button", { name: "Choose file…" }));
    await user.click(await screen.findByTestId("hold-secrets"));
    await user.click(screen.getByRole("button", { name: /^Import/ }));
    await waitFor(() => expect(callsOf("import_write_to_folder")).toEqual([{ holdForRun: true }]));
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
