import { act, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { chooseBackend } from "../backend";
import { memoryBackend } from "../backend/memory";
import { key, tenant } from "../backend/memory_story";
import type { Error as Failure } from "../bindings/Error";
import type { KeyCheck } from "../bindings/KeyCheck";
import { TooltipProvider } from "../components/Tooltip";
import { tenantLight } from "../tenant/health";
import { loadTenants, tenants } from "../tenant/state";
import { TenantView } from "../views/TenantView";
import { KeyCheckDialog } from "./KeyCheckDialog";
import { reportOf } from "./report";
import { checkKeys, closeChecks, keyChecks, worstFirst, type Checked } from "./state";

let memory: ReturnType<typeof memoryBackend>;

beforeEach(async () => {
  closeChecks();
  memory = memoryBackend();
  chooseBackend(memory);
  await loadTenants();
});

function show(name: string | null = null) {
  render(
    <TooltipProvider>
      {name === null ? null : <TenantView name={name} onCall={() => undefined} />}
      <KeyCheckDialog />
    </TooltipProvider>,
  );
  return userEvent.setup();
}

const rows = () => screen.getAllByTestId("key-check-row").map((row) => row.textContent ?? "");
const asked = () => memory.calls.filter(([name]) => name === "key_check").map(([, input]) => input);

/** A backend whose checks wait until the test lets each go. */
function held() {
  const waiting: Array<{ key: string; finish(): void }> = [];
  chooseBackend({
    ...memory,
    call: async (name, input) => {
      if (name === "key_check") {
        const { key: called } = input as { key: string };
        await new Promise<void>((finish) => waiting.push({ key: called, finish }));
      }
      return memory.call(name, input);
    },
  });
  return waiting;
}

async function finishAll(waiting: Array<{ finish(): void }>) {
  while (waiting.length > 0 || keyChecks.get().running) {
    // oxlint-disable-next-line no-await-in-loop
    await act(async () => {
      waiting.splice(0).forEach(({ finish }) => finish());
      await new Promise((done) => setTimeout(done, 2));
    });
  }
}

describe("the check of a key", () => {
  it("shows its light in words, its findings and the next step", async () => {
    const user = show("acme-dev");
    await user.click(screen.getByTestId("key-check-jenkins-old"));
    const dialog = within(await screen.findByTestId("key-check"));
    await dialog.findByText("1 does not work");
    expect(asked()).toEqual([{ tenant: "acme-dev", key: "jenkins-old" }]);
    const findings = dialog.getByLabelText("Findings of jenkins-old").textContent ?? "";
    expect(findings).toContain("Does not work: The token server refused the secret: Bad credentials.");
    expect(findings).toContain("Was the key deleted in the cockpit?");
    expect(findings.indexOf("Token")).toBeLessThan(findings.indexOf("Plan"));
  });
  it("changes the mark of key and tenant", async () => {
    const light = () =>
      tenants
        .get()
        .list.filter(({ name }) => name === "sakura-dev")
        .map((one) => tenantLight(one));
    expect(light()).toEqual(["unknown"]);
    show();
    await act(() => checkKeys({ tenant: "sakura-dev" }));
    expect(light()).toEqual(["works"]);
  });
  it.each(["answers with", "fails for"])(
    "a keyring that keeps the secret back is no verdict on the key: the check %s it",
    async (way) => {
      const locked: Failure = {
        code: "secret_store_locked",
        message: "It is locked.",
        hint: "Unlock it.",
        detail: null,
      };
      chooseBackend({
        ...memory,
        call: async (name, input) => {
          if (name === "key_check" && way === "fails for") throw locked;
          const answer = await memory.call(name, input);
          return name === "key_check" ? { ...(answer as KeyCheck), light: "red", failure: locked } : answer;
        },
      } as typeof memory);
      const user = show();
      await act(() => checkKeys({ tenant: "acme-test" }));
      expect(screen.getByTestId("key-check-progress").textContent).toBe("1 not checked");
      expect(rows()[0]).toContain("Not checked");
      expect(screen.getByTestId("error-hint").textContent).toBe("Unlock it.");
      await user.click(screen.getByRole("button", { name: /workbench/u, expanded: true }));
      expect(screen.getByRole("button", { name: /workbench/u }).getAttribute("aria-expanded")).toBe("false");
    },
  );
});

describe("the check of all keys", () => {
  it("asks for every key of every tenant and puts the worst first", async () => {
    show();
    await act(() => checkKeys());
    const all = tenants.get().list.flatMap(({ keys }) => keys).length;
    expect(asked()).toHaveLength(all);
    const words = rows().map((text) => /Does not work|Needs attention|Works/u.exec(text)?.[0]);
    expect(words).toHaveLength(all);
    expect(words).toEqual(["Does not work", "Does not work", "Needs attention", "Needs attention", ...words.slice(4)]);
    expect(new Set(words.slice(4))).toEqual(new Set(["Works"]));
    expect(screen.getByTestId("key-check-progress").textContent).toBe("2 do not work, 2 need attention, 6 work");
  });
  it("runs at most eight at once, says how far it is, and moves no row meanwhile", async () => {
    const waiting = held();
    show();
    void checkKeys();
    await screen.findByText("0 of 10 keys checked");
    expect(waiting).toHaveLength(8);
    const before = rows().map((text) => text.replace(/Checking|Waiting/u, ""));
    const last = waiting.splice(3, 1)[0];
    await act(async () => last?.finish());
    await screen.findByText("1 of 10 keys checked");
    expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("1");
    expect(waiting).toHaveLength(8);
    expect(rows()[3]).toContain("jenkins-old");
    expect(
      rows()
        .filter((_, at) => at !== 3)
        .map((text) => text.replace(/Checking|Waiting/u, "")),
    ).toEqual(before.filter((_, at) => at !== 3));
    await finishAll(waiting);
    await screen.findByText(/do not work/u);
    expect(rows()[0]).toContain("jenkins-old");
  });
  it("does not begin what is left once it is cancelled", async () => {
    const waiting = held();
    const user = show();
    void checkKeys();
    await screen.findByText("0 of 10 keys checked");
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    expect(screen.getByTestId("key-check-progress").textContent).toBe("Cancelled, 8 still under way");
    await finishAll(waiting);
    await screen.findByText(/2 not checked/u);
    expect(asked()).toHaveLength(8);
  });
  it("ends with its dialog, and is not taken for the next one", async () => {
    const waiting = held();
    const user = show();
    void checkKeys();
    await screen.findByText("0 of 10 keys checked");
    await user.click(screen.getByText("Close"));
    expect(screen.queryByTestId("key-check")).toBeNull();
    void checkKeys({ tenant: "acme-test" });
    await screen.findByText("0 of 1 key checked");
    // The eight of the closed one still take their places, and begin nothing more.
    await finishAll(waiting);
    await screen.findByText("1 works");
    expect(asked()).toHaveLength(9);
    expect(rows()).toHaveLength(1);
  });
  it("says so when there is no key", async () => {
    chooseBackend(memoryBackend({ empty: true }));
    await loadTenants();
    show();
    await act(() => checkKeys());
    expect(screen.getByText(/There is no key to check/u)).toBeTruthy();
  });
  it("is begun from the page of a tenant, for its keys only", async () => {
    const user = show("acme-dev");
    await user.click(screen.getByTestId("check-keys"));
    await screen.findByText(/does not work/u, { selector: "[role=status]" });
    expect(new Set(asked().map((input) => (input as { tenant: string }).tenant))).toEqual(new Set(["acme-dev"]));
  });
});

describe("the report", () => {
  it("is copied as text, in the order of the list", async () => {
    const user = show();
    await act(() => checkKeys({ tenant: "acme-dev" }));
    await user.click(screen.getByRole("button", { name: "Copy report" }));
    const text = String(memory.calls.find(([name]) => name === "clipboard_copy")?.[1]);
    expect(text).toMatch(
      /^Key check, .*: 1 does not work, 1 needs attention, 2 work\n\nDoes not work: acme-dev \(dev\), key jenkins-old/u,
    );
    expect(text).toContain(
      "  - Token, does not work: The token server refused the secret: Bad credentials.\n    Next: Was the key",
    );
    expect(text.indexOf("Needs attention:")).toBeLessThan(text.indexOf("\nWorks:"));
  });
  it("keeps a finding on its line, whatever a server said", () => {
    const check: KeyCheck = {
      tenant: "t",
      stage: "dev",
      key: "k",
      kind: "secret",
      plan: "api",
      light: "red",
      findings: [{ aspect: "token", light: "red", message: "It said:\n\nWorks: other (prod)", hint: null }],
      token: null,
      failure: null,
    };
    const one: Checked = { tenant: "t", stage: "dev", key: "k", plan: "api", state: "checked", check };
    expect(reportOf([one], "now").split("\n")).toHaveLength(4);
  });
});

it("keys that could not be checked stand before red ones, cancelled ones between amber and green", () => {
  const base = { tenant: "t", stage: "dev", plan: "api" } as const;
  const of = (light: "red" | "amber" | "green"): Checked => ({
    ...base,
    key: light,
    state: "checked",
    check: { ...base, key: light, kind: "secret", light, findings: [], token: null, failure: null },
  });
  const failure: Failure = { code: "not_found", message: "Gone.", hint: null, detail: null };
  const list: Checked[] = [
    of("green"),
    { ...base, key: "skipped", state: "skipped" },
    of("amber"),
    of("red"),
    { ...base, key: "failed", state: "failed", failure },
  ];
  expect(worstFirst(list).map((one) => one.key)).toEqual(["failed", "red", "amber", "skipped", "green"]);
  expect(keyChecks.get().open).toBe(false);
  expect(tenantLight(tenant("t", "dev", null, [key("a", "t")]))).toBe("works");
});
