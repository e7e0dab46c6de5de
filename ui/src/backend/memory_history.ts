import type { Error as Failure } from "../bindings/Error";
import type { Exchange } from "../bindings/Exchange";
import type { HistoryCount } from "../bindings/HistoryCount";
import type { HistoryEntry } from "../bindings/HistoryEntry";
import type { RequestSend } from "../bindings/RequestSend";
import type { Stage } from "../bindings/Stage";
import type { Input, OperationName, Output } from "./backend";
import { compareKept } from "./memory_compare";
import { historyStory, recordOf, type Kept } from "./memory_history_story";
import { FIELDS, foundIn, parseQuery, type Query } from "./memory_query";

type Ours = Extract<
  OperationName,
  | "exchange_compare"
  | "history_search"
  | "history_facets"
  | "history_read"
  | "history_change"
  | "history_remove"
  | "history_usage"
>;

type Handlers = { [K in Ours]: (input: Input<K>) => Output<K> };

export interface MemoryHistory {
  handlers: Handlers;
  /** Keeps what was sent just now. */
  record(order: RequestSend, exchange: Exchange, stage: Stage | null): void;
  urlOf(exchange: string): string | null;
}

const ANSWERS = ["2xx", "3xx", "4xx", "5xx", "none"];
const answerOf = ({ status }: HistoryEntry) => (status === null ? "none" : `${Math.floor(status / 100)}xx`);

function counted(entries: HistoryEntry[], of: (entry: HistoryEntry) => string | null): Map<string, number> {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const value = of(entry);
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

const countOf = (value: string, count: number, stage: Stage | null = null): HistoryCount => ({ value, stage, count });

/** A history of so many made-up exchanges. */
export function memoryHistory(count: number): MemoryHistory {
  // Made when somebody looks: most tests never do.
  let made: Kept[] | null = null;
  const recent: Kept[] = [];
  const all = (): Kept[] => (made ??= [...recent, ...historyStory(count)]);

  const find = (id: string): Kept => {
    const found = all().find((one) => one.entry.id === id);
    if (found) return found;
    const failure: Failure = {
      code: "not_found",
      message: "This exchange is no longer in the history.",
      hint: "It was deleted, or forgotten by its age.",
      detail: null,
    };
    throw failure;
  };
  const fitting = (query: Query, without: string | null = null) => all().filter((kept) => query.fits(kept, without));
  const entries = (kept: Kept[]) => kept.map((one) => one.entry);
  const remove = (gone: (kept: Kept) => boolean): number => {
    const before = all();
    made = before.filter((one) => !gone(one));
    return before.length - made.length;
  };

  const handlers: Handlers = {
    history_search: ({ text, offset, count }) => {
      const begun = performance.now();
      const query = parseQuery(text);
      const found = fitting(query);
      const page = found.slice(offset, offset + Math.min(count, 500));
      return {
        entries: page.map((kept) => ({ ...kept.entry, found: foundIn(kept, query.words) })),
        count: found.length,
        total: all().length,
        took_ms: Math.max(1, performance.now() - begun),
        terms: query.terms,
      };
    },
    history_facets: ({ text }) => {
      const query = parseQuery(text);
      const stages = new Map(all().map(({ entry }) => [entry.tenant, entry.stage]));
      const tenants = counted(entries(fitting(query, FIELDS.tenant)), (entry) => entry.tenant);
      const answers = counted(entries(fitting(query, FIELDS.status)), answerOf);
      const doors = counted(entries(fitting(query, FIELDS.door)), (entry) => entry.door);
      return {
        tenants: [...tenants].map(([name, many]) => countOf(name, many, stages.get(name) ?? null)),
        answers: ANSWERS.map((one) => countOf(one, answers.get(one) ?? 0)),
        doors: ["window", "terminal"].map((one) => countOf(one, doors.get(one) ?? 0)),
      };
    },
    history_read: ({ exchange }) => {
      const kept = find(exchange);
      const until = new Date(Date.parse(kept.entry.started_at) + 90 * 86_400_000).toISOString();
      const record = recordOf(kept);
      return {
        entry: kept.entry,
        exchange: record,
        context: kept.context,
        lacks_secret: JSON.stringify(record.request).includes("••••"),
        request_cut: false,
        request_body: kept.request ? [{ kind: "text", text: kept.request }] : null,
        kept_until: kept.entry.pinned ? null : until,
        has_body: kept.answer !== "",
      };
    },
    history_change: ({ exchange, pinned, note }) => {
      const kept = find(exchange);
      const { entry } = kept;
      kept.entry = {
        ...entry,
        pinned: pinned ?? entry.pinned,
        note: note === undefined ? entry.note : note || null,
      };
      return kept.entry;
    },
    history_remove: (input) => {
      if (input.kind === "all") return remove(() => true);
      if (input.kind === "some") return remove(({ entry }) => input.exchanges.includes(entry.id));
      const query = parseQuery(input.text);
      return remove((kept) => query.fits(kept, null) && !kept.entry.pinned);
    },
    history_usage: () => ({
      count: all().length,
      bytes: all().length * 4210,
      oldest: all().at(-1)?.entry.started_at ?? null,
    }),
    exchange_compare: (input) => compareKept(find(input.a), find(input.b), input),
  };

  return {
    handlers,
    urlOf: (exchange) => all().find((one) => one.entry.id === exchange)?.entry.url ?? null,
    record(order, exchange, stage) {
      const last = exchange.calls.at(-1);
      const { body } = exchange.request;
      const kept: Kept = {
        entry: {
          id: exchange.id,
          started_at: exchange.started_at,
          door: "window",
          tenant: exchange.tenant,
          stage,
          title: null,
          method: exchange.request.method,
          url: exchange.url,
          status: last?.received?.status ?? null,
          took_ms: exchange.took_ms,
          body_size: last?.received?.body_size ?? 0,
          pinned: false,
          note: null,
          found: [],
        },
        request: "text" in body ? body.text : "",
        answer: last?.received ? '{ "status": "CREATED" }' : "",
        context: order.context ? { ...order.context, variables: [] } : null,
        exchange,
      };
      if (made) made = [kept, ...made];
      else recent.unshift(kept);
    },
  };
}
