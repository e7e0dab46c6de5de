import { render, renderHook, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { chooseBackend } from "../backend";
import { memoryBackend } from "../backend/memory";
import type { Diagnosis } from "../bindings/Diagnosis";
import type { Error as Failure } from "../bindings/Error";
import type { NextStep } from "../bindings/NextStep";
import { Toasts } from "../components/Toast";
import { TooltipProvider } from "../components/Tooltip";
import { answerOf, forgetAnswer } from "../exchange/state";
import { useSection } from "../request/section";
import { loadRequests, requests } from "../request/state";
import { keyDialogs } from "../service_key/key_dialog_state";
import { loadTenants } from "../tenant/state";
import { DiagnosisPanel } from "./DiagnosisPanel";
import { actionsFor, withPrefix } from "./steps";
import { TokenTrouble } from "./TokenTrouble";

let memory: ReturnType<typeof memoryBackend>;

const first = () => {
  const [draft] = requests.get().list;
  if (!draft) throw new Error("There is a draft");
  return draft;
};

function show(steps: NextStep[], more: Partial<Diagnosis> = {}) {
  const diagnosis: Diagnosis = {
    rule: "csrf_required",
    title: "The flow wants a CSRF token",
    explanation: "The flow did not run, so sending again is safe.",
    evidence: [{ kind: "header", text: "X-CSRF-Token: required" }],
    keys: [],
    hint: "Set CSRF to auto.",
    causes: ["CSRF Protected is switched on in the sender"],
    steps,
    message: null,
    text: "Status 403 at /http/orders",
    ...more,
  };
  render(
    <TooltipProvider>
      <DiagnosisPanel diagnosis={diagnosis} actions={actionsFor(diagnosis, first(), "integration-flow")} />
      <Toasts />
    </TooltipProvider>,
  );
  return userEvent.setup();
}

beforeEach(async () => {
  memory = memoryBackend();
  chooseBackend(memory);
  requests.set({ list: [], active: null, closed: [], unkept: 0, failure: null });
  forgetAnswer("d1");
  await loadTenants();
  await loadRequests();
});

describe("a diagnosis", () => {
  it("says what went wrong, what shows it and why that may be", () => {
    show([], { message: { id: "AGYx2QvXbK7oJ1mJrZ3lXw0kP9aC", created_ms: Date.UTC(2026, 10, 22) } });
    expect(screen.getByRole("alert", { name: "Diagnosis" }).textContent).toContain("The flow wants a CSRF token");
    expect(screen.getByText("X-CSRF-Token: required")).toBeTruthy();
    expect(screen.getByText("CSRF Protected is switched on in the sender")).toBeTruthy();
    expect(screen.getByText("AGYx2QvXbK7oJ1mJrZ3lXw0kP9aC").parentElement?.textContent).toContain("created");
  });
  it("has the focus, and Ctrl Enter takes its first step", async () => {
    const user = show([{ kind: "fetch_csrf", label: "Fetch a token and send again" }]);
    expect(document.activeElement).toBe(screen.getByTestId("diagnosis"));
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(first().request.csrf).toBe("auto");
    expect(answerOf("d1").sending ?? answerOf("d1").exchange).not.toBeNull();
  });
  it("sends nothing with Ctrl Enter when somebody else has to act", async () => {
    const user = show([{ kind: "copy_text", label: "Copy text for the admin" }]);
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(answerOf("d1").sending).toBeNull();
    await user.click(screen.getByRole("button", { name: "Copy text for the admin" }));
    expect(memory.calls).toContainEqual(["clipboard_copy", "Status 403 at /http/orders"]);
  });
  it("uses another key and another address", async () => {
    const from = first().request.url;
    const path = from.replace("/http/", "/cxf/");
    const user = show([
      { kind: "use_key", label: "Send with api", key: "api", with_certificate: false },
      { kind: "try_address", label: "Try /cxf/orders", path, from },
    ]);
    await user.click(screen.getByRole("button", { name: "Send with api" }));
    expect(first().request.authorization).toMatchObject({ key: "api" });
    await user.click(screen.getByRole("button", { name: "Try /cxf/orders" }));
    expect(first().request.url).toBe(path);
    expect(path).not.toBe(from);
  });
  it("shows what the other keys of the tenant carry", () => {
    show([], {
      keys: [
        { key: "erp", has: true, text: "erp: its last token had Acme.OrderCancel" },
        { key: "fresh", has: null, text: "fresh: no token in this run yet, so its roles are not known" },
      ],
    });
    const keys = within(screen.getByTestId("diagnosis-keys")).getAllByRole("listitem");
    expect(keys.map((key) => key.textContent)).toEqual([
      "erp: its last token had Acme.OrderCancel",
      "fresh: no token in this run yet, so its roles are not known",
    ]);
  });
  it("copies the path to look for and says where to look", async () => {
    const user = show([{ kind: "check_endpoints", label: "Copy the path to look for", path: "/http/orders" }]);
    await user.click(screen.getByRole("button", { name: "Copy the path to look for" }));
    expect(memory.calls).toContainEqual(["clipboard_copy", "/http/orders"]);
    expect(await screen.findByText(/under Monitor, Manage Integration Content/)).toBeTruthy();
  });
  it("offers no button for what it cannot do", () => {
    show([{ kind: "check_endpoints", label: "Of an older version", path: "" }, { kind: "unknown" }]);
    expect(screen.queryByRole("button")).toBeNull();
  });
});

describe("a failed token call", () => {
  const refused: Failure = {
    code: "token_refused",
    message: "The token server refused the key: Bad credentials.",
    hint: "Paste the current service key.",
    detail: "401 unauthorized: Bad credentials",
  };
  const told: Diagnosis = {
    rule: "token_server_down",
    title: "The token server is down",
    explanation: "There is no token, so nothing was sent to the flow.",
    evidence: [{ kind: "status", text: "Status 502" }],
    causes: ["It is restarting behind its router"],
    keys: [],
    hint: "Try again in a minute.",
    steps: [
      { kind: "send_again", label: "Ask again" },
      { kind: "change_key", label: "Check the token address", key: "integration-flow" },
      { kind: "open_certificate", label: "Show the certificate" },
      { kind: "copy_text", label: "Copy text for the basis team" },
    ],
    message: null,
    text: "The token server is down",
  };
  it("has its diagnosis with the steps that can be taken there", async () => {
    const again = <button type="button">Test again</button>;
    render(
      <TokenTrouble
        failure={{ ...refused, diagnosis: told }}
        asked={{ tenant: "acme-dev", savedKey: null }}
        actions={again}
      />,
    );
    expect(screen.getByTestId("diagnosis-title").textContent).toBe("The token server is down");
    expect(screen.getByTestId("error-hint").textContent).toContain("current service key");
    expect(screen.getByText("Status 502")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Check the token address" })).toBeNull();
    expect(screen.getByRole("button", { name: "Test again" })).toBeTruthy();
    await userEvent.setup().click(screen.getByRole("button", { name: "Copy text for the basis team" }));
    expect(memory.calls).toContainEqual(["clipboard_copy", "The token server is down"]);
  });
  it("opens the saved key where its address or certificate is to be looked at", async () => {
    const user = userEvent.setup();
    const key = { tenant: "acme-dev", savedKey: "integration-flow" };
    render(<TokenTrouble failure={{ ...refused, diagnosis: told }} asked={key} />);
    await user.click(screen.getByRole("button", { name: "Check the token address" }));
    expect(keyDialogs.get().asked).toEqual({ what: "edit", tenant: "acme-dev", key: "integration-flow" });
    await user.click(screen.getByRole("button", { name: "Show the certificate" }));
    expect(keyDialogs.get().asked).toEqual({ what: "facts", tenant: "acme-dev", key: "integration-flow" });
  });
  it("is the failure itself where nothing was called", () => {
    render(<TokenTrouble failure={refused} asked={{ tenant: null, savedKey: null }} />);
    expect(screen.queryByTestId("diagnosis")).toBeNull();
    expect(screen.getByTestId("error-message").textContent).toContain("Bad credentials");
  });
});

describe("another prefix", () => {
  it("takes the place of the one that is written, and leaves variables and query alone", () => {
    for (const [url, from, path, expected] of [
      ["/http/a?x=1", "/http/a", "/cxf/a", "/cxf/a?x=1"],
      [
        "{{runtimeUrl}}/http/orders/{{orderId}}?expand=items",
        "/http/orders/4711",
        "/cxf/orders/4711",
        "{{runtimeUrl}}/cxf/orders/{{orderId}}?expand=items",
      ],
      ["https://host:8443/cxf/a", "/cxf/a", "/http/a", "https://host:8443/http/a"],
      ["{{runtimeUrl}}/orders", "/orders", "/http/orders", "{{runtimeUrl}}/http/orders"],
      ["{{apiUrl}}/api/v1/Edge", "/api/v1/Edge", "/local/api/v1/Edge", "{{apiUrl}}/local/api/v1/Edge"],
    ] as const)
      expect(withPrefix(url, from, path)).toBe(expected);
  });
  it("is not offered where the prefix is hidden in a variable", () => {
    for (const [url, from, path] of [
      ["{{baseUrl}}/orders", "/http/orders", "/cxf/orders"],
      ["{{baseUrl}}/orders", "/cxf/orders", "/http/orders"],
      ["{{baseUrl}}/orders", "/gw/orders", "/http/gw/orders"],
      ["{{address}}", "/http/a", "/cxf/a"],
      ["/http/a", "", "/cxf/a"],
    ] as const)
      expect(withPrefix(url, from, path)).toBeNull();
  });
});

describe("a part of the request", () => {
  it("is shown where a step is about it", async () => {
    const user = show([
      { kind: "edit_request", label: "Choose an authorization", place: "authorization" },
      { kind: "edit_request", label: "Allow more time", place: "options" },
    ]);
    const section = () => renderHook(() => useSection("d1", { kind: "none" })).result.current;
    await user.click(screen.getByRole("button", { name: "Choose an authorization" }));
    expect(section()).toBe("auth");
    await user.click(screen.getByRole("button", { name: "Allow more time" }));
    expect(section()).toBe("options");
  });
});
