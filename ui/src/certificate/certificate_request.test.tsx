import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { chooseBackend } from "../backend";
import { memoryBackend, type MemoryOptions } from "../backend/memory";
import { TooltipProvider } from "../components/Tooltip";
import { Toasts } from "../components/Toast";
import { navigation } from "../navigation";
import { loadSecretStore } from "../settings/state";
import { CertificatesView } from "./CertificatesView";
import { RequestDialogs } from "./RequestDialogs";
import { answerDropped, answerRefused, certificateRequests, newCertificateRequest, NO_REQUESTS } from "./requests";
import { certificates } from "./state";

let memory: ReturnType<typeof memoryBackend>;
const called = (name: string) => memory.calls.filter(([one]) => one === name).map(([, input]) => input);
const rows = () => screen.queryAllByTestId("request-row").map((row) => row.textContent ?? "");
const panel = () => within(screen.getByRole("complementary", { name: "Certificate request facts" }));
const button = (name: string) => screen.getByRole<HTMLButtonElement>("button", { name: new RegExp(`^${name}`, "u") });

/** Quicker than typing. */
async function fill(user: UserEvent, id: string, text: string) {
  await user.click(screen.getByTestId(id));
  await user.paste(text);
}

async function open(options: MemoryOptions = {}) {
  memory = memoryBackend(options);
  chooseBackend(memory);
  await loadSecretStore();
  render(
    <TooltipProvider>
      <CertificatesView />
      <RequestDialogs />
      <Toasts />
    </TooltipProvider>,
  );
  const user = userEvent.setup();
  await user.click(await screen.findByRole("tab", { name: /^Requests/u }));
  await waitFor(() => expect(certificateRequests.get().list).not.toBeNull());
  return user;
}

beforeEach(() => {
  navigation.set({ place: "certificates", page: null, palette: false });
  certificates.set({ list: null, failure: null, selected: null, filter: "", part: "keys" });
  certificateRequests.set(NO_REQUESTS);
});

describe("the certificate requests", () => {
  it("stand newest first, with how far they are and where their private key is", async () => {
    await open();
    expect(rows().map((text) => text.split("CN=")[0])).toEqual(["orders-dev", "erp-partner", "tryout", "shop-2025"]);
    expect(rows()[0]).toMatch(/EC P-384.*in the OS keyring.*Waiting/u);
    expect(rows()[1]).toMatch(/RSA 4096.*Signed.*until/u);
    expect(rows()[2]).toMatch(/lost.*Private key lost/u);
    expect(rows()[3]).toContain("Ended");
    expect(screen.getByRole("tab", { name: "Requests 4" })).toBeTruthy();
  });
  it("teach what they are for while there are none", async () => {
    const user = await open({ empty: true });
    expect(screen.getByText(/you bring your own/u)).toBeTruthy();
    await user.click(button("New certificate request"));
    expect(screen.getByRole("dialog", { name: "New certificate request" })).toBeTruthy();
  });
  it("say why they could not be read", async () => {
    const failure = { code: "storage_failed", message: "The data cannot be read.", hint: "Start again.", detail: null };
    memory = memoryBackend();
    chooseBackend({ ...memory, call: () => Promise.reject(failure) });
    certificates.set({ part: "requests" });
    render(<CertificatesView />);
    expect((await screen.findByTestId("error-message")).textContent).toBe("The data cannot be read.");
  });
});

describe("a new request", () => {
  it("is made with its subject, key pair and DNS names", async () => {
    const user = await open({ empty: true });
    await user.click(screen.getByTestId("request-new"));
    await fill(user, "request-name", "orders-dev");
    expect(screen.getByTestId<HTMLInputElement>("subject-CN").value).toBe("orders-dev");
    await fill(user, "subject-O", "Acme, Foods");
    await fill(user, "subject-C", "de");
    await user.click(screen.getByLabelText("DNS names"));
    await user.paste("a.acme.example, b.acme.example");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(called("certificate_request_add")).toEqual([
      {
        name: "orders-dev",
        subject: "CN=orders-dev, O=Acme\\, Foods, C=de",
        kind: "rsa2048",
        dns_names: ["a.acme.example", "b.acme.example"],
        self_signed: false,
        hold_for_run: false,
      },
    ]);
  });
  it("is shown as PEM to be copied and saved", async () => {
    const user = await open();
    expect(screen.getByTestId("request-pem").textContent).toContain("BEGIN CERTIFICATE REQUEST");
    await user.click(screen.getByTestId("request-copy"));
    expect(called("clipboard_copy")[0]).toContain("BEGIN CERTIFICATE REQUEST");
    await user.click(screen.getByTestId("request-save"));
    expect(await screen.findByText("Saved to /home/you/orders-dev.csr")).toBeTruthy();
  });
  it("keeps a common name that was typed when the name changes", async () => {
    const user = await open();
    await user.click(screen.getByTestId("request-new"));
    await fill(user, "subject-CN", "erp");
    await fill(user, "request-name", "orders");
    expect(screen.getByTestId<HTMLInputElement>("subject-CN").value).toBe("erp");
  });
  it("cannot be made without a name, and says what is wrong with a country", async () => {
    const user = await open();
    await user.click(screen.getByTestId("request-new"));
    expect(button("Make key pair").disabled).toBe(true);
    await fill(user, "request-name", "x");
    expect(button("Make key pair").disabled).toBe(false);
    await fill(user, "subject-C", "DEU");
    expect(screen.getByRole("alert").textContent).toContain("Two letters");
    expect(button("Make key pair").disabled).toBe(true);
  });
  it("of a taken name stays in the dialog with the reason and the next step", async () => {
    const user = await open();
    await user.click(screen.getByTestId("request-new"));
    await fill(user, "request-name", "ORDERS-DEV");
    await user.keyboard("{Enter}");
    expect((await screen.findByTestId("error-message")).textContent).toContain("already");
    expect(screen.getByTestId("error-hint").textContent).toContain("another name");
    expect(screen.getByTestId<HTMLInputElement>("request-name").value).toBe("ORDERS-DEV");
  });
  it("may sign its own certificate, and says what that is good for", async () => {
    const user = await open({ empty: true });
    await user.click(screen.getByTestId("request-new"));
    await fill(user, "request-name", "tryout");
    expect(screen.queryByText(/Valid for a year/u)).toBeNull();
    await user.click(screen.getByTestId("request-self-signed"));
    expect(screen.getByText(/Valid for a year/u)).toBeTruthy();
    await user.click(button("Make key pair"));
    expect((await screen.findByTestId("certificate-pem")).textContent).toContain("BEGIN CERTIFICATE-----");
    expect(called("certificate_request_add")[0]).toMatchObject({ self_signed: true });
  });
  it("holds its private key for a run only when the user says so", async () => {
    const user = await open({ empty: true, store: { state: "locked", hint: "Unlock it." } });
    await user.click(screen.getByTestId("request-new"));
    await fill(user, "request-name", "x");
    expect(screen.getByText(/lost when Sluice ends/u)).toBeTruthy();
    expect(button("Make key pair").disabled).toBe(true);
    await user.click(screen.getByTestId("request-hold"));
    await user.click(button("Make key pair"));
    await waitFor(() => expect(called("certificate_request_add")[0]).toMatchObject({ hold_for_run: true }));
    expect(await screen.findAllByText("held for this run only")).toHaveLength(2);
  });
  it("is reached from anywhere", async () => {
    await open();
    act(() => {
      certificates.set({ part: "keys" });
      navigation.set({ place: "history" });
      newCertificateRequest();
    });
    expect(navigation.get().place).toBe("certificates");
    expect(certificates.get().part).toBe("requests");
    expect(screen.getByRole("dialog", { name: "New certificate request" })).toBeTruthy();
  });
});

describe("an answer", () => {
  it("is matched to its request, whose whole chain is shown", async () => {
    const user = await open();
    await user.click(screen.getByText("shop-2025"));
    await user.click(screen.getByTestId("request-answer"));
    const taken = await screen.findByTestId("answer-taken");
    expect(taken.textContent).toContain("orders-dev is signed");
    expect(taken.textContent).toContain("whole");
    expect(taken.closest("[aria-live]")).toBeTruthy();
    expect(panel().getByRole("heading", { name: "orders-dev" })).toBeTruthy();
  });
  it("without its issuers says that they are missing and may follow", async () => {
    const user = await open({ answer: "open" });
    await user.click(screen.getByTestId("request-answer"));
    expect((await screen.findByTestId("answer-taken")).textContent).toContain("does not reach its root");
    expect(panel().getByText("Issuers are missing")).toBeTruthy();
  });
  it("to no request of ours is refused with the next step, until the user closes that", async () => {
    const user = await open({ answer: "foreign" });
    await user.click(screen.getByTestId("request-answer"));
    expect((await screen.findByTestId("error-message")).textContent).toContain("shop.example");
    expect(screen.getByTestId("error-hint").textContent).toContain("made elsewhere");
    await user.click(button("Close"));
    expect(screen.queryByTestId("error-message")).toBeNull();
  });
  it("that falls on the window is shown wherever one is", async () => {
    await open();
    act(() => {
      certificates.set({ part: "keys" });
      navigation.set({ place: "history" });
    });
    await act(() => answerDropped("erp-partner"));
    expect(navigation.get().place).toBe("certificates");
    expect(screen.getByTestId("answer-taken").textContent).toContain("erp-partner is signed");
    const failure = { code: "invalid_input" as const, message: "Nothing inside.", hint: "Another.", detail: null };
    act(() => answerRefused(failure));
    expect(screen.getByTestId("error-message").textContent).toBe("Nothing inside.");
    expect(screen.queryByTestId("answer-taken")).toBeNull();
  });
  it("nobody chose changes nothing", async () => {
    const user = await open({ answer: "none" });
    const before = rows();
    await user.click(screen.getByTestId("request-answer"));
    await waitFor(() => expect(called("certificate_request_answer_choose")).toHaveLength(1));
    expect(rows()).toEqual(before);
    expect(screen.queryByTestId("answer-taken")).toBeNull();
  });
});

describe("a signed certificate", () => {
  it("is copied alone, as the cockpit wants it", async () => {
    const user = await open();
    await user.click(screen.getByText("erp-partner"));
    expect(panel().getByText("private key matches")).toBeTruthy();
    await user.click(screen.getByTestId("certificate-copy"));
    expect(called("clipboard_copy")[0]).toMatch(/^-----BEGIN CERTIFICATE-----/u);
    await user.click(screen.getByTestId("certificate-save"));
    expect(called("certificate_request_save_choose")[0]).toEqual({ name: "erp-partner", part: "certificate" });
  });
  it("is exported with a passphrase typed twice, which no text of the page shows", async () => {
    const user = await open();
    await user.click(screen.getByText("erp-partner"));
    await user.click(screen.getByTestId("request-export"));
    const [first, again] = [screen.getByTestId("export-passphrase"), screen.getByTestId("export-passphrase-again")];
    expect([first, again].map((field) => field.getAttribute("type"))).toEqual(["password", "password"]);
    await fill(user, "export-passphrase", "correct horse");
    await fill(user, "export-passphrase-again", "correct hors");
    expect(screen.getByText("The two are not the same")).toBeTruthy();
    expect(button("Choose file").disabled).toBe(true);
    await user.type(again, "e");
    await user.click(button("Choose file"));
    expect(await screen.findByText("Exported to /home/you/erp-partner.p12")).toBeTruthy();
    expect(called("certificate_request_export_choose")).toEqual([{ name: "erp-partner", length: 13 }]);
    expect(screen.queryByRole("dialog")).toBeNull();
  });
  it("is not exported with a passphrase that Java would read differently", async () => {
    const user = await open();
    await user.click(screen.getByText("erp-partner"));
    await user.click(screen.getByTestId("request-export"));
    await fill(user, "export-passphrase", "größe");
    await fill(user, "export-passphrase-again", "größe");
    expect(screen.getByRole("alert").textContent).toContain("ASCII");
    expect(button("Choose file").disabled).toBe(true);
  });
  it("keeps the dialog when the export fails or no file was chosen", async () => {
    const user = await open();
    await user.click(screen.getByText("erp-partner"));
    await user.click(screen.getByTestId("request-export"));
    await fill(user, "export-passphrase", "x");
    await fill(user, "export-passphrase-again", "x");
    const failure = {
      code: "secret_store_locked",
      message: "The keyring is locked.",
      hint: "Unlock it.",
      detail: null,
    };
    chooseBackend({ ...memory, certificateRequestExport: () => Promise.reject(failure) });
    await user.click(button("Choose file"));
    expect((await screen.findByTestId("error-message")).textContent).toBe("The keyring is locked.");
    chooseBackend({ ...memory, certificateRequestExport: () => Promise.resolve(null) });
    await user.click(button("Choose file"));
    await waitFor(() => expect(screen.queryByTestId("error-message")).toBeNull());
    expect(screen.getByTestId("export-passphrase")).toBeTruthy();
  });
  it("whose private key is lost cannot be exported", async () => {
    const user = await open();
    await user.click(screen.getByText("erp-partner"));
    act(() =>
      certificateRequests.set(({ list }) => ({ list: (list ?? []).map((one) => ({ ...one, usable: false })) })),
    );
    expect(screen.getByTestId<HTMLButtonElement>("request-export").disabled).toBe(true);
    expect(panel().getByText("The private key is lost")).toBeTruthy();
    expect(panel().queryByText("private key matches")).toBeNull();
    await user.click(screen.getByText("tryout"));
    expect(panel().queryByTestId("request-pem")).toBeNull();
  });
});

describe("removing a request", () => {
  it("names what is lost and asks", async () => {
    const user = await open();
    await user.click(screen.getByTestId("request-remove"));
    const ask = within(screen.getByRole("alertdialog"));
    expect(ask.getByText(/can never be used/u)).toBeTruthy();
    await user.click(ask.getByRole("button", { name: "Cancel" }));
    expect(rows()).toHaveLength(4);
    await user.click(screen.getByText("erp-partner"));
    await user.click(screen.getByTestId("request-remove"));
    expect(screen.getByText(/Service keys saved with them and exported files stay/u)).toBeTruthy();
    await user.click(button("Remove request$"));
    await waitFor(() => expect(rows()).toHaveLength(3));
    expect(called("certificate_request_remove")).toEqual([{ name: "erp-partner" }]);
  });
});
