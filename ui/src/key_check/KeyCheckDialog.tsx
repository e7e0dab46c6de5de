import { Copy, RefreshCw } from "lucide-react";
import { useRef, useState } from "react";
import { backend } from "../backend";
import { Button } from "../components/Button";
import { Dialog } from "../components/Dialog";
import { toast } from "../components/Toast";
import { useAttempt } from "../failure/attempt";
import { FailureNote } from "../failure/FailureNote";
import { moment } from "../format/time";
import { useStore } from "../store";
import { KeyCheckRow } from "./KeyCheckRow";
import { reportOf } from "./report";
import { checkKeys, closeChecks, keyChecks, nameOf, stopChecks, type Checked, type Wanted } from "./state";
import { progressOf, summaryOf } from "./words";

function titleOf({ tenant, key }: Wanted): string {
  if (tenant === undefined) return "Check the keys of all tenants";
  return key === undefined ? `Check the keys of ${tenant}` : `Check the key ${key} of ${tenant}`;
}

interface ProgressProps {
  list: ReadonlyArray<Checked>;
  running: boolean;
  stopped: boolean;
}

function Progress({ list, running, stopped }: ProgressProps) {
  const done = list.filter(({ state }) => state === "checked" || state === "failed").length;
  const underWay = list.filter(({ state }) => state === "checking").length;
  const text = stopped ? `Cancelled, ${underWay} still under way` : progressOf(list);
  return (
    <div className="key-check-progress">
      {running ? (
        <div
          className="key-check-bar"
          role="progressbar"
          aria-label="Keys checked"
          aria-valuemin={0}
          aria-valuemax={list.length}
          aria-valuenow={done}
        >
          <i style={{ width: `${(done / list.length) * 100}%` }} />
        </div>
      ) : null}
      <p role="status" className="dim" data-testid="key-check-progress">
        {running ? text : summaryOf(list)}
      </p>
    </div>
  );
}

/** A traffic light for each key, and what it was found by. */
export function KeyCheckDialog() {
  const { open, wanted, list, running, stopped } = useStore(keyChecks, (state) => state);
  const [failure, attempt] = useAttempt();
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  const close = useRef<HTMLButtonElement>(null);
  if (!open) return null;
  const isAlone = list.length === 1;
  const toggle = (name: string) => {
    const next = new Set(shown);
    if (!next.delete(name)) next.add(name);
    setShown(next);
  };
  const copy = async () => {
    const text = reportOf(list, moment(new Date().toISOString()));
    if (await attempt(() => backend().clipboardCopy(text))) toast("Report copied");
  };
  const leave = () => {
    setShown(new Set());
    closeChecks();
  };
  return (
    <Dialog
      title={titleOf(wanted)}
      wide={!isAlone}
      onClose={leave}
      focus={close}
      testId="key-check"
      footer={
        <>
          <Button icon={Copy} disabled={running || list.length === 0} onClick={() => void copy()}>
            Copy report
          </Button>
          <span className="grow" />
          {running ? (
            <Button disabled={stopped} onClick={stopChecks}>
              Cancel
            </Button>
          ) : (
            <Button icon={RefreshCw} disabled={list.length === 0} onClick={() => void checkKeys(wanted)}>
              Check again
            </Button>
          )}
          <Button ref={close} variant="primary" onClick={leave}>
            Close
          </Button>
        </>
      }
    >
      <div className="dialog-body">
        <div className="form">
          {failure ? <FailureNote failure={failure} /> : null}
          {list.length === 0 ? (
            <p className="dim">There is no key to check. Add a service key to a tenant first.</p>
          ) : (
            <>
              <Progress list={list} running={running} stopped={stopped} />
              <ul className="key-checks" aria-label="Keys">
                {list.map((one) => (
                  <KeyCheckRow
                    key={nameOf(one)}
                    one={one}
                    open={shown.has(nameOf(one)) !== isAlone}
                    onToggle={() => toggle(nameOf(one))}
                  />
                ))}
              </ul>
            </>
          )}
        </div>
      </div>
    </Dialog>
  );
}
