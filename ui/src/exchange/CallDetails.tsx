import { SquareTerminal } from "lucide-react";
import { useState } from "react";
import { backend, failureOf } from "../backend";
import type { Call } from "../bindings/Call";
import type { Error as Failure } from "../bindings/Error";
import type { Exchange } from "../bindings/Exchange";
import type { Header } from "../bindings/Header";
import { Button } from "../components/Button";
import { Ask } from "../components/Dialog";
import { Segmented } from "../components/Segmented";
import { toast } from "../components/Toast";
import { useAttempt } from "../failure/attempt";
import { FailureNote } from "../failure/FailureNote";
import { pathOf } from "../format/address";
import { bytes } from "../format/size";
import { clock, duration } from "../format/time";
import { allPhases } from "./facts";
import { Segments } from "./Segments";

function phaseNote(name: string, call: Call): string {
  if (name === "Name" && call.phases.reused) return "connection reused";
  if (name === "Send" && call.sent.body_size > 0) return bytes(call.sent.body_size);
  if (name === "Receive" && call.received) {
    const { wire_size, content_encoding } = call.received;
    return `${bytes(wire_size)}${content_encoding ? ` ${content_encoding}` : ""}`;
  }
  return "";
}

function Facts({ exchange, call, place }: { exchange: Exchange; call: Call; place: number }) {
  const begun = new Date(Date.parse(exchange.started_at) + call.start_ms).toISOString();
  const leaf = call.tls?.server_chain?.certificates[0];
  return (
    <section className="call-facts" aria-label={`Call ${place + 1}`}>
      <h3 className="h3">
        Call {place + 1} <span className="dim">{clock(begun, true)}</span>
      </h3>
      <table className="phase-table" aria-label="Phases">
        <tbody>
          {allPhases(call.phases).map((phase) => (
            <tr key={phase.name}>
              <td>
                <i className="swatch" style={{ background: `var(${phase.color})` }} />
              </td>
              <td>{phase.name}</td>
              <td className="num strong">{phase.value === null ? "–" : duration(phase.value)}</td>
              <td className="dim">{phaseNote(phase.name, call)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className="facts">
        <dt>Protocol</dt>
        <dd>{call.received?.version ?? "–"}</dd>
        <dt>Address</dt>
        <dd className="mono">{call.remote_address ?? "–"}</dd>
        <dt>TLS</dt>
        <dd>{call.tls?.version?.replace("TLS ", "") ?? "–"}</dd>
        <dt>Server</dt>
        <dd className="cut">{leaf?.name ?? "–"}</dd>
      </dl>
      {call.failure ? <FailureNote failure={call.failure} /> : null}
    </section>
  );
}

/** The call as it went out, for a terminal; secrets are never in it. */
function CurlButton({ exchange, place }: { exchange: Exchange; place: number }) {
  const [failure, attempt] = useAttempt();
  const copy = async () => {
    const text = await backend().call("exchange_curl", { exchange: exchange.id, call: place });
    await backend().clipboardCopy(text);
    toast("Copied as cURL, secrets left out");
  };
  return (
    <>
      <Button size="s" icon={SquareTerminal} onClick={() => void attempt(copy)}>
        Copy as cURL
      </Button>
      {failure ? <FailureNote failure={failure} /> : null}
    </>
  );
}

export interface CallDetailsProps {
  exchange: Exchange;
  call: Call;
  place: number;
  received: boolean;
  onReceived(received: boolean): void;
}

const SIDES = [
  { value: "sent" as const, label: "Sent" },
  { value: "received" as const, label: "Received" },
];

/** One call: its phases, its connection, its headers. */
export function CallDetails({ exchange, call, place, received, onReceived }: CallDetailsProps) {
  const [revealed, setRevealed] = useState<Header[] | null>(null);
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const reveal = async () => {
    setAsking(false);
    try {
      setRevealed(await backend().call("exchange_reveal", { exchange: exchange.id, call: place }));
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
  };
  const headers = received ? (call.received?.headers ?? []) : call.sent.headers;
  const shown = (header: Header): Header =>
    (header.value.some((segment) => segment.kind === "masked") &&
      revealed?.find((one) => one.name.toLowerCase() === header.name.toLowerCase())) ||
    header;
  const masked = headers.some((header) => header.value.some((segment) => segment.kind === "masked"));
  return (
    <>
      <Facts exchange={exchange} call={call} place={place} />
      <section className="call-headers" aria-label="Headers of the call">
        <div className="row between">
          <h3 className="h3">Headers</h3>
          <Segmented
            label="Headers"
            value={received ? "received" : "sent"}
            options={SIDES}
            onChange={(side) => onReceived(side === "received")}
          />
        </div>
        <table
          className="header-well"
          aria-label={received ? "Received headers of the call" : "Sent headers of the call"}
        >
          <tbody>
            <tr>
              <th scope="row">{received ? (call.received?.version ?? "–") : call.sent.method}</th>
              <td>
                {received
                  ? call.received
                    ? `${call.received.status} ${call.received.reason}`
                    : "no answer"
                  : pathOf(call.sent.url)}
              </td>
            </tr>
            {headers.map((header, at) => (
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={at}>
                <th scope="row">{header.name}</th>
                <td>
                  <Segments segments={shown(header).value} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {masked ? (
          <p className="small dim">
            {revealed
              ? "Shown until another call is chosen. "
              : "Masked values show their length. Reveal is a deliberate act: "}
            <Button variant="link" size="s" onClick={() => (revealed ? setRevealed(null) : setAsking(true))}>
              {revealed ? "Hide again" : "Reveal for this call"}
            </Button>
          </p>
        ) : null}
        {failure ? <FailureNote failure={failure} /> : null}
        {received ? null : (
          <div className="row">
            <CurlButton exchange={exchange} place={place} />
          </div>
        )}
      </section>
      {asking ? (
        <Ask
          title="Show the secret values of this call?"
          text="Whoever sees this window can use them until they end. They stay until you choose another call, and are never written down."
          onClose={() => setAsking(false)}
          action={
            <Button variant="danger" onClick={() => void reveal()}>
              Reveal for this call
            </Button>
          }
        />
      ) : null}
    </>
  );
}
