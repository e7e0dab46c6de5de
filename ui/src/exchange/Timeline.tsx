import { Download } from "lucide-react";
import { useEffect, useState, type KeyboardEvent } from "react";
import { backend } from "../backend";
import type { Call } from "../bindings/Call";
import type { Exchange } from "../bindings/Exchange";
import { IconButton } from "../components/IconButton";
import { Legend, PhaseBar } from "../components/PhaseBar";
import { Tag } from "../components/Tag";
import { toast } from "../components/Toast";
import { useAttempt } from "../failure/attempt";
import { FailureDialog } from "../failure/FailureDialog";
import { hostOf, pathOf } from "../format/address";
import { count, duration } from "../format/time";
import { CallDetails } from "./CallDetails";
import { allPhases, axisTicks, headerValue, purposeName, realPhases, statusTone } from "./facts";

const NUMBERS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

function Status({ call }: { call: Call }) {
  if (call.received) {
    const { status, reason } = call.received;
    const wants = headerValue(call.received.headers, "X-CSRF-Token")?.toLowerCase() === "required";
    const words = status === 403 && wants ? "CSRF token required" : reason;
    return <Tag tone={statusTone(status)}>{status >= 400 ? `${status} ${words}` : status}</Tag>;
  }
  return <Tag>no answer</Tag>;
}

function Code({ text }: { text: string }) {
  return text.split("`").map((part, place) =>
    place % 2 === 1 ? (
      // oxlint-disable-next-line react/no-array-index-key
      <span key={place} className="mono">
        {part}
      </span>
    ) : (
      part
    ),
  );
}

/** Every call of one Send on one axis, and why each was made. */
export function Timeline({ exchange }: { exchange: Exchange }) {
  const { calls } = exchange;
  const [chosen, setChosen] = useState(calls.length - 1);
  const [received, setReceived] = useState(false);
  const [failure, attempt, forget] = useAttempt();
  const saveHar = async () => {
    const path = await backend().historyExport([exchange.id]);
    if (path) toast(`Saved to ${path}`);
  };
  useEffect(() => setChosen(calls.length - 1), [exchange.id, calls.length]);
  const end = Math.max(1, ...calls.map((call) => call.start_ms + call.phases.total_ms));
  const ticks = axisTicks(end);
  const span = Math.max(end, ticks.at(-1) ?? end) * 1.03;
  const at = (ms: number) => `${(ms / span) * 100}%`;
  const call = calls[chosen];
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = Math.min(calls.length - 1, Math.max(0, chosen + (event.key === "ArrowDown" ? 1 : -1)));
      setChosen(next);
      event.currentTarget.querySelectorAll<HTMLElement>("tr")[next]?.focus();
    } else if (event.key === "ArrowRight") setReceived(true);
    else if (event.key === "ArrowLeft") setReceived(false);
    else return;
    event.preventDefault();
  };
  const legend = allPhases(
    call?.phases ?? {
      reused: false,
      name_ms: 0,
      connect_ms: 0,
      tls_ms: 0,
      send_ms: 0,
      wait_ms: 0,
      receive_ms: 0,
      total_ms: 0,
    },
  );
  const flow = calls.findLast((one) => one.purpose === "request" || one.purpose === "again");
  return (
    <div className="timeline">
      <div className="timeline-head">
        <span>
          <b>{count(calls.length, "call")} for one Send</b>
          <span className="second">
            {duration(exchange.took_ms)} in all
            {flow?.phases.wait_ms ? `; waiting for the flow took ${duration(flow.phases.wait_ms)}` : ""}
          </span>
        </span>
        <Legend pieces={legend.map((phase) => ({ ...phase, value: 0 }))} />
        <IconButton size="s" label="Export as HAR" icon={Download} onClick={() => void attempt(saveHar)} />
        <FailureDialog title="That did not work" failure={failure} onClose={forget} />
      </div>
      <table className="calls" aria-label="Calls">
        <thead>
          <tr>
            <th>Call</th>
            <th className="axis">
              {ticks.map((tick, place) => (
                <span key={tick} style={{ left: at(tick) }}>
                  {place === 0 ? "0 ms" : tick.toLocaleString("en")}
                </span>
              ))}
            </th>
            <th className="num">Took</th>
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown}>
          {calls.map((one, place) => (
            // oxlint-disable-next-line react/no-array-index-key
            <tr
              key={place}
              tabIndex={place === chosen ? 0 : -1}
              aria-selected={place === chosen}
              onClick={() => setChosen(place)}
              data-testid={`call-${place + 1}`}
            >
              <td>
                <div className="call-name">
                  <span className="way">{place + 1}</span>
                  <div className="grow">
                    <div className="row">
                      <b>{purposeName(one.purpose)}</b>
                      <Status call={one} />
                    </div>
                    <div className="mono-s dim cut">
                      {one.sent.method}{" "}
                      {one.purpose === "token" || one.purpose === "redirect"
                        ? hostOf(one.sent.url)
                        : pathOf(one.sent.url)}
                      {one.purpose === "csrf" ? " X-CSRF-Token: Fetch" : ""}
                    </div>
                  </div>
                </div>
              </td>
              <td className="axis">
                {ticks.slice(1).map((tick) => (
                  <i key={tick} className="tick" style={{ left: at(tick) }} />
                ))}
                <div className="lane" style={{ left: at(one.start_ms), width: at(one.phases.total_ms) }}>
                  <PhaseBar
                    pieces={realPhases(one.phases)}
                    label={realPhases(one.phases)
                      .map((phase) => `${phase.name} ${duration(phase.value)}`)
                      .join(", ")}
                  />
                </div>
              </td>
              <td className="num strong">{duration(one.phases.total_ms)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="timeline-lower">
        <section className="why" aria-label={`Why ${NUMBERS[calls.length] ?? calls.length}`}>
          <h3 className="h3">Why {NUMBERS[calls.length] ?? calls.length}</h3>
          <ol>
            {calls.map((one, place) => (
              // oxlint-disable-next-line react/no-array-index-key
              <li key={place}>
                <span className="way">{place + 1}</span>
                <p>
                  <Code text={one.reason} />
                </p>
              </li>
            ))}
          </ol>
        </section>
        {call ? (
          <CallDetails
            key={`${exchange.id} ${chosen}`}
            exchange={exchange}
            call={call}
            place={chosen}
            received={received}
            onReceived={setReceived}
          />
        ) : null}
      </div>
    </div>
  );
}
