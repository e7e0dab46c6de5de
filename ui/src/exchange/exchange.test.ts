import { beforeEach, describe, expect, it, vi } from "vitest";
import { chooseBackend } from "../backend";
import { memoryBackend } from "../backend/memory";
import { exchangeOf } from "../backend/memory_exchange";
import { drafts, request } from "../backend/memory_story";
import type { Diagnosis } from "../bindings/Diagnosis";
import type { Exchange } from "../bindings/Exchange";
import type { Progress } from "../bindings/Progress";
import { answerCall, axisTicks, csrfWords, realPhases, statusTone, verdict } from "./facts";
import { stepWords } from "./Progress";
import { plainText } from "./Segments";
import { answerOf, cancelSending, forgetAnswer, startSending, withStep } from "./state";

const resolved = {
  url: "https://host/http/x",
  tenant: "acme-dev",
  stage: "dev" as const,
  key: "workbench",
  writes: true,
  production: null,
  problem: null,
};
const exchange = (method: string, url = "https://host/http/x", cancelled = false) =>
  exchangeOf(
    { id: "e", tenant: "acme-dev", request: request(method, url), confirmed: false },
    { ...resolved, url },
    cancelled,
  );
const withStatus = (status: number): Exchange => {
  const made = exchange("GET");
  const [call] = made.calls;
  if (!call?.received) throw new Error("no call");
  const received = { ...call.received, status, headers: [] };
  return { ...made, calls: [{ ...call, received }] };
};

describe("an answer", () => {
  it("is the last call's, never the token server's", () => {
    expect(answerCall(exchange("POST"))?.received?.status).toBe(201);
    const made = exchange("POST");
    expect(answerCall({ ...made, calls: made.calls.slice(0, 1) })).toBeNull();
  });
  it("has a tone by its status", () => {
    expect([200, 302, 403, 500].map(statusTone)).toEqual(["ok", "info", "warn", "bad"]);
  });
  it("is described no more certainly than the evidence", () => {
    expect(verdict(withStatus(200)).text).toBe("The flow ran and answered");
    const diagnosis: Diagnosis = {
      rule: "csrf_required",
      title: "The flow wants a CSRF token",
      explanation: "",
      evidence: [],
      causes: [],
      keys: [],
      hint: "",
      steps: [],
      message: null,
      text: "",
    };
    expect(verdict({ ...withStatus(403), diagnosis }).text).toBe("The flow wants a CSRF token");
    expect(verdict(withStatus(403)).text).toBe("Answered with an error");
    expect(verdict(exchange("GET", "https://nowhere.example")).text).toBe("No answer");
    expect(verdict(exchange("GET", "https://host/cut")).text).toBe("The answer is not whole");
    expect(verdict(exchange("GET", "https://host/x", true)).text).toBe("You stopped the waiting");
  });
  it("tells what happened about CSRF", () => {
    expect(csrfWords(exchange("POST"))).toBe("token fetched");
    expect(csrfWords(exchange("GET"))).toBe("not asked for");
  });
});

describe("the time line", () => {
  it("draws only phases that happened", () => {
    const reused = exchange("GET").calls[0];
    expect(reused && realPhases(reused.phases).map((phase) => phase.name)).toEqual(["Send", "Wait", "Receive"]);
  });
  it("has round ticks", () => {
    expect(axisTicks(618)).toEqual([0, 100, 200, 300, 400, 500, 600]);
    expect(axisTicks(12)).toEqual([0, 2, 4, 6, 8, 10, 12]);
    expect(axisTicks(0)).toEqual([0]);
  });
  it("never writes a masked value", () => {
    expect(
      plainText([
        { kind: "text", text: "Bearer " },
        { kind: "masked", label: "", length: 1482 },
      ]),
    ).toBe("Bearer ••••");
  });
});

describe("progress", () => {
  it("replaces counts of the same stage but keeps every call", () => {
    const reports: Progress[] = [
      { stage: "calling", purpose: "token", number: 1 },
      { stage: "calling", purpose: "request", number: 2 },
      { stage: "sending", sent: 1, of: 9 },
      { stage: "sending", sent: 9, of: 9 },
      { stage: "waiting" },
    ];
    expect(reports.reduce<Progress[]>(withStep, [])).toHaveLength(4);
  });
  it("is said in words", () => {
    expect(stepWords({ stage: "sending", sent: 500, of: 2000 }, true)).toEqual({
      text: "Sending the body",
      note: "500 B of 2.0 kB",
    });
    expect(stepWords({ stage: "receiving", status: 200, received: 10, of: null }, false)).toEqual({
      text: "Answer received",
      note: "200, 10 B",
    });
  });
});

describe("sending", () => {
  let memory: ReturnType<typeof memoryBackend>;
  const draft = (url: string) =>
    ({ ...(drafts()[1] ?? drafts()[0]), id: crypto.randomUUID(), request: request("GET", url) }) as ReturnType<
      typeof drafts
    >[number];
  beforeEach(() => {
    memory = memoryBackend();
    chooseBackend(memory);
  });
  it("keeps the answer and forgets the one before", async () => {
    const one = draft("/http/x");
    await startSending(one, false);
    const first = answerOf(one.id).exchange;
    expect(first?.calls).toHaveLength(1);
    await startSending(one, false);
    expect(memory.calls).toContainEqual(["exchange_forget", { exchange: first?.id }]);
    expect(answerOf(one.id).exchange?.id).not.toBe(first?.id);
  });
  it("says why it could not even begin", async () => {
    const one = { ...draft("/http/x"), tenant: null };
    await startSending(one, false);
    expect(answerOf(one.id).failure?.code).toBe("invalid_input");
    expect(answerOf(one.id).sending).toBeNull();
  });
  it("can be cancelled and ends as an answer that says so", async () => {
    const one = draft("/http/slow");
    const done = startSending(one, false);
    await vi.waitFor(() => expect(answerOf(one.id).sending?.steps.length).toBeGreaterThan(0));
    cancelSending(one.id);
    await done;
    expect(answerOf(one.id).exchange?.failure?.code).toBe("cancelled");
  });
  it("throws away an answer whose tab was closed", async () => {
    const one = draft("/http/slow");
    const done = startSending(one, false);
    forgetAnswer(one.id);
    await done;
    expect(answerOf(one.id).exchange).toBeNull();
    expect(memory.calls.some(([name]) => name === "exchange_forget")).toBe(true);
  });
});
