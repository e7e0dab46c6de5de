import { beforeEach, describe, expect, it, vi } from "vitest";
import { chooseBackend } from "../backend";
import { memoryBackend } from "../backend/memory";
import { answerOf, forgetAnswer } from "../exchange/state";
import { loadTenants, tenants } from "../tenant/state";
import { bodyWords, withKind } from "./body";
import { fieldsToText, isSecretName, textToFields } from "./fields";
import { parseSeconds } from "./OptionsPane";
import { placeOf } from "./ProductionGuard";
import { allowHost, asksFirst, confirmSend, forgetAnswers, guard, sendRequest, sendWithoutSignIn } from "./send";
import {
  allKept,
  changeRequest,
  closeRequest,
  duplicate,
  followKey,
  followTenant,
  KEEP_AFTER,
  keepAll,
  loadRequests,
  moveRequest,
  openRequest,
  reopen,
  requests,
  step,
  titleOf,
} from "./state";

let memory: ReturnType<typeof memoryBackend>;
const kept = () => memory.calls.filter(([name]) => name === "draft_keep");
const ids = () => requests.get().list.map((draft) => draft.id);

beforeEach(async () => {
  vi.useRealTimers();
  await allKept();
  memory = memoryBackend();
  chooseBackend(memory);
  requests.set({ list: [], active: null, closed: [], unkept: 0, failure: null });
  forgetAnswers();
  for (const id of ["d1", "d2", "d3"]) forgetAnswer(id);
  await loadTenants();
  await loadRequests();
});

/** A backend that answers only when it is told to, the newest call first. */
function slowBackend() {
  const open: Array<() => void> = [];
  const told: string[] = [];
  const call = (name: string, input: unknown) =>
    new Promise<never>((done) =>
      open.push(() => {
        const draft = input as { draft?: string; request?: { url: string } };
        told.push(name === "draft_keep" ? `keep ${draft.request?.url}` : `remove ${draft.draft}`);
        done(null as never);
      }),
    );
  chooseBackend({ ...memory, call });
  /** Answers how many calls were open. */
  const release = async () => {
    const many = open.length;
    for (const answer of open.splice(0).toReversed()) answer();
    await new Promise((done) => setTimeout(done));
    return many;
  };
  return { told, release };
}

describe("rows as text", () => {
  it("reads what it wrote", () => {
    const fields = [
      { name: "Accept", value: "application/json", enabled: true },
      { name: "X-Off", value: "a: b", enabled: false },
    ];
    expect(fieldsToText(fields)).toBe("Accept: application/json\n// X-Off: a: b");
    expect(textToFields(fieldsToText(fields))).toEqual(fields);
  });
  it("takes name=value, lone names and empty lines", () => {
    expect(textToFields("a=1\r\n\r\nlone\n//")).toEqual([
      { name: "a", value: "1", enabled: true },
      { name: "lone", value: "", enabled: true },
    ]);
  });
});

describe("bodies", () => {
  it("moves text along and remembers the rest", () => {
    const json = { kind: "json" as const, text: "{}" };
    expect(withKind("d", json, "xml")).toEqual({ kind: "xml", text: "{}" });
    const none = withKind("d", json, "none");
    expect(none).toEqual({ kind: "none" });
    expect(withKind("d", none, "json")).toEqual(json);
    const form = { kind: "form" as const, fields: [{ name: "a", value: "1", enabled: true }] };
    withKind("d", form, "none");
    expect(withKind("d", { kind: "none" }, "form")).toEqual(form);
  });
  it("says a body in a few words", () => {
    expect(bodyWords({ kind: "json", text: "Ł" })).toBe("2 B JSON");
    expect(bodyWords({ kind: "file", path: "" })).toBe("no file chosen");
  });
});

describe("time limits", () => {
  it("takes seconds, nothing, and refuses the rest", () => {
    expect([
      parseSeconds("1.5"),
      parseSeconds("2,5"),
      parseSeconds(" "),
      parseSeconds("x"),
      parseSeconds("601"),
      parseSeconds("0"),
    ]).toEqual([1500, 2500, null, undefined, undefined, undefined]);
  });
});

describe("open requests", () => {
  it("come back at start, in order", () => {
    expect(ids()).toEqual(["d1", "d2", "d3"]);
    expect(requests.get().active).toBe("d1");
  });
  it("are kept within a second after a change, once", async () => {
    vi.useFakeTimers();
    changeRequest("d1", { url: "/a" });
    changeRequest("d1", { url: "/ab" });
    expect(requests.get().unkept).toBe(1);
    expect(kept()).toHaveLength(0);
    expect(KEEP_AFTER).toBeLessThan(1000);
    vi.advanceTimersByTime(KEEP_AFTER);
    expect(kept()).toHaveLength(1);
    expect(kept()[0]?.[1]).toMatchObject({ id: "d1", request: { url: "/ab" } });
    await vi.runAllTimersAsync();
    expect(requests.get().unkept).toBe(0);
  });
  it("are kept in time by somebody who never stops typing", async () => {
    vi.useFakeTimers();
    for (const url of ["/a", "/ab", "/abc", "/abcd"]) {
      changeRequest("d1", { url });
      vi.advanceTimersByTime(KEEP_AFTER / 2);
    }
    expect(kept()[0]?.[1]).toMatchObject({ id: "d1", request: { url: "/ab" } });
    await vi.runAllTimersAsync();
    expect(kept().at(-1)?.[1]).toMatchObject({ request: { url: "/abcd" } });
  });
  it("say so when they could not be kept", async () => {
    chooseBackend({
      ...memory,
      call: () => Promise.reject({ code: "disk_full", message: "The disk is full.", hint: null, detail: null }),
    });
    openRequest();
    await vi.waitFor(() => expect(requests.get().failure?.code).toBe("disk_full"));
  });
  it("close without asking and open again where they were", () => {
    closeRequest("d1");
    expect(ids()).toEqual(["d2", "d3"]);
    expect(requests.get().active).toBe("d2");
    expect(memory.calls).toContainEqual(["draft_remove", { draft: "d1" }]);
    reopen();
    expect(ids()).toEqual(["d1", "d2", "d3"]);
    expect(requests.get().active).toBe("d1");
  });
  it("are kept and removed in the order of what happened, however slow the other side is", async () => {
    const { told, release } = slowBackend();
    for (const url of ["/a", "/ab", "/abc"]) {
      changeRequest("d1", { url });
      keepAll();
    }
    expect(requests.get().unkept).toBe(1);
    await release();
    await release();
    expect(told).toEqual(["keep /a", "keep /abc"]);
    expect(requests.get().unkept).toBe(0);
  });
  it("stay closed when a keep was under way, and open when they were opened again", async () => {
    const { told, release } = slowBackend();
    changeRequest("d1", { url: "/a" });
    keepAll();
    changeRequest("d1", { url: "/ab" });
    closeRequest("d1");
    expect(await release()).toBe(1);
    expect(await release()).toBe(1);
    expect(told).toEqual(["keep /a", "remove d1"]);
    closeRequest("d2");
    reopen();
    await release();
    await release();
    expect(told.slice(2)).toEqual(["remove d2", "keep /http/acme/orders/4500018237"]);
    expect(await release()).toBe(0);
  });
  it("are walked around the ends", () => {
    step(-1);
    expect(requests.get().active).toBe("d3");
    step(1);
    expect(requests.get().active).toBe("d1");
  });
  it("are moved between others by a fraction", () => {
    moveRequest("d3", "d2");
    expect(ids()).toEqual(["d1", "d3", "d2"]);
    expect(requests.get().list[1]?.position).toBe(1.5);
  });
  it("follow a renamed tenant and a renamed key", () => {
    changeRequest("d1", { authorization: { kind: "basic", key: "jenkins-old" } });
    followKey("acme-dev", "jenkins-old", "jenkins");
    followTenant("acme-dev", "acme-d");
    expect(requests.get().list.map((draft) => draft.tenant)).toEqual(["acme-d", "acme-d", "acme-prod"]);
    expect(requests.get().list[0]?.request.authorization).toEqual({ kind: "basic", key: "jenkins" });
  });
  it("are named by title, else by path", () => {
    duplicate("d1");
    const copy = requests.get().list.at(-1);
    expect(copy?.title).toBe("Create order");
    expect(copy && titleOf({ ...copy, title: null })).toBe("/http/acme/orders/v2/create");
  });
});

describe("production", () => {
  it("asks before writing, not before reading, not elsewhere", () => {
    expect(asksFirst("POST", "acme-prod")).toBe(true);
    expect(asksFirst("GET", "acme-prod")).toBe(false);
    expect(asksFirst("POST", "acme-dev")).toBe(false);
    expect(asksFirst("PROPFIND", "acme-prod")).toBe(true);
  });
  it("sends nothing until it was confirmed, and asks once per tenant", async () => {
    sendRequest("d3");
    expect(guard.get().asking).toBe("d3");
    expect(memory.calls.some(([name]) => name === "send")).toBe(false);
    confirmSend("d3", true);
    await vi.waitFor(() => expect(answerOf("d3").exchange).not.toBeNull());
    expect(asksFirst("POST", "acme-prod")).toBe(false);
  });
  it("tells Rust that the user said yes, and only then", async () => {
    const orders = () => memory.calls.filter(([name]) => name === "send").map(([, order]) => order);
    sendRequest("d1");
    await vi.waitFor(() => expect(answerOf("d1").exchange).not.toBeNull());
    sendRequest("d3");
    confirmSend("d3", true);
    await vi.waitFor(() => expect(answerOf("d3").sending).toBeNull());
    sendRequest("d3");
    await vi.waitFor(() => expect(orders()).toHaveLength(3));
    expect(orders()).toMatchObject([{ confirmed: false }, { confirmed: true }, { confirmed: true }]);
    await vi.waitFor(() => expect(answerOf("d3").sending).toBeNull());
  });
  it("asks when only Rust knows that it is production, and sends again", async () => {
    await memory.call("tenant_change", { tenant: "acme-dev", stage: "prod" });
    sendRequest("d1");
    await vi.waitFor(() => expect(guard.get().asking).toBe("d1"));
    expect(answerOf("d1").failure?.code).toBe("confirmation_needed");
    expect(guard.get().tenant).toBe("acme-dev");
    confirmSend("d1", false);
    await vi.waitFor(() => expect(answerOf("d1").exchange).not.toBeNull());
    expect(answerOf("d1").failure).toBeNull();
  });
  it("keeps asking when the box is not ticked", async () => {
    sendRequest("d3");
    confirmSend("d3", false);
    await vi.waitFor(() => expect(answerOf("d3").sending).toBeNull());
    expect(asksFirst("POST", "acme-prod")).toBe(true);
  });
});

describe("the production question", () => {
  it("names the host when it is not the tenant's own", async () => {
    const tenant = (await loadTenants()).find((one) => one.name === "acme-prod");
    if (!tenant?.runtime_url) throw new Error("the story has a production tenant with a host");
    expect(placeOf(`${tenant.runtime_url}/http/orders?a=1`, tenant)).toBe("/http/orders?a=1");
    expect(placeOf("https://elsewhere.example/http/orders", tenant)).toBe("https://elsewhere.example/http/orders");
    expect(placeOf("/http/orders", tenant)).toBe("/http/orders");
  });
});

describe("a host that is not the tenant's", () => {
  const foreign = async () => {
    changeRequest("d2", { url: "https://elsewhere.example/orders" });
    sendRequest("d2");
    await vi.waitFor(() => expect(answerOf("d2").failure?.code).toBe("foreign_host"));
  };
  it("gets no credentials: the request may go without sign-in", async () => {
    await foreign();
    sendWithoutSignIn("d2");
    await vi.waitFor(() => expect(answerOf("d2").exchange?.request.authorization).toEqual({ kind: "none" }));
  });
  it("gets them once the user allowed this host for the tenant, and the request says nothing of it", async () => {
    await foreign();
    await allowHost("d2", answerOf("d2").failure?.detail ?? null);
    expect(answerOf("d2").failure).toBeNull();
    expect(tenants.get().list.map((one) => one.allowed_hosts)).toContainEqual(["https://elsewhere.example"]);
    sendRequest("d2");
    await vi.waitFor(() => expect(answerOf("d2").exchange).not.toBeNull());
    expect(JSON.stringify(answerOf("d2").exchange?.request.options)).not.toContain("host");
  });
});

describe("secret names", () => {
  it("are the ones whose values Rust does not keep", () => {
    const names = ["Authorization", "Cookie", "X-CSRF-Token", "api-key", "apikey", "Client_Secret", "Accept", "X-Key"];
    expect(names.filter(isSecretName)).toEqual(names.slice(0, 6));
  });
});
