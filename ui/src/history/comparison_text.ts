import type { ComparedBodies } from "../bindings/ComparedBodies";
import type { ComparedRow } from "../bindings/ComparedRow";
import type { ExchangeComparison } from "../bindings/ExchangeComparison";
import type { HistoryEntry } from "../bindings/HistoryEntry";
import { clock, day } from "../format/time";
import { dayOf, nameOf } from "./days";

const sideOf = (entry: HistoryEntry): string =>
  `${entry.method} ${nameOf(entry)}, ${entry.tenant ?? "no tenant"}, ${day(entry.started_at)} ${clock(entry.started_at)}`;

const rowText = ({ name, a, b, same, ignored }: ComparedRow): string => {
  if (same) return `= ${name}: ${a ?? "none"}`;
  return `${ignored ? "~" : "≠"} ${name}: ${a ?? "none"} | ${b ?? "none"}`;
};

function bodiesText(name: string, { a, b, lines, note }: ComparedBodies): string[] {
  const told = lines.flatMap(({ mark, a: left, b: right }) => {
    if (mark === "same" || mark === "ignored") return [`  ${(left ?? right)?.pieces.join("") ?? ""}`];
    return [...(left ? [`- ${left.pieces.join("")}`] : []), ...(right ? [`+ ${right.pieces.join("")}`] : [])];
  });
  return ["", `${name}: ${a || "none"} | ${b || "none"}`, ...(note ? [note] : []), ...told];
}

/** A comparison as text for a ticket or a chat. */
export function comparisonText(a: HistoryEntry, b: HistoryEntry, found: ExchangeComparison): string {
  return [
    `A: ${sideOf(a)}`,
    `B: ${sideOf(b)}`,
    ...(found.remark ? [found.remark] : []),
    "",
    ...found.facts.map(rowText),
    "",
    "Request headers",
    ...found.request_headers.map(rowText),
    "",
    "Answer headers",
    ...found.answer_headers.map(rowText),
    ...bodiesText("Request body", found.request),
    ...bodiesText("Response body", found.answer),
    "",
  ].join("\n");
}

function outcome({ status }: HistoryEntry): "works" | "fails" | "was refused" | "had no answer" {
  if (status === null) return "had no answer";
  if (status >= 500) return "fails";
  return status >= 400 ? "was refused" : "works";
}

const PAST = { works: "worked", fails: "failed", "was refused": "was refused", "had no answer": "had no answer" };

/** "Worked in test yesterday, fails in dev today": what became of both, when that differs. */
export function headline(a: HistoryEntry, b: HistoryEntry, now = new Date()): string | null {
  if (outcome(a) === outcome(b)) return null;
  const told = (entry: HistoryEntry) => {
    const { name, date } = dayOf(entry.started_at, now);
    const today = name === "Today";
    const where = entry.stage ? ` in ${entry.stage}` : "";
    const when = today || name === "Yesterday" ? name.toLowerCase() : `on ${date}`;
    return `${today ? outcome(entry) : PAST[outcome(entry)]}${where} ${when}`;
  };
  const text = `${told(a)}, ${told(b)}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
