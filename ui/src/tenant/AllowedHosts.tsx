import { X } from "lucide-react";
import { failureOf } from "../backend";
import type { Tenant } from "../bindings/Tenant";
import { IconButton } from "../components/IconButton";
import { toast } from "../components/Toast";
import { forbidHost } from "./state";

/** Hosts beside the tenant's own that may have its credentials, each with the way back. */
export function AllowedHosts({ tenant }: { tenant: Tenant }) {
  if (tenant.allowed_hosts.length === 0) return null;
  const forbid = (origin: string) =>
    forbidHost(tenant.name, origin).catch((thrown: unknown) => toast(failureOf(thrown).message));
  return (
    <section className="card" aria-label="Other hosts">
      <div className="strong">Other hosts that get its credentials</div>
      <p className="dim small">You allowed them when a request was about to go there.</p>
      {tenant.allowed_hosts.map((origin) => (
        <div key={origin} className="row" data-testid="allowed-host">
          <span className="mono-s grow cut">{origin}</span>
          <IconButton label={`Allow ${origin} no longer`} icon={X} onClick={() => void forbid(origin)} />
        </div>
      ))}
    </section>
  );
}
