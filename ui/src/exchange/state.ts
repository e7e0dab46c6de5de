import { backend, failureOf } from "../backend";
import type { Draft } from "../bindings/Draft";
import type { Error as Failure } from "../bindings/Error";
import type { Exchange } from "../bindings/Exchange";
import type { Progress } from "../bindings/Progress";
import { contextOf } from "../request/context";
import { createStore, useStore } from "../store";
import { loadTenants } from "../tenant/state";
import { peekToken } from "../token/state";

export type AnswerTab = "body" | "headers" | "cookies" | "timeline" | "tls" | "token";
export const ANSWER_TABS: AnswerTab[] = ["body", "headers", "cookies", "timeline", "tls", "token"];

export interface Sending {
  id: string;
  /** Milliseconds since the epoch. */
  startedAt: number;
  /** What was reported, the newest of each stage of a call. */
  steps: Progress[];
}

export interface Answer {
  sending: Sending | null;
  exchange: Exchange | null;
  /** Why the request could not even be prepared. */
  failure: Failure | null;
  tab: AnswerTab;
  /** Whether the request stays open above the timeline, which needs its room. */
  requestOpen: boolean;
}

const NONE: Answer = { sending: null, exchange: null, failure: null, tab: "body", requestOpen: false };
const answers = createStore<Record<string, Answer>>({});

function put(draft: string, change: Partial<Answer>): void {
  answers.set((now) => ({ [draft]: { ...(now[draft] ?? NONE), ...change } }));
}

export function answerOf(draft: string): Answer {
  return answers.get()[draft] ?? NONE;
}

export function useAnswer(draft: string): Answer {
  return useStore(answers, (state) => state[draft] ?? NONE);
}

/** Tells of every answer that arrives from now on; answers how to stop. */
export function followAnswers(listener: (exchange: Exchange) => void): () => void {
  const known = () => new Set(Object.values(answers.get()).map((answer) => answer.exchange));
  let before = known();
  return answers.subscribe(() => {
    const now = known();
    const came = [...now].filter((exchange) => exchange !== null && !before.has(exchange));
    before = now;
    for (const exchange of came) if (exchange) listener(exchange);
  });
}

export function showTab(draft: string, tab: AnswerTab): void {
  put(draft, { tab });
}

/** Shows an exchange that was kept as the answer of a request. */
export function showKept(draft: string, exchange: Exchange): void {
  put(draft, { exchange, failure: null });
}

export function showRequest(draft: string, requestOpen: boolean): void {
  put(draft, { requestOpen });
}

/** Adds a report; a later one of the same stage takes the place of the one before. */
export function withStep(steps: ReadonlyArray<Progress>, step: Progress): Progress[] {
  const last = steps.at(-1);
  const replaces = last !== undefined && last.stage === step.stage && step.stage !== "calling";
  return replaces ? [...steps.slice(0, -1), step] : [...steps, step];
}

function forget(exchange: Exchange | null): void {
  if (exchange)
    void backend()
      .call("exchange_forget", { exchange: exchange.id })
      .catch(() => undefined);
}

/**
 * Sends a tab's request; the last answer stays until there is a new one. Answers why there is none.
 * `confirmed` says that the user said yes to writing to production.
 */
export async function startSending(draft: Draft, confirmed: boolean): Promise<Failure | null> {
  if (answerOf(draft.id).sending) return null;
  const id = crypto.randomUUID();
  const mine = () => answerOf(draft.id).sending?.id === id;
  put(draft.id, { sending: { id, startedAt: Date.now(), steps: [] }, failure: null });
  const onProgress = (step: Progress) => {
    const { sending } = answerOf(draft.id);
    if (sending?.id === id) put(draft.id, { sending: { ...sending, steps: withStep(sending.steps, step) } });
  };
  try {
    const exchange = await backend().send(
      { id, tenant: draft.tenant ?? undefined, request: draft.request, confirmed, context: contextOf(draft) },
      onProgress,
    );
    if (!mine()) {
      forget(exchange);
      return null;
    }
    forget(answerOf(draft.id).exchange);
    put(draft.id, { sending: null, exchange, failure: null });
    if (exchange.tenant && exchange.key) void peekToken(exchange.tenant, exchange.key);
    // A token call may have changed what is known of the key.
    if (exchange.tenant) void loadTenants().catch(() => undefined);
    return exchange.failure;
  } catch (thrown) {
    if (!mine()) return null;
    const failure = failureOf(thrown);
    put(draft.id, { sending: null, failure });
    return failure;
  }
}

/** What stood in the way was put aside; the answer before shows again. */
export function putFailureAside(draft: string): void {
  put(draft, { failure: null });
}

/** Stops the waiting; the answer says that it was cancelled. */
export function cancelSending(draft: string): void {
  const { sending } = answerOf(draft);
  if (sending)
    void backend()
      .call("request_cancel", { exchange: sending.id })
      .catch(() => undefined);
}

/** Forgets the answer of a closed tab. */
export function forgetAnswer(draft: string): void {
  const { sending, exchange } = answerOf(draft);
  if (sending) cancelSending(draft);
  forget(exchange);
  put(draft, NONE);
}
