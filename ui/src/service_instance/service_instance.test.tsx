import { act, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { chooseBackend } from "../backend";
import { memoryBackend } from "../backend/memory";
import { TooltipProvider } from "../components/Tooltip";
import { openImport, closeImport, imports } from "../service_key/import_state";
import { ImportDialog } from "../service_key/ImportDialog";
import { offsetOf } from "./place";
import { rolesOf, usualRoles } from "./roles";
import { ServiceInstanceDialog } from "./ServiceInstanceDialog";
import { closeServiceInstance, numberOf, openServiceInstance, serviceInstance, startAnew } from "./state";

let memory: ReturnType<typeof memoryBackend>;

async function open() {
  render(
    <TooltipProvider>
      <ServiceInstanceDialog />
    </TooltipProvider>,
  );
  act(openServiceInstance);
  await screen.findByTestId("instance-json");
  return userEvent.setup();
}

const json = (of: "instance" | "key") =>
  JSON.parse(screen.getByTestId(`${of}-json`).textContent ?? "") as Record<string, unknown>;
const linesOf = (of: "cf" | "btp") => screen.getByTestId(`${of}-lines`).textContent ?? "";

beforeEach(() => {
  memory = memoryBackend();
  chooseBackend(memory);
  startAnew();
  closeServiceInstance();
});

async function fill(user: ReturnType<typeof userEvent.setup>, label: string | RegExp, text: string) {
  await user.click(screen.getByLabelText(label));
  await user.paste(text);
}

async function paste(user: ReturnType<typeof userEvent.setup>, text: string) {
  await user.click(screen.getByRole("button", { name: "Read JSON…" }));
  await user.click(screen.getByTestId("parameters-json"));
  await user.paste(text);
  await user.click(screen.getByRole("button", { name: "Fill the form" }));
}

describe("the form", () => {
  it("begins with what a key for flows needs, and a key without parameters", async () => {
    await open();
    expect(json("instance")).toEqual({ roles: ["ESBMessaging.send"], "grant-types": ["client_credentials"] });
    expect(screen.getByTestId("key-json").textContent).toContain("leave the editor of the cockpit empty");
    expect(linesOf("cf")).toContain("cf create-service it-rt integration-flow sluice-integration-flow -c ");
  });
  it("writes what is chosen at once: plan, roles, grant types, validity", async () => {
    const user = await open();
    await user.click(screen.getByText("api"));
    expect(json("instance")["roles"]).toEqual(usualRoles("api"));
    expect(linesOf("btp")).toContain("--name sluice-api");
    await user.click(screen.getByLabelText(/MessagePayloadsRead/u));
    await user.click(screen.getByLabelText("JWT Bearer"));
    await fill(user, "Access token validity in seconds", "4200");
    expect(json("instance")["roles"]).not.toContain("MessagePayloadsRead");
    expect(json("instance")["grant-types"]).toContain("urn:ietf:params:oauth:grant-type:jwt-bearer");
    expect(json("instance")["token-validity"]).toBe(4200);
    expect(within(screen.getByTestId("findings-token-validity")).getByText("unverified")).toBeTruthy();
  });
  it("takes roles of one's own, which stay when the plan changes", async () => {
    const user = await open();
    await user.type(screen.getByLabelText("Own role"), " OrderSender {Enter}");
    expect(json("instance")["roles"]).toEqual(["ESBMessaging.send", "OrderSender"]);
    await user.type(screen.getByLabelText("Own role"), "OrderSender{Enter}");
    await user.click(screen.getByText("api"));
    expect(json("instance")["roles"]).toEqual(["ESBMessaging.send", "OrderSender"]);
    await user.click(screen.getByLabelText(/OrderSender/u));
    expect(json("instance")["roles"]).toEqual(["ESBMessaging.send"]);
  });
  it("finds roles by what they are for", async () => {
    const user = await open();
    await user.click(screen.getByText("api"));
    await fill(user, "Filter roles", "payloads");
    const list = within(screen.getByRole("list", { name: "Roles to choose from" }));
    expect(list.getByText("MessagePayloadsRead")).toBeTruthy();
    expect(list.queryByText("CredentialsEdit")).toBeNull();
  });
  it("says what is wrong under its field, and how many problems there are", async () => {
    const user = await open();
    await user.type(screen.getByLabelText("Own role"), "a role{Enter}");
    await fill(user, "Access token validity in seconds", "60");
    const name = screen.getByLabelText("Name of the instance");
    await user.clear(name);
    expect(screen.getByTestId("findings-roles").textContent).toContain("“a role” is no role");
    expect(screen.getByLabelText("Access token validity in seconds").getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByText(/3600 to 86400 seconds, not 60/u)).toBeTruthy();
    expect(name.getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByTestId("parameter-problems").textContent).toBe("3 problems");
  });
  it("leaves what is no number out, and says so", async () => {
    const user = await open();
    await fill(user, "Access token validity in seconds", "an hour");
    expect(screen.getByText(/Only a whole number/u)).toBeTruthy();
    expect(json("instance")).not.toHaveProperty("token-validity");
    expect([numberOf(""), numberOf(" 12 "), numberOf("-1"), numberOf("1.5"), numberOf("99999999999999999999")]).toEqual(
      [null, 12, undefined, undefined, undefined],
    );
  });
  it("asks for redirect URIs with authorization codes only, one a line", async () => {
    const user = await open();
    expect(screen.queryByLabelText(/Redirect URIs/u)).toBeNull();
    await user.click(screen.getByLabelText("Authorization Code"));
    await fill(user, /Redirect URIs/u, "https://a.example/ \n\nhttps://b.example/");
    expect(json("instance")["redirect-uris"]).toEqual(["https://a.example/", "https://b.example/"]);
  });
  it("stays as it was when the dialog is closed, until it is begun anew", async () => {
    const user = await open();
    await user.type(screen.getByLabelText("Own role"), "OrderSender{Enter}");
    await user.click(screen.getByText("Close", { selector: "footer *, .dialog-foot *" }));
    act(openServiceInstance);
    expect(json("instance")["roles"]).toContain("OrderSender");
    await user.click(screen.getByRole("button", { name: "Start anew" }));
    expect(json("instance")["roles"]).toEqual(["ESBMessaging.send"]);
  });
});

describe("the key", () => {
  it("is a certificate of SAP with days and size", async () => {
    const user = await open();
    expect(screen.queryByLabelText("Validity in days")).toBeNull();
    await user.click(screen.getByText("Certificate"));
    await fill(user, "Validity in days", "365");
    await fill(user, "Key size in bits", "2048");
    expect(json("key")).toEqual({ "key-type": "certificate", validity: 365, "key-length": 2048 });
  });
  it("takes the user's certificate, and drops a private key pasted with it before anything else", async () => {
    const user = await open();
    await user.click(screen.getByText("External Certificate"));
    expect(screen.getByTestId("findings-X.509").textContent).toContain("The certificate is missing.");
    await user.click(screen.getByTestId("external-certificate"));
    await user.paste(
      "-----BEGIN EC PRIVATE KEY-----\nTOPSECRET\n-----END EC PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
    );
    expect(screen.getByText(/There was a private key in the text/u)).toBeTruthy();
    expect(screen.getByTestId<HTMLTextAreaElement>("external-certificate").value).toMatch(/^-----BEGIN CERTIFICATE/u);
    expect(JSON.stringify([memory.calls, serviceInstance.get()])).not.toContain("TOPSECRET");
    expect(json("key")["X.509"]).toBe("-----BEGIN CERTIFICATE-----MIIB-----END CERTIFICATE-----");
  });
  it("drops a private key that was cut off as well", async () => {
    const user = await open();
    await user.click(screen.getByText("External Certificate"));
    await user.click(screen.getByTestId("external-certificate"));
    await user.paste("-----BEGIN PRIVATE KEY-----\nTOPSECRET");
    expect(screen.getByTestId<HTMLTextAreaElement>("external-certificate").value).toBe("");
    expect(JSON.stringify(memory.calls)).not.toContain("TOPSECRET");
  });
  it("is pinned unless said otherwise, and only where SAP pins", async () => {
    const user = await open();
    await user.click(screen.getByText("External Certificate"));
    await user.click(screen.getByLabelText(/Pin certificate/u));
    expect(screen.getByTestId("findings-pin").textContent).toContain("unverified");
    await user.click(screen.getByText("api"));
    expect(screen.queryByLabelText(/Pin certificate/u)).toBeNull();
    const [, last] = memory.calls.filter(([name]) => name === "service_instance_write").at(-1) ?? [];
    expect(last).toMatchObject({ key: { pin: null } });
  });
});

describe("JSON of the cockpit", () => {
  it("fills the form of the instance; what is not known is kept and shown", async () => {
    const user = await open();
    await paste(
      user,
      '{"roles":["ESBMessaging.send","X.y"],"grant-types":["client_credentials","client_x509"],"redirect-uris":[],"token-validity":7200,"new":{"deep":[1]}}',
    );
    expect(screen.queryByTestId("parameters-json")).toBeNull();
    expect(screen.getByText("Filled from the JSON of a service instance.")).toBeTruthy();
    expect(screen.getByLabelText(/X\.y/u).getAttribute("aria-checked")).toBe("true");
    expect(screen.getByLabelText("client_x509")).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>("Access token validity in seconds").value).toBe("7200");
    const kept = within(screen.getByTestId("kept-members"));
    expect(kept.getByText('{"deep":[1]}')).toBeTruthy();
    expect(kept.getByText("unverified")).toBeTruthy();
    expect(json("instance")).toMatchObject({ new: { deep: [1] }, "redirect-uris": [] });
    await user.click(kept.getByRole("button", { name: "Remove new" }));
    expect(json("instance")).not.toHaveProperty("new");
    expect(screen.queryByTestId("kept-members")).toBeNull();
  });
  it("fills the form of the key, and leaves that of the instance", async () => {
    const user = await open();
    await user.click(screen.getByText("api"));
    await paste(user, '{"key-type":"certificate","validity":30,"key-length":4096}');
    expect(screen.getByLabelText<HTMLInputElement>("Validity in days").value).toBe("30");
    expect(json("key")).toEqual({ "key-type": "certificate", validity: 30, "key-length": 4096 });
    expect(json("instance")["roles"]).toEqual(usualRoles("api"));
  });
  it("that is broken stays, with the place where it breaks marked", async () => {
    const user = await open();
    const text = '{\n  "roles": [1 2]\n}';
    await paste(user, text);
    expect((await screen.findByTestId("error-message")).textContent).toBe("This is no JSON: line 2, column 15");
    const field = screen.getByTestId<HTMLTextAreaElement>("parameters-json");
    expect(field.value).toBe(text);
    expect([field.selectionStart, document.activeElement]).toEqual([16, field]);
    expect(json("instance")["roles"]).toEqual(["ESBMessaging.send"]);
  });
  it("that is none is refused with the next step", async () => {
    const user = await open();
    await paste(user, "[1]");
    expect((await screen.findByTestId("error-message")).textContent).toContain("a JSON object in braces");
    expect(screen.getByTestId("error-hint").textContent).toContain("from the first brace to the last");
  });
  it("that is a service key is named, and its secret leaves the page", async () => {
    const user = await open();
    await paste(user, '{"oauth":{"clientid":"sb-1","clientsecret":"TOPSECRET"}}');
    expect((await screen.findByTestId("error-message")).textContent).toContain("This is a service key");
    expect(screen.getByTestId<HTMLTextAreaElement>("parameters-json").value).toBe("");
    expect(document.body.innerHTML).not.toContain("TOPSECRET");
  });
});

describe("what is written", () => {
  it("is copied: both JSON texts and both command lines", async () => {
    const user = await open();
    await user.click(screen.getByText("Certificate"));
    await fill(user, "Subaccount id, for btp", "0f8e");
    for (const name of [
      "Copy the JSON of the service instance",
      "Copy the JSON of the service key",
      "Copy the cf commands",
      "Copy the btp commands",
    ])
      // oxlint-disable-next-line no-await-in-loop
      await user.click(screen.getByRole("button", { name }));
    const copied = memory.calls.filter(([name]) => name === "clipboard_copy").map(([, text]) => String(text));
    expect(copied.map((text) => text.slice(0, 10))).toEqual(['{\n  "grant', '{\n  "key-t', "cf create-", "btp create"]);
    expect(copied[3]).toContain("--subaccount 0f8e");
  });
  it("is the newest, whichever answer comes last", async () => {
    const slow: Array<() => void> = [];
    chooseBackend({
      ...memory,
      call: async (name, input) => {
        const answer = await memory.call(name, input);
        if (name === "service_instance_write") await new Promise<void>((go) => slow.push(go));
        return answer;
      },
    });
    render(
      <TooltipProvider>
        <ServiceInstanceDialog />
      </TooltipProvider>,
    );
    act(openServiceInstance);
    const user = userEvent.setup();
    await user.click(screen.getByText("api"));
    await act(async () => slow.toReversed().forEach((go) => go()));
    expect(linesOf("cf")).toContain("it-rt api sluice-api");
  });
});

it("the import dialog leads here when there is no key yet, and from here back", async () => {
  render(
    <TooltipProvider>
      <ImportDialog store={{ state: "ready" }} onSaved={() => undefined} />
      <ServiceInstanceDialog />
    </TooltipProvider>,
  );
  act(() => openImport());
  const user = userEvent.setup();
  await user.click(screen.getByTestId("import-no-key"));
  await screen.findByTestId("service-instance");
  expect(imports.get().open).toBe(false);
  await user.click(screen.getByRole("button", { name: "Add the created key" }));
  expect(screen.queryByTestId("service-instance")).toBeNull();
  expect(imports.get().open).toBe(true);
  act(closeImport);
});

it("the usual roles are among those of their plan", () => {
  for (const plan of ["integration-flow", "api"] as const) {
    const names = rolesOf(plan).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(usualRoles(plan)));
    expect(new Set(names).size).toBe(names.length);
  }
});

it("a place is found only where the text has it", () => {
  expect(offsetOf("a\nbc", "line 2, column 2")).toBe(3);
  expect(offsetOf("a\nbc", "line 2, column 99")).toBe(4);
  expect(offsetOf("a\nbc", "line 9, column 1")).toBeNull();
  expect(offsetOf("a", "no place")).toBeNull();
});
