import { CircleCheck, CircleMinus, CircleX, ShieldQuestionMark, type LucideIcon } from "lucide-react";
import type { Exchange } from "../bindings/Exchange";
import { Button } from "../components/Button";
import { Icon } from "../components/Icon";
import { Legend, PhaseBar } from "../components/PhaseBar";
import { bytes } from "../format/size";
import { clock, duration, moment } from "../format/time";
import { answerCall, csrfWords, lastCall, realPhases, verdict, type StatusTone } from "./facts";

const ICONS: Record<StatusTone, LucideIcon> = {
  ok: CircleCheck,
  info: CircleCheck,
  warn: ShieldQuestionMark,
  bad: CircleX,
  plain: CircleMinus,
};

/** What is asked most about an answer. */
export function FactsPanel({ exchange, onTimeline }: { exchange: Exchange; onTimeline(): void }) {
  const call = lastCall(exchange);
  const received = answerCall(exchange)?.received;
  const { text, tone } = verdict(exchange);
  const pieces = call ? realPhases(call.phases) : [];
  return (
    <aside className="facts-panel" aria-label="Facts of the answer">
      <div className="row">
        <Icon of={ICONS[tone]} className={tone === "plain" ? "dim" : tone} />
        <b>{text}</b>
      </div>
      {call ? (
        <div className="facts-time">
          <div className="row between">
            <b>{duration(call.phases.total_ms)}</b>
            <Button variant="link" size="s" onClick={onTimeline}>
              Timeline
            </Button>
          </div>
          <PhaseBar pieces={pieces} label="Where the time went" />
          <Legend pieces={pieces} format={(value) => String(Math.round(value))} />
        </div>
      ) : null}
      <dl className="facts">
        {received ? (
          <>
            <dt>Size</dt>
            <dd>
              {bytes(received.body_size)}
              {received.content_encoding ? (
                <span className="dim">
                  {" "}
                  · {bytes(received.wire_size)} {received.content_encoding}
                </span>
              ) : null}
            </dd>
            <dt>Type</dt>
            <dd>{received.content_type ?? "not stated"}</dd>
          </>
        ) : null}
        <dt>Sent</dt>
        <dd title={moment(exchange.started_at)}>{clock(exchange.started_at, true)}</dd>
        <dt>As</dt>
        <dd>{exchange.key ? `${exchange.tenant ?? ""} · ${exchange.key}` : "without sign-in"}</dd>
        <dt>CSRF</dt>
        <dd>{csrfWords(exchange)}</dd>
        <dt>Calls</dt>
        <dd>{exchange.calls.length}</dd>
        <dt>Protocol</dt>
        <dd>
          {received?.version ?? "–"}
          {call?.tls?.version ? `, ${call.tls.version}` : ""}
        </dd>
      </dl>
    </aside>
  );
}
