import { ShieldAlert } from "lucide-react";
import type { Stage } from "../bindings/Stage";
import type { Tenant } from "../bindings/Tenant";
import { Icon } from "../components/Icon";
import { Tooltip } from "../components/Tooltip";
import { tenantLight, type LightState } from "./health";

export function StageTag({ stage }: { stage: Stage }) {
  return <span className={`stage ${stage}`}>{stage.toUpperCase()}</span>;
}

const WORDS: Record<LightState, string> = {
  works: "works",
  soon: "a certificate ends soon",
  warned: "a key needs attention",
  refused: "a key does not work",
  unknown: "not checked yet",
};

export function Light({ state, label }: { state: LightState; label?: string }) {
  return (
    <Tooltip text={label ?? WORDS[state]}>
      <span className={`light ${state}`} role="img" aria-label={label ?? WORDS[state]} />
    </Tooltip>
  );
}

/** A light, or for production a shield. */
export function TenantMark({ tenant }: { tenant: Tenant }) {
  if (tenant.stage !== "prod") return <Light state={tenantLight(tenant)} />;
  return (
    <Tooltip text={`Production: ${WORDS[tenantLight(tenant)]}`}>
      <span className="bad shield" role="img" aria-label={`production, ${WORDS[tenantLight(tenant)]}`}>
        <Icon of={ShieldAlert} size={14} />
      </span>
    </Tooltip>
  );
}
