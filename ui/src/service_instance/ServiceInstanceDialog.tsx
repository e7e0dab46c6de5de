import { Braces, KeyRound, RotateCcw } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "../components/Button";
import { Dialog } from "../components/Dialog";
import { openImport } from "../service_key/import_state";
import { useStore } from "../store";
import { useFindings } from "./Findings";
import { InstanceFields } from "./InstanceFields";
import { KeptMembers } from "./KeptMembers";
import { KeyFields } from "./KeyFields";
import { ReadJson } from "./ReadJson";
import { closeServiceInstance, serviceInstance, startAnew, type Form } from "./state";
import { Written } from "./Written";

const WHAT: Record<Form, string> = { instance: "service instance", key: "service key" };

function Problems() {
  const bad = useFindings().filter(({ severity }) => severity === "bad").length;
  return (
    <span role="status" className={bad > 0 ? "bad small" : "dim small"} data-testid="parameter-problems">
      {bad === 0
        ? "Nothing is created here; you create both in the cockpit."
        : bad === 1
          ? "1 problem"
          : `${bad} problems`}
    </span>
  );
}

/** What to create in the cockpit so that a key can be pasted: a form, and beside it what it comes to. */
export function ServiceInstanceDialog() {
  const open = useStore(serviceInstance, (state) => state.open);
  const [reading, setReading] = useState(false);
  const [read, setRead] = useState<Form | null>(null);
  const start = useRef<HTMLButtonElement>(null);
  if (!open) return null;
  const close = () => {
    setReading(false);
    setRead(null);
    closeServiceInstance();
  };
  const begin = () => {
    setRead(null);
    startAnew();
  };
  const addKey = () => {
    close();
    openImport();
  };
  return (
    <Dialog
      title="Service instance and key parameters"
      wide
      onClose={close}
      focus={start}
      testId="service-instance"
      footer={
        <>
          <Button icon={RotateCcw} onClick={begin}>
            Start anew
          </Button>
          <span className="grow">
            <Problems />
          </span>
          <Button icon={KeyRound} onClick={addKey}>
            Add the created key
          </Button>
          <Button variant="primary" onClick={close}>
            Close
          </Button>
        </>
      }
    >
      <div className="parameters">
        <div className="parameters-left">
          {reading ? (
            <ReadJson
              onRead={(of) => {
                setRead(of);
                setReading(false);
              }}
              onClose={() => setReading(false)}
            />
          ) : (
            <div className="row">
              <p className="dim grow" role="status">
                {read
                  ? `Filled from the JSON of a ${WHAT[read]}.`
                  : "What a service key is created with in the BTP cockpit."}
              </p>
              <Button ref={start} icon={Braces} onClick={() => setReading(true)}>
                Read JSON…
              </Button>
            </div>
          )}
          <InstanceFields />
          <KeyFields />
          <KeptMembers />
        </div>
        <div className="parameters-right" aria-label="Written out" role="region">
          <Written />
        </div>
      </div>
    </Dialog>
  );
}
