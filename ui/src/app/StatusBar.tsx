import {
  CalendarClock,
  Check,
  CircleDashed,
  LoaderCircle,
  LockKeyhole,
  LockKeyholeOpen,
  Timer,
  TriangleAlert,
} from "lucide-react";
import { certificates } from "../certificate/state";
import { Icon } from "../components/Icon";
import { Tooltip } from "../components/Tooltip";
import { count } from "../format/time";
import { goTo, navigation } from "../navigation";
import { requests, useDraft } from "../request/state";
import { useSecretStore, useSettings } from "../settings/state";
import { useStore } from "../store";
import { usualKey } from "../tenant/health";
import { StageTag, TenantMark } from "../tenant/marks";
import { useCurrentTenant, useTenant, useTenants } from "../tenant/state";
import { useToken } from "../token/state";
import { TokenLeft } from "../token/TokenLeft";

function Kept() {
  const { unkept, failure } = useStore(requests, (state) => state);
  if (failure) {
    return (
      <Tooltip text={`${failure.message} ${failure.hint ?? ""}`}>
        <span className="row bad" tabIndex={0}>
          <Icon of={TriangleAlert} size={14} />
          Edits not kept
        </span>
      </Tooltip>
    );
  }
  return (
    <span className="row">
      <Icon of={unkept > 0 ? LoaderCircle : Check} size={14} className={unkept > 0 ? "" : "ok"} />
      {unkept > 0 ? "Keeping edits" : "All edits kept"}
    </span>
  );
}

function Keyring() {
  const store = useSecretStore();
  if (!store) return null;
  const ready = store.state === "ready";
  const text = ready ? "Keyring unlocked" : store.state === "locked" ? "Keyring locked" : "No keyring";
  return (
    <Tooltip
      text={
        ready
          ? "Secrets are kept in this computer's keyring"
          : `${store.state === "unusable" ? `${store.reason} ` : ""}${store.hint}`
      }
    >
      <button
        type="button"
        className={`row ${ready ? "" : "warn"}`}
        onClick={() => goTo("settings")}
        data-testid="keyring-state"
      >
        <Icon of={ready ? LockKeyhole : LockKeyholeOpen} size={14} />
        {text}
      </button>
    </Tooltip>
  );
}

/** The certificate that ended or ends next, within 60 days. */
function Due() {
  const most = useStore(certificates, (state) => state.list?.[0] ?? null);
  const warning = most?.report.warning;
  if (!most || !warning || warning === "none") return null;
  const ended = warning === "expired";
  const tone = ended || warning === "week" ? "bad" : warning === "month" ? "warn" : "";
  return (
    <button
      type="button"
      className={`row ${tone}`}
      onClick={() => goTo("certificates")}
      data-testid="certificate-warning"
    >
      <Icon of={warning === "two_months" ? CalendarClock : TriangleAlert} size={14} />
      Certificate of {most.tenant} {ended ? "has expired" : `ends in ${count(most.report.days_left, "day")}`}
    </button>
  );
}

/** Tenant, token, what is kept, keyring. */
export function StatusBar() {
  const place = useStore(navigation, (state) => state.place);
  const active = useStore(requests, (state) => state.active);
  const draft = useDraft(active);
  const current = useCurrentTenant();
  const ofDraft = useTenant(draft?.tenant ?? null);
  const tenant = place === "requests" && draft ? ofDraft : current;
  const authorization = place === "requests" ? draft?.request.authorization : undefined;
  const named = authorization && "key" in authorization ? authorization.key : null;
  const key = named ?? (tenant ? (usualKey(tenant)?.name ?? null) : null);
  const token = useToken(tenant?.name ?? null, key);
  const some = useTenants().length > 0;
  const unverified = useSettings()?.unverified_hosts ?? [];
  return (
    <footer className={`status ${tenant?.stage === "prod" ? "prod" : ""}`} aria-label="Status">
      {tenant ? (
        <button type="button" className="row" onClick={() => goTo("tenants")}>
          <TenantMark tenant={tenant} />
          {tenant.name}
          <StageTag stage={tenant.stage} />
        </button>
      ) : (
        <span className="row">
          <Icon of={CircleDashed} size={14} />
          {some ? "No tenant chosen" : "No tenant yet"}
        </span>
      )}
      {token.facts ? (
        <span className="row" data-testid="status-token">
          <Icon of={Timer} size={14} />
          <TokenLeft facts={token.facts} prefix="Token" />
        </span>
      ) : null}
      <span className="grow" />
      {unverified.length > 0 ? (
        <button type="button" className="row bad" onClick={() => goTo("settings")}>
          <Icon of={TriangleAlert} size={14} />
          {unverified.length === 1 ? `${unverified[0]} is not verified` : `${unverified.length} hosts are not verified`}
        </button>
      ) : null}
      <Due />
      <Kept />
      <Keyring />
    </footer>
  );
}
