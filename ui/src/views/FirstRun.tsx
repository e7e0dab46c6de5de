import {
  FileInput,
  FlaskConical,
  FolderOpen,
  KeyRound,
  LockKeyhole,
  Package,
  Play,
  Send,
  Stethoscope,
  Timer,
  TriangleAlert,
  WandSparkles,
} from "lucide-react";
import { useState } from "react";
import { failureOf } from "../backend";
import type { Error as Failure } from "../bindings/Error";
import { openCollection, openDialog } from "../collection/dialogs";
import { treeFailure } from "../collection/state";
import { Button } from "../components/Button";
import { Icon } from "../components/Icon";
import { Tag } from "../components/Tag";
import { FailureNote } from "../failure/FailureNote";
import { startSandbox } from "../sandbox/ready";
import { openServiceInstance } from "../service_instance/state";
import { DropHint } from "../service_key/DropHint";
import { useSecretStore } from "../settings/state";
import { useStore } from "../store";

function SecretsLine() {
  const store = useSecretStore();
  if (store && store.state !== "ready") {
    return (
      <p className="secrets warn" data-testid="secrets-line">
        <Icon of={TriangleAlert} />
        {store.state === "locked" ? "The keyring is locked." : "No keyring on this computer."} {store.hint} You can also
        hold secrets for this run only when you save a key.
      </p>
    );
  }
  return (
    <p className="secrets" data-testid="secrets-line">
      <Icon of={LockKeyhole} className="ok" />
      Secrets go to this computer&apos;s keyring and nowhere else. Sluice sends nothing but your calls.
    </p>
  );
}

function HaveRequests() {
  const failure = useStore(treeFailure, (state) => state.failure);
  return (
    <section className="have" aria-labelledby="first-have">
      <h2 id="first-have">
        Already have requests? <span className="second">Open or import them now; add the key when you first send.</span>
      </h2>
      <div className="have-ways">
        <button type="button" className="card" onClick={() => void openCollection()} data-testid="first-run-open">
          <Icon of={FolderOpen} />
          <span className="grow">
            <b>Open a collection folder</b>
            <span className="dim small">Sluice, Bruno or OpenCollection</span>
          </span>
          <kbd aria-hidden="true">Ctrl O</kbd>
        </button>
        <button type="button" className="card" onClick={() => openDialog({ kind: "import" })}>
          <Icon of={FileInput} />
          <span className="grow">
            <b>Import from another tool</b>
            <span className="dim small">Postman, Bruno and others</span>
          </span>
        </button>
        <button type="button" className="card" onClick={() => openDialog({ kind: "create" })}>
          <Icon of={Package} />
          <span className="grow">
            <b>New collection</b>
            <span className="dim small">A folder of requests on this computer</span>
          </span>
        </button>
      </div>
      {failure ? <FailureNote failure={failure} /> : null}
    </section>
  );
}

/** Two choices of equal size while there is neither a tenant nor a request. */
export function FirstRun({ onTenant }: { onTenant(): void }) {
  const [starting, setStarting] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const start = async () => {
    setStarting(true);
    setFailure(null);
    try {
      await startSandbox();
      onTenant();
    } catch (thrown) {
      setFailure(failureOf(thrown));
      setStarting(false);
    }
  };
  return (
    <div className="first-run">
      <div className="first-run-inner">
        <h1>Call your first integration flow</h1>
        <p className="lead">Paste a key, see that it works, send. No certificate conversion, no token copying.</p>
        <div className="two">
          <section className="card" aria-labelledby="first-paste">
            <div className="first-head">
              <span className="tile l">
                <Icon of={KeyRound} size={24} />
              </span>
              <div>
                <h2 id="first-paste">Paste a service key</h2>
                <p className="second">
                  For a tenant you already have. Copy the key in the BTP cockpit under{" "}
                  <b>Instances and Subscriptions</b> and paste it as it is.
                </p>
              </div>
            </div>
            <DropHint anywhere testIds={{ paste: "first-run-paste", file: "first-run-file" }} />
            <p className="dim small">
              No key yet?{" "}
              <Button variant="link" onClick={openServiceInstance} data-testid="first-run-no-key">
                Write the parameters to create one
              </Button>
            </p>
            <p className="first-note">
              <Icon of={WandSparkles} />
              <span>
                Secret, certificate and external-certificate keys, plan <span className="mono-s">integration-flow</span>{" "}
                or <span className="mono-s">api</span>. Stray <span className="mono-s">\n</span>, quotes and log lines
                are repaired.
              </span>
            </p>
          </section>
          <section className="card" aria-labelledby="first-sandbox">
            <div className="first-head">
              <span className="tile l dev">
                <Icon of={FlaskConical} size={24} />
              </span>
              <div>
                <h2 id="first-sandbox">Explore the sandbox tenant</h2>
                <p className="second">A tenant on this computer: token server and flows. No account, no internet.</p>
              </div>
            </div>
            <ul className="tour">
              <li>
                <Icon of={Send} />
                <span className="grow">Send an order and read the answer</span>
                <Tag tone="ok">201</Tag>
              </li>
              <li>
                <Icon of={Stethoscope} />
                <span className="grow">Meet a CSRF refusal and see it solved</span>
                <Tag tone="warn">403</Tag>
              </li>
              <li>
                <Icon of={Timer} />
                <span className="grow">See where the time of a call goes</span>
                <Tag tone="info">ms</Tag>
              </li>
            </ul>
            <div className="row">
              <Button
                icon={Play}
                busy={starting}
                disabled={starting}
                onClick={() => void start()}
                data-testid="first-run-sandbox"
              >
                {starting ? "Starting" : "Start the sandbox"}
              </Button>
              <span className="dim small">About a second. Remove it any time.</span>
            </div>
            {failure ? <FailureNote failure={failure} /> : null}
          </section>
        </div>
        <HaveRequests />
        <SecretsLine />
      </div>
    </div>
  );
}
