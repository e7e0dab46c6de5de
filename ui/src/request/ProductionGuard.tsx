import { Send, ShieldAlert } from "lucide-react";
import { useState } from "react";
import type { Authorization } from "../bindings/Authorization";
import type { Draft } from "../bindings/Draft";
import type { Tenant } from "../bindings/Tenant";
import { Button } from "../components/Button";
import { Checkbox } from "../components/Choice";
import { Ask } from "../components/Dialog";
import { Icon } from "../components/Icon";
import { originOf, pathOf } from "../format/address";
import { useStore } from "../store";
import { usualKey } from "../tenant/health";
import { StageTag } from "../tenant/marks";
import { useTenant } from "../tenant/state";
import { bodyWords } from "./body";
import { MethodName } from "./MethodName";
import { useResolved } from "./resolve";
import { confirmSend, guard } from "./send";
import { useDraft } from "./state";

const WITH = { bearer: "with a token", basic: "with Basic", certificate: "with the client certificate" };

const FROM_FILE: Partial<Record<Authorization["kind"], string>> = {
  none: "nobody, without sign-in",
  inherit: "as its folder or collection says",
  login: "a user and password of the request",
  token: "a bearer token of the request",
  api_key: "an API key of the request",
  digest: "a user and password of the request, with Digest",
  client_credentials: "a token by client credentials of the request",
  other: "a kind of sign-in Sluice cannot do",
};

function identity(draft: Draft, tenant: Tenant): string {
  const { authorization } = draft.request;
  const spelled = FROM_FILE[authorization.kind];
  if (spelled) return spelled;
  if (!("key" in authorization)) return "";
  const key = authorization.key ?? usualKey(tenant)?.name;
  return key ? `key ${key}, ${WITH[authorization.kind]}` : "no key yet";
}

/** The path alone on the tenant's own hosts, else the whole address: another host must not hide behind a known path. */
export function placeOf(url: string, tenant: Tenant): string {
  const own = [tenant.runtime_url, tenant.api_url, ...tenant.keys.map((key) => key.host_url)];
  const origin = originOf(url);
  return origin === null || own.some((host) => host !== null && originOf(host) === origin) ? pathOf(url) : url;
}

/** Asks before a writing call reaches production; Cancel has the focus. */
export function ProductionGuard() {
  const id = useStore(guard, (state) => state.asking);
  const draft = useDraft(id);
  const tenant = useTenant(useStore(guard, (state) => state.tenant));
  return draft && tenant ? <Question draft={draft} tenant={tenant} /> : null;
}

function Question({ draft, tenant }: { draft: Draft; tenant: Tenant }) {
  const [dontAsk, setDontAsk] = useState(true);
  const resolved = useResolved(draft);
  const signsIn = useTenant(resolved?.tenant ?? draft.tenant) ?? tenant;
  const { method, url, body } = draft.request;
  return (
    <Ask
      prod
      title={`Send this ${method} to production?`}
      text="It can create or change data in a live system. Sluice sends it exactly once and never repeats it by itself."
      tile={
        <span className="tile l prod">
          <Icon of={ShieldAlert} size={24} />
        </span>
      }
      hint={
        <>
          <kbd>Enter</kbd> cancels; choose Send on purpose
        </>
      }
      onClose={() => guard.set({ asking: null })}
      action={
        <Button variant="danger" icon={Send} onClick={() => confirmSend(draft.id, dontAsk)} data-testid="guard-send">
          Send to {tenant.name}
        </Button>
      }
    >
      <dl className="facts guard-facts">
        <dt>Tenant</dt>
        <dd className="row">
          <b>{tenant.name}</b>
          <StageTag stage={tenant.stage} />
          <span className="dim">{tenant.group}</span>
        </dd>
        <dt>Call</dt>
        <dd>
          <MethodName method={method} /> <span className="mono-s">{placeOf(resolved?.url ?? url, tenant)}</span>
        </dd>
        <dt>Body</dt>
        <dd>{bodyWords(body)}</dd>
        <dt>As</dt>
        <dd>{identity(draft, signsIn)}</dd>
      </dl>
      <Checkbox
        label={`Don't ask again for ${tenant.name} until Sluice closes`}
        checked={dontAsk}
        onChange={setDontAsk}
      />
    </Ask>
  );
}
