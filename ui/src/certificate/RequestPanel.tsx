import { Copy, Download, FileInput, FileLock2, KeyRound, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import type { CertificateRequest } from "../bindings/CertificateRequest";
import { Button } from "../components/Button";
import { Callout } from "../components/Callout";
import { useAttempt } from "../failure/attempt";
import { FailureNote } from "../failure/FailureNote";
import { day } from "../format/time";
import { Chain } from "../service_key/Chain";
import { openImport } from "../service_key/import_state";
import { copyPem, openRequestDialog, saveRequestPart, takeInAnswer } from "./requests";
import { privateKeyWords } from "./request_words";
import { kindWords } from "./subject";

interface PanelProps {
  request: CertificateRequest;
}

interface PemProps extends PanelProps {
  part: "request" | "certificate";
}

/** Copies or saves one of the two texts; what else there is to do stands beside. */
function PemActions({ request, part, children }: PemProps & { children?: ReactNode }) {
  const [failure, attempt] = useAttempt();
  const pem = part === "request" ? request.request_pem : (request.certificate_pem ?? "");
  const noun = part === "request" ? "request" : "certificate";
  const said = part === "request" ? "Request copied" : "Certificate copied, as the cockpit wants it";
  return (
    <>
      <div className="row wrap">
        <Button icon={Copy} onClick={() => void attempt(() => copyPem(pem, said))} data-testid={`${part}-copy`}>
          Copy {noun}
        </Button>
        <Button
          icon={Download}
          onClick={() => void attempt(() => saveRequestPart(request.name, part))}
          data-testid={`${part}-save`}
        >
          Save…
        </Button>
        {children}
      </div>
      {failure ? <FailureNote failure={failure} /> : null}
    </>
  );
}

function Pem({ text, part }: { text: string; part: PemProps["part"] }) {
  return (
    <pre className="well" tabIndex={0} role="group" aria-label={`The ${part} as PEM`} data-testid={`${part}-pem`}>
      {text}
    </pre>
  );
}

function Waiting({ request }: PanelProps) {
  return (
    <>
      <section className="request-part" aria-label="Certificate request">
        <h3 className="h3">Certificate request</h3>
        <Pem text={request.request_pem} part="request" />
        <PemActions request={request} part="request" />
      </section>
      <section aria-label="What comes next">
        <h3 className="h3">What comes next</h3>
        <ol className="certificate-steps">
          <li>Give this request to your certificate authority; ask for clientAuth.</li>
          <li>Take in what it sends back, with all issuers: choose the files, or drop them on the window.</li>
          <li>Give the certificate to the service key in the cockpit.</li>
        </ol>
      </section>
      <div>
        <Button icon={FileInput} onClick={() => void takeInAnswer()}>
          Take in the answer…
        </Button>
      </div>
    </>
  );
}

function Signed({ request }: PanelProps) {
  const { chain, usable, name } = request;
  if (!chain) return null;
  return (
    <>
      <section className="request-part" aria-label="Use the certificate">
        <PemActions request={request} part="certificate">
          <Button
            icon={FileLock2}
            disabled={!usable}
            onClick={() => openRequestDialog({ kind: "export", name })}
            data-testid="request-export"
          >
            Export PKCS#12…
          </Button>
        </PemActions>
        <p className="dim small">
          In the cockpit, a service key of the type External Certificate takes this certificate alone. Add that key here
          afterwards: its private key is found by itself.
        </p>
        <Button variant="link" icon={KeyRound} onClick={() => openImport()}>
          Add the service key
        </Button>
      </section>
      {chain.complete ? null : (
        <Callout tone="warn" title="Issuers are missing">
          <p>SAP gets the whole chain from you. Take in the files of the missing issuers, too; they may come alone.</p>
        </Callout>
      )}
      <Chain chain={chain} keyFits={usable ? true : null} />
      <details>
        <summary>Certificate as PEM</summary>
        <Pem text={request.certificate_pem ?? ""} part="certificate" />
      </details>
      <details>
        <summary>Certificate request</summary>
        <Pem text={request.request_pem} part="request" />
      </details>
    </>
  );
}

/** Everything about one request, and the next step with it. */
export function RequestPanel({ request }: PanelProps) {
  return (
    <aside className="certificate-panel" aria-label="Certificate request facts">
      <section>
        <h2>{request.name}</h2>
        <dl className="facts">
          <dt>Subject</dt>
          <dd>{request.subject}</dd>
          <dt>Key pair</dt>
          <dd>
            {kindWords(request.kind)}, made {day(request.created_at)}
          </dd>
          <dt>Private key</dt>
          <dd className={request.usable ? "" : "bad"}>{privateKeyWords(request)}</dd>
        </dl>
      </section>
      {request.usable ? null : (
        <Callout tone="bad" title="The private key is lost">
          <p>No certificate for this request can be used. Remove it and make a new one.</p>
        </Callout>
      )}
      {request.chain ? (
        <Signed key={request.name} request={request} />
      ) : request.usable ? (
        <Waiting key={request.name} request={request} />
      ) : null}
      <div>
        <Button
          variant="plain"
          icon={Trash2}
          onClick={() => openRequestDialog({ kind: "remove", name: request.name })}
          data-testid="request-remove"
        >
          Remove request…
        </Button>
      </div>
    </aside>
  );
}
