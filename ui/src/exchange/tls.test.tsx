import { render, screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { chooseBackend } from "../backend";
import { memoryBackend } from "../backend/memory";
import { request } from "../backend/memory_story";
import type { Call } from "../bindings/Call";
import type { TlsFacts } from "../bindings/TlsFacts";
import { TooltipProvider } from "../components/Tooltip";
import { TlsTab } from "./TlsTab";

const TLS: TlsFacts = {
  version: "TLS 1.3",
  server_chain: null,
  verified: true,
  certificate_requested: null,
  acceptable_issuers: [],
  certificate_sent: null,
};

let call: Call;

beforeEach(async () => {
  const memory = memoryBackend();
  chooseBackend(memory);
  const order = { id: "e1", tenant: "acme-dev", request: request("GET", "/http/orders"), confirmed: false };
  const sent = await memory.send(order, () => undefined);
  const [first] = sent.calls;
  if (!first) throw new Error("The story has a call");
  call = first;
});

const to = (host: string, purpose: Call["purpose"], tls: Partial<TlsFacts>): Call => ({
  ...call,
  purpose,
  sent: { ...call.sent, url: `https://${host}/x` },
  tls: { ...TLS, ...tls },
});

async function show(calls: Call[]) {
  const memory = memoryBackend();
  const order = { id: "e2", tenant: "acme-dev", request: request("GET", "/http/orders"), confirmed: false };
  const exchange = { ...(await memory.send(order, () => undefined)), calls };
  render(
    <TooltipProvider>
      <TlsTab exchange={exchange} />
    </TooltipProvider>,
  );
}

describe("the TLS of an exchange", () => {
  it("tells which client certificate the token server got, below the host that answered", async () => {
    const sent = { subject: "CN=acme", not_after: "2027-01-15T00:00:00Z" } as TlsFacts["certificate_sent"];
    await show([
      to("auth.example", "token", { certificate_requested: true, certificate_sent: sent }),
      to("flows.example", "request", { certificate_requested: false }),
    ]);
    const [first, second] = screen.getAllByRole("region");
    expect(first?.textContent).toContain("flows.example");
    expect(within(first as HTMLElement).getByText("none")).toBeTruthy();
    expect(within(second as HTMLElement).getByText(/CN=acme, until/)).toBeTruthy();
    expect(within(second as HTMLElement).getByText("yes")).toBeTruthy();
  });
  it("knows of a connection that was used again what was asked when it was made", async () => {
    await show([
      to("flows.example", "csrf", { certificate_requested: true }),
      to("flows.example", "request", { certificate_requested: null }),
    ]);
    expect(screen.getAllByRole("region")).toHaveLength(1);
    expect(screen.getByText("yes")).toBeTruthy();
  });
});
