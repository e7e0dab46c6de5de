import { act, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { Rail } from "../app/Rail";
import { StatusBar } from "../app/StatusBar";
import { chooseBackend } from "../backend";
import { memoryBackend } from "../backend/memory";
import { TooltipProvider } from "../components/Tooltip";
import { navigation } from "../navigation";
import { closeImport, imports } from "../service_key/import_state";
import { loadTenants, removeTenant } from "../tenant/state";
import { monthsOf, placeOf } from "./axis";
import { CertificatesView } from "./CertificatesView";
import { certificates, followKeys, loadCertificates } from "./state";

async function open(empty = false) {
  chooseBackend(memoryBackend({ empty }));
  certificates.set({ list: null, failure: null, selected: null, filter: "" });
  await loadTenants();
  await loadCertificates();
  render(
    <TooltipProvider>
      <Rail />
      <CertificatesView />
      <StatusBar />
    </TooltipProvider>,
  );
  return userEvent.setup();
}

const rows = () => screen.queryAllByTestId("certificate-row").map((row) => row.textContent);

beforeEach(() => navigation.set({ place: "certificates", page: null, palette: false }));

describe("the certificates", () => {
  it("stand in the order they end, with what is left and where they are used", async () => {
    await open();
    expect(rows().map((text) => /expired|\d+ days?/u.exec(text ?? "")?.[0])).toEqual([
      "expired",
      "8 days",
      "12 days",
      "51 days",
    ]);
    expect(rows()[0]).toContain("veltro-dev · workbench");
    expect(screen.getByText("1 expired")).toBeTruthy();
    expect(screen.getByText("2 within 30 days")).toBeTruthy();
  });
  it("are told of in the rail and the status bar, which leads here", async () => {
    const user = await open();
    expect(screen.getByTestId("certificates-due").textContent).toBe("3");
    act(() => navigation.set({ place: "requests" }));
    await user.click(screen.getByTestId("certificate-warning"));
    expect(navigation.get().place).toBe("certificates");
    expect(screen.getByTestId("certificate-warning").textContent).toContain("veltro-dev has expired");
  });
  it("show their chain, what was looked at, and how to renew", async () => {
    const user = await open();
    await user.click(screen.getByText("erp-partner.acme.example"));
    const panel = within(screen.getByRole("complementary", { name: "Certificate" }));
    expect(panel.getByText(/External certificate, presented by acme-dev · erp-partner/u)).toBeTruthy();
    expect(panel.getByText("SAP Cloud Root CA")).toBeTruthy();
    expect(panel.getByText("Look it up in SAP Note 2801396")).toBeTruthy();
    expect(panel.getByText(/Create a second service key/u)).toBeTruthy();
  });
  it("are renewed from their row when they end soon or have ended", async () => {
    const user = await open();
    expect(screen.getAllByRole("button", { name: /^Renew .* of / })).toHaveLength(3);
    const [first] = screen.getAllByRole("button", { name: /of veltro-dev$/ });
    expect(first?.textContent).toBe("Replace…");
    await user.click(first as HTMLElement);
    expect(imports.get()).toMatchObject({ open: true, tenant: "veltro-dev" });
    expect(imports.get().renews).not.toBeNull();
    act(closeImport);
  });
  it("are found by words", async () => {
    const user = await open();
    await user.type(screen.getByLabelText("Filter certificates"), "acme partner");
    expect(rows()).toHaveLength(1);
    await user.type(screen.getByLabelText("Filter certificates"), "x");
    expect(screen.getByText("No certificate matches “acme partnerx”.")).toBeTruthy();
  });
  it("follow the keys that come and go", async () => {
    await open();
    const stop = followKeys();
    await act(() => removeTenant("veltro-dev"));
    await screen.findByText("2 within 30 days");
    expect(rows()).toHaveLength(3);
    stop();
  });
  it("teach what belongs here while there are none", async () => {
    await open(true);
    expect(screen.getByText("Certificates of your keys show up here.")).toBeTruthy();
    expect(screen.queryByTestId("certificates-due")).toBeNull();
  });
});

describe("the axis", () => {
  it("begins two months ago, names thirteen or fourteen months, and one year", () => {
    const now = Date.UTC(2026, 10, 24);
    expect(placeOf(now - 400 * 86_400_000, now)).toBe(0);
    expect(placeOf(now + 4000 * 86_400_000, now)).toBe(100);
    const months = monthsOf(now);
    expect(months.map(({ name }) => name).slice(0, 4)).toEqual(["Oct", "Nov", "Dec", "Jan"]);
    expect(months.filter(({ year }) => year !== null).map(({ year }) => year)).toEqual([2027]);
  });
});
