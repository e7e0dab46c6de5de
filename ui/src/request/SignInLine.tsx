import { CornerDownRight, KeyRound, TriangleAlert } from "lucide-react";
import type { CsrfMode } from "../bindings/CsrfMode";
import type { Draft } from "../bindings/Draft";
import type { Resolved } from "../bindings/Resolved";
import { Icon } from "../components/Icon";
import { Skeleton } from "../components/Skeleton";
import { Tooltip } from "../components/Tooltip";
import { goTo } from "../navigation";
import { openImport } from "../service_key/import_state";
import { chooseTenant, useTenant } from "../tenant/state";
import { useToken } from "../token/state";
import { TokenLeft } from "../token/TokenLeft";
import { ForeignHostActions } from "./ForeignHost";

const CSRF: Record<CsrfMode, string> = { auto: "CSRF auto", always: "CSRF always", never: "CSRF never" };

export interface SignInLineProps {
  draft: Draft;
  resolved: Resolved | null;
  onAuth(): void;
  onUrl(): void;
}

function Problem({ draft, resolved }: { draft: Draft; resolved: Resolved }) {
  const tenant = useTenant(draft.tenant);
  const { problem } = resolved;
  if (!problem) return null;
  const act = () => {
    if (tenant) openImport(tenant.name);
    else document.querySelector<HTMLElement>('[data-testid="tenant-chip"]')?.focus();
  };
  const words = (
    <>
      <Icon of={TriangleAlert} size={14} />
      <span className="cut">
        {problem.message} {problem.hint}
      </span>
    </>
  );
  if (problem.code === "foreign_host") {
    return (
      <>
        <span className="bad cut row" data-testid="resolve-problem" title={`${problem.message} ${problem.hint ?? ""}`}>
          {words}
        </span>
        <span className="row signin-ways">
          <ForeignHostActions draft={draft.id} problem={problem} />
        </span>
      </>
    );
  }
  return (
    <button
      type="button"
      className="bad"
      onClick={act}
      data-testid="resolve-problem"
      title={problem.detail ?? undefined}
    >
      {words}
    </button>
  );
}

/** As whom, with what, where to; each part opens the matching place. */
export function SignInLine({ draft, resolved, onAuth, onUrl }: SignInLineProps) {
  const { authorization } = draft.request;
  const key = resolved?.key ?? null;
  const bearer = authorization.kind === "bearer";
  const token = useToken(bearer ? draft.tenant : null, bearer ? key : null);
  const prod = resolved?.stage === "prod";
  const showTenant = () => {
    chooseTenant(draft.tenant);
    goTo("tenants");
  };
  if (!resolved) {
    return (
      <div className="signin">
        <Skeleton label="Asking where the request goes" lines={1} />
      </div>
    );
  }
  return (
    <div className="signin" aria-label="Where the request goes and as whom" role="group">
      {resolved.problem ? (
        <Problem draft={draft} resolved={resolved} />
      ) : (
        <button type="button" onClick={onAuth}>
          <Icon of={KeyRound} size={14} className={prod ? "bad" : "ok"} />
          <span>
            {resolved.tenant ? <b>{resolved.tenant}</b> : null}
            {resolved.tenant && key ? " · " : ""}
            {key ?? (authorization.kind === "none" ? (resolved.tenant ? ", without sign-in" : "without sign-in") : "")}
            {authorization.kind === "basic" ? " (Basic)" : authorization.kind === "certificate" ? " (certificate)" : ""}
          </span>
        </button>
      )}
      {bearer && key && !resolved.problem ? (
        <button type="button" onClick={showTenant}>
          {token.facts ? <TokenLeft facts={token.facts} prefix="token" /> : "no token yet"}
        </button>
      ) : null}
      {token.facts && token.facts.roles.length > 0 && !resolved.problem ? (
        <button type="button" className="mono-s" onClick={showTenant}>
          {token.facts.roles[0]}
          {token.facts.roles.length > 1 ? ` +${token.facts.roles.length - 1}` : ""}
        </button>
      ) : null}
      <button type="button" onClick={onAuth}>
        {CSRF[draft.request.csrf]}
      </button>
      {resolved.url ? (
        <Tooltip text={<span className="mono-s">{resolved.url}</span>}>
          <button type="button" className="cut mono-s" onClick={onUrl} data-testid="resolved-url">
            <Icon of={CornerDownRight} size={14} />
            <span className="cut">{resolved.url}</span>
          </button>
        </Tooltip>
      ) : null}
    </div>
  );
}
