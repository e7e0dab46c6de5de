import { Check, CircleX, Download, Info, Minus, ScanSearch, TriangleAlert, X, type LucideIcon } from "lucide-react";
import { useRef, type KeyboardEvent } from "react";
import type { Connectivity } from "../bindings/Connectivity";
import type { ConnectivityFinding } from "../bindings/ConnectivityFinding";
import type { HostFacts } from "../bindings/HostFacts";
import type { Severity } from "../bindings/Severity";
import { Button } from "../components/Button";
import { Dialog } from "../components/Dialog";
import { Field } from "../components/Field";
import { Icon } from "../components/Icon";
import { Spinner } from "../components/Spinner";
import { useAttempt } from "../failure/attempt";
import { FailureNote } from "../failure/FailureNote";
import { Chain } from "../service_key/Chain";
import { useStore } from "../store";
import { closeInspection, inspect, inspection, saveCertificates } from "./state";
import { demandWords, rootWords, stepsOf, type Step } from "./words";

const SEVERITIES: Record<Severity, { icon: LucideIcon; tone: string }> = {
  bad: { icon: CircleX, tone: "bad" },
  warning: { icon: TriangleAlert, tone: "warn" },
  info: { icon: Info, tone: "info" },
};

function StepRow({ step: { name, text, worked } }: { step: Step }) {
  const icon = worked === null ? Minus : worked ? Check : X;
  return (
    <li className="inspect-line">
      <Icon of={icon} size={16} className={worked === null ? "dim" : worked ? "ok" : "bad"} />
      <b className="inspect-name">{name}</b>
      <span>{text}</span>
    </li>
  );
}

function Finding({ finding }: { finding: ConnectivityFinding }) {
  const { icon, tone } = SEVERITIES[finding.severity];
  return (
    <li className="inspect-line">
      <Icon of={icon} size={16} className={tone} />
      <div>
        <b>{finding.title}</b>
        <div>{finding.evidence}</div>
        <div className="dim">{finding.next_step}</div>
      </div>
    </li>
  );
}

function Tls({ tls }: { tls: HostFacts }) {
  const [failure, attempt] = useAttempt();
  const { chain, client_certificate, versions } = tls;
  return (
    <>
      <dl className="facts">
        <dt>Versions</dt>
        <dd>
          {versions
            .map(({ version, offered }) => `${version} ${offered === null ? "not known" : offered ? "yes" : "no"}`)
            .join(" · ")}
        </dd>
        <dt>Client certificate</dt>
        <dd>
          {client_certificate ? demandWords(client_certificate) : "not known"}
          {client_certificate?.issuers.map((issuer) => (
            <div key={issuer} className="dim small">
              {issuer}
            </div>
          ))}
        </dd>
        {chain ? (
          <>
            <dt>Stands for</dt>
            <dd>
              {chain.names.join(", ")}
              {chain.host_matches ? "" : ", not for this host"}
            </dd>
            <dt>Root</dt>
            <dd>{chain.root ? `${chain.root.certificate.name}, ${rootWords(chain.root.origin)}` : "not found"}</dd>
          </>
        ) : null}
      </dl>
      {chain ? (
        <>
          <Chain
            chain={{ certificates: chain.certificates, complete: chain.complete }}
            title="Chain as the server sends it"
            client={false}
          />
          <div className="row">
            <Button icon={Download} disabled={!chain.root} onClick={() => void attempt(() => saveCertificates("root"))}>
              Save the root certificate
            </Button>
            <Button icon={Download} onClick={() => void attempt(() => saveCertificates("chain"))}>
              Save the whole chain
            </Button>
          </div>
        </>
      ) : null}
      {failure ? <FailureNote failure={failure} /> : null}
    </>
  );
}

function Found({ found }: { found: Connectivity }) {
  return (
    <div className="inspect-found" data-testid="inspect-found">
      {found.failure ? <FailureNote failure={found.failure} /> : null}
      <ol aria-label="Steps">
        {stepsOf(found).map((step) => (
          <StepRow key={`${step.name} ${step.text}`} step={step} />
        ))}
      </ol>
      <ul aria-label="Findings">
        {found.findings.map((finding) => (
          <Finding key={`${finding.rule} ${finding.evidence}`} finding={finding} />
        ))}
      </ul>
      {found.tls ? <Tls tls={found.tls} /> : null}
    </div>
  );
}

/** How far a host can be reached, what its TLS looks like, and its certificates for a keystore. */
export function InspectDialog() {
  const { open, target, id, found, failure } = useStore(inspection, (state) => state);
  const field = useRef<HTMLInputElement>(null);
  if (!open) return null;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) void inspect();
  };
  return (
    <Dialog
      title="Inspect a server"
      wide
      onClose={closeInspection}
      onSubmit={() => void inspect()}
      focus={field}
      testId="inspect"
      footer={
        <>
          <span className="grow" />
          <Button onClick={closeInspection}>Close</Button>
        </>
      }
    >
      <div className="dialog-body form">
        <div className="row">
          <Field
            ref={field}
            className="grow"
            label="Host"
            hideLabel
            mono
            placeholder="host, host:port or a whole address"
            value={target}
            onChange={(event) => inspection.set({ target: event.target.value })}
            onKeyDown={onKeyDown}
            data-testid="inspect-target"
          />
          <Button variant="primary" icon={ScanSearch} disabled={target.trim() === ""} onClick={() => void inspect()}>
            Test
          </Button>
        </div>
        <p className="dim small">No credentials are sent; the host sees a TLS greeting and one HEAD.</p>
        {id ? (
          <p className="row" role="status">
            <Spinner timed /> Testing {target}
          </p>
        ) : null}
        {failure ? <FailureNote failure={failure} /> : null}
        {found ? <Found found={found} /> : null}
      </div>
    </Dialog>
  );
}
