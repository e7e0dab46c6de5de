import { BadgeCheck, Check, Landmark, Link2, Link2Off, Shield, TriangleAlert, X } from "lucide-react";
import type { CertificateFacts } from "../bindings/CertificateFacts";
import type { ChainFacts } from "../bindings/ChainFacts";
import { Icon } from "../components/Icon";
import { ValidityBar } from "../components/ValidityBar";
import { count, day, moment, validity } from "../format/time";

function Mark({ good, children }: { good: boolean; children: string }) {
  return (
    <span className={`row mark ${good ? "ok" : "bad"}`}>
      <Icon of={good ? Check : X} size={14} />
      {children}
    </span>
  );
}

function Leaf({ leaf, keyFits, client }: { leaf: CertificateFacts; keyFits: boolean | null; client: boolean }) {
  const ends = validity(leaf.not_before, leaf.not_after);
  const left = ends.state === "past" ? ends.short : `${count(ends.daysLeft, "day")} left`;
  return (
    <>
      <div className="row wrap dim small">
        <span>{leaf.key}</span>
        {keyFits === null ? null : (
          <Mark good={keyFits}>{keyFits ? "private key matches" : "private key does not match"}</Mark>
        )}
        {client ? (
          <Mark good={leaf.client_auth}>{leaf.client_auth ? "EKU clientAuth" : "EKU clientAuth is missing"}</Mark>
        ) : null}
      </div>
      <div className="chain-bar">
        <ValidityBar used={ends.used} soon={ends.state === "soon"} text={`${left}, ends ${day(leaf.not_after)}`} />
        <div className="row between small">
          <span className="dim">{day(leaf.not_before)}</span>
          <span className="row">
            <b className={ends.state === "past" ? "bad" : ends.state === "soon" ? "warn" : ""}>{left}</b>
            <span className="dim" title={moment(leaf.not_after)}>
              {day(leaf.not_after)}
            </span>
          </span>
        </div>
      </div>
    </>
  );
}

export interface ChainProps {
  chain: ChainFacts;
  title?: string;
  keyFits?: boolean | null;
  /** Whether it is a client's chain, which needs clientAuth. */
  client?: boolean;
}

/** A certificate chain, leaf first, with what is left of the leaf. */
export function Chain({ chain, title = "Certificate chain", keyFits = null, client = true }: ChainProps) {
  const many = chain.certificates.length;
  return (
    <section aria-label={title}>
      <div className="row between">
        <h3 className="h3">{title}</h3>
        <span className={`row small ${chain.complete ? "ok" : "warn"}`}>
          <Icon of={chain.complete ? Link2 : Link2Off} size={14} />
          {chain.complete ? `complete, ${many} of ${many}` : `${count(many, "certificate")}, the chain has an open end`}
        </span>
      </div>
      <ol className="chain">
        {chain.certificates.map((one, place) => {
          const ends = validity(one.not_before, one.not_after);
          const icon =
            place === 0 ? (ends.state === "past" ? TriangleAlert : BadgeCheck) : one.self_signed ? Landmark : Shield;
          return (
            <li key={one.fingerprint + one.serial + String(place)} className={place === 0 ? "leaf" : ""}>
              <Icon of={icon} className={place === 0 ? (ends.state === "past" ? "bad" : "ok") : "second"} />
              <div className="grow">
                <div className="strong cut" title={one.subject}>
                  {place === 0 ? one.subject : one.name}
                </div>
                {place === 0 ? (
                  <Leaf leaf={one} keyFits={keyFits} client={client} />
                ) : (
                  <div className={`small ${ends.state === "past" ? "bad" : "dim"}`}>
                    {ends.state === "past" ? "ended" : "until"} {day(one.not_after)}
                  </div>
                )}
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
