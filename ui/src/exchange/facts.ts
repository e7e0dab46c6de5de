import type { Call } from "../bindings/Call";
import type { Exchange } from "../bindings/Exchange";
import type { Header } from "../bindings/Header";
import type { Phases } from "../bindings/Phases";
import type { Purpose } from "../bindings/Purpose";
import type { PhasePiece } from "../components/PhaseBar";
import { plainText } from "./Segments";

const PHASES: ReadonlyArray<{ name: string; color: string; of(phases: Phases): number | null }> = [
  { name: "Name", color: "--phase-name", of: (phases) => phases.name_ms },
  { name: "Connect", color: "--phase-connect", of: (phases) => phases.connect_ms },
  { name: "TLS", color: "--phase-tls", of: (phases) => phases.tls_ms },
  { name: "Send", color: "--phase-send", of: (phases) => phases.send_ms },
  { name: "Wait", color: "--phase-wait", of: (phases) => phases.wait_ms },
  { name: "Receive", color: "--phase-receive", of: (phases) => phases.receive_ms },
];

/** All six phases, those that did not happen with null. */
export function allPhases(phases: Phases): Array<{ name: string; color: string; value: number | null }> {
  return PHASES.map((phase) => ({ name: phase.name, color: phase.color, value: phase.of(phases) }));
}

/** Only the phases that happened, in order. */
export function realPhases(phases: Phases): PhasePiece[] {
  return allPhases(phases).filter((phase): phase is PhasePiece => phase.value !== null);
}

const PURPOSES: Record<Purpose, string> = {
  token: "Token",
  csrf: "CSRF token",
  request: "Your request",
  again: "Your request again",
  redirect: "Redirect",
};

export function purposeName(purpose: Purpose): string {
  return PURPOSES[purpose];
}

/** The call that carries the answer. */
export function lastCall(exchange: Exchange): Call | null {
  return exchange.calls.at(-1) ?? null;
}

/** The call whose answer is the flow's; a token call's answer is not. */
export function answerCall(exchange: Exchange): Call | null {
  const last = lastCall(exchange);
  return last && last.purpose !== "token" && last.purpose !== "csrf" ? last : null;
}

export type StatusTone = "ok" | "info" | "warn" | "bad" | "plain";

export function statusTone(status: number): StatusTone {
  if (status >= 500) return "bad";
  if (status >= 400) return "warn";
  return status >= 300 || status < 200 ? "info" : "ok";
}

export function headerValue(headers: ReadonlyArray<Header>, name: string): string | null {
  const found = headers.find((header) => header.name.toLowerCase() === name.toLowerCase());
  return found ? plainText(found.value) : null;
}

/** What happened about CSRF protection, in two words. */
export function csrfWords(exchange: Exchange): string {
  if (exchange.calls.some((call) => call.purpose === "csrf")) return "token fetched";
  const sent = lastCall(exchange)?.sent.headers ?? [];
  if (headerValue(sent, "X-CSRF-Token") !== null) return "token reused";
  return exchange.request.csrf === "never" ? "never" : "not asked for";
}

/** One sentence about an answer, no more certain than the evidence. */
export function verdict(exchange: Exchange): { text: string; tone: StatusTone } {
  const received = answerCall(exchange)?.received;
  if (exchange.failure || !received) {
    if (exchange.failure?.code === "cancelled") return { text: "You stopped the waiting", tone: "plain" };
    return { text: received ? "The answer is not whole" : "No answer", tone: "plain" };
  }
  const { status } = received;
  if (exchange.diagnosis) return { text: exchange.diagnosis.title, tone: status < 500 ? "warn" : "bad" };
  if (exchange.refusal) return { text: "Refused before the flow ran", tone: "warn" };
  if (status < 300) return { text: exchange.tenant ? "The flow ran and answered" : "Answered", tone: "ok" };
  if (status < 400) return { text: "Sent elsewhere", tone: "info" };
  return { text: "Answered with an error", tone: status < 500 ? "warn" : "bad" };
}

/** Round steps for an axis from 0 to at least `max`, five to eight of them. */
export function axisTicks(max: number): number[] {
  if (max <= 0) return [0];
  const rough = max / 8;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((one) => one >= rough) ?? magnitude * 10;
  return Array.from({ length: Math.floor(max / step) + 1 }, (_, place) => Number((place * step).toPrecision(6)));
}
