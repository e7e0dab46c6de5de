import { BadgeCheck, CalendarClock, CircleX, KeyRound, Search, ShieldCheck } from "lucide-react";
import { useMemo, useState, type CSSProperties } from "react";
import type { ClientCertificate } from "../bindings/ClientCertificate";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { Field } from "../components/Field";
import { Icon } from "../components/Icon";
import { Skeleton } from "../components/Skeleton";
import { Tag } from "../components/Tag";
import { FailureNote } from "../failure/FailureNote";
import { count, day } from "../format/time";
import { openImport, openRenewal } from "../service_key/import_state";
import { useStore } from "../store";
import { StageTag } from "../tenant/marks";
import { monthsOf, placeOf } from "./axis";
import { CertificatePanel } from "./CertificatePanel";
import { certificates, countDue, isDue, matching, nameOf } from "./state";

function leftWords(days: number): string {
  return days < 0 ? "expired" : days === 0 ? "today" : count(days, "day");
}

interface RowProps {
  certificate: ClientCertificate;
  now: number;
  selected: boolean;
}

function Row({ certificate, now, selected }: RowProps) {
  const { report, tenant, stage, key } = certificate;
  const [leaf] = report.chain.certificates;
  const due = isDue(certificate);
  const ended = report.warning === "expired";
  const tone = ended ? "bad" : due ? "warn" : "ok";
  const today = placeOf(now, now);
  const from = leaf ? placeOf(Date.parse(leaf.not_before), now) : today;
  const to = leaf ? placeOf(Date.parse(leaf.not_after), now) : today;
  const span = (left: number, right: number): CSSProperties => ({ left: `${left}%`, width: `${right - left}%` });
  return (
    <li className="certificate-line">
      <button
        type="button"
        className="certificate-row"
        aria-current={selected}
        onClick={() => certificates.set({ selected: nameOf(certificate) })}
        data-testid="certificate-row"
      >
        <Icon of={ended ? CircleX : due ? CalendarClock : BadgeCheck} className={tone} />
        <span className="certificate-name">
          <span className="row">
            <b className="cut">{leaf?.name ?? key}</b>
            <StageTag stage={stage} />
          </span>
          <span className="dim small cut">
            {tenant} · {key}
          </span>
        </span>
        <span className="certificate-bar" aria-hidden="true">
          <i className="used" style={span(from, Math.min(today, to))} />
          <i
            className={ended ? "past" : due ? "soon" : "left"}
            style={span(...((ended ? [to, today] : [today, to]) as [number, number]))}
          />
        </span>
        <span className="certificate-left">
          <b className={tone === "ok" ? "" : tone}>{leftWords(report.days_left)}</b>
          <span className="dim small">{leaf ? day(leaf.not_after) : ""}</span>
        </span>
      </button>
      {due || ended ? (
        <Button size="s" aria-label={`Renew ${key} of ${tenant}`} onClick={() => openRenewal(tenant, key)}>
          {ended ? "Replace…" : "Renew…"}
        </Button>
      ) : null}
    </li>
  );
}

function Axis({ now }: { now: number }) {
  const today = placeOf(now, now);
  return (
    <div className="certificate-axis" aria-hidden="true">
      <span />
      <span className="dim small">Certificate and where it is used</span>
      <span className="certificate-months small">
        {monthsOf(now)
          .filter(({ at }) => Math.abs(at - today) > 5 && at < 96)
          .map(({ name, year, at }) => (
            <span key={at} style={{ left: `${at}%` }} className={year === null ? "dim" : "strong"}>
              {year ?? name}
            </span>
          ))}
        <span className="certificate-today" style={{ left: `${today}%` }}>
          Today
        </span>
      </span>
      <span className="dim small certificate-left">Left</span>
    </div>
  );
}

/** How many are due, and the filter. */
export function ClientCertificatesFilter() {
  const list = useStore(certificates, (state) => state.list);
  const filter = useStore(certificates, (state) => state.filter);
  if (!list || list.length === 0) return null;
  const { expired, soon } = countDue(list);
  return (
    <>
      {expired > 0 ? <Tag tone="bad">{expired} expired</Tag> : null}
      {soon > 0 ? <Tag tone="warn">{soon} within 30 days</Tag> : null}
      <Field
        label="Filter certificates"
        hideLabel
        placeholder="Filter certificates"
        icon={Search}
        value={filter}
        onChange={(event) => certificates.set({ filter: event.target.value })}
      />
    </>
  );
}

/** The client certificates of all keys, what ends first at the top. */
export function ClientCertificates() {
  const { list, failure, selected, filter } = useStore(certificates, (state) => state);
  const [now] = useState(() => Date.now());
  const shown = useMemo(() => matching(list ?? [], filter), [list, filter]);
  const current = shown.find((one) => nameOf(one) === selected) ?? shown[0];
  if (failure || !list) {
    return (
      <div className="pane-form">
        {failure ? <FailureNote failure={failure} /> : <Skeleton label="Reading the certificates" lines={6} />}
      </div>
    );
  }
  if (list.length === 0) {
    return (
      <EmptyState icon={ShieldCheck} title="No client certificates yet" text="Certificates of your keys show up here.">
        <Button variant="primary" icon={KeyRound} onClick={() => openImport()}>
          Add a service key
        </Button>
      </EmptyState>
    );
  }
  return (
    <div className="certificate-split">
      <div className="certificate-list">
        <Axis now={now} />
        <ul aria-label="Client certificates">
          {shown.map((one) => (
            <Row key={nameOf(one)} certificate={one} now={now} selected={one === current} />
          ))}
        </ul>
        <p className="certificate-legend dim small" aria-hidden="true">
          <i className="left" /> left
          <i className="soon" /> 30 days or less
          <i className="past" /> past its end
          <i className="used" /> used up
        </p>
        {shown.length === 0 ? <p className="side-empty">No certificate matches “{filter}”.</p> : null}
      </div>
      {current ? <CertificatePanel certificate={current} /> : null}
    </div>
  );
}
