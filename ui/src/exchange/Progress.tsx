import { Check, Square } from "lucide-react";
import type { Progress } from "../bindings/Progress";
import { Button } from "../components/Button";
import { Icon } from "../components/Icon";
import { Spinner, useElapsed } from "../components/Spinner";
import { bytes } from "../format/size";
import { elapsed } from "../format/time";
import { ArrivingBody, useArriving } from "./body/ArrivingBody";
import { purposeName } from "./facts";
import type { Sending } from "./state";

function amount(done: number, of: number | null): string {
  return of === null ? bytes(done) : `${bytes(done)} of ${bytes(of)}`;
}

export interface StepWords {
  text: string;
  note: string;
}

/** A report in words: what is going on and how far it is. */
export function stepWords(step: Progress, now: boolean): StepWords {
  switch (step.stage) {
    case "calling":
      return { text: `${step.number}. ${purposeName(step.purpose)}`, note: now ? "connecting" : "" };
    case "sending":
      return { text: now ? "Sending the body" : "Request sent", note: amount(step.sent, step.of) };
    case "waiting":
      return { text: now ? "Flow is running" : "Answer begun", note: "" };
    case "receiving":
      return {
        text: now ? "Receiving the answer" : "Answer received",
        note: `${step.status}, ${amount(step.received, step.of)}`,
      };
  }
}

const TITLES: Record<Progress["stage"], string> = {
  calling: "Connecting",
  sending: "Sending the body",
  waiting: "Waiting for the flow",
  receiving: "Receiving the answer",
};

function Bar({ step }: { step: Progress | undefined }) {
  const known =
    step?.stage === "sending" ? [step.sent, step.of] : step?.stage === "receiving" ? [step.received, step.of] : null;
  const done = known?.[0] ?? 0;
  const of = known?.[1] ?? null;
  if (of === null || of === 0) {
    return (
      <div className="bar moving" role="progressbar" aria-label="Waiting">
        <i />
      </div>
    );
  }
  const share = Math.min(100, (done / of) * 100);
  return (
    <div
      className="bar"
      role="progressbar"
      aria-label="Bytes"
      aria-valuenow={Math.round(share)}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <i style={{ width: `${share}%`, background: "var(--info-el)" }} />
    </div>
  );
}

interface SendingProps {
  sending: Sending;
  onCancel(): void;
}

/** Whether bytes of the user's answer are there. */
function isArriving({ steps }: Sending): boolean {
  const call = steps.findLast((step) => step.stage === "calling");
  const last = steps.at(-1);
  const ours = call !== undefined && call.purpose !== "token" && call.purpose !== "csrf";
  return ours && last?.stage === "receiving" && last.received > 0;
}

/** The answer as far as it is there. */
function ArrivingView({ sending, onCancel }: SendingProps) {
  const { body, facts } = useArriving(sending.id);
  const last = sending.steps.at(-1);
  if (!facts || !last) return <StepsView sending={sending} onCancel={onCancel} />;
  const words = stepWords(last, true);
  return (
    <div className="arriving" data-testid="arriving">
      <div className="arriving-head row">
        <Spinner timed className="info" />
        <span>{words.text}</span>
        <span className="dim grow">{words.note}</span>
        <Button size="s" icon={Square} keys="Esc" onClick={onCancel}>
          Cancel
        </Button>
      </div>
      <ArrivingBody body={body} first={facts} />
    </div>
  );
}

/** What is going on while a request is sent, and its answer as soon as there is something of it. */
export function SendingView(props: SendingProps) {
  return isArriving(props.sending) ? <ArrivingView {...props} /> : <StepsView {...props} />;
}

function StepsView({ sending, onCancel }: SendingProps) {
  const spent = useElapsed(sending.startedAt);
  const last = sending.steps.at(-1);
  return (
    <div className="sending" data-testid="sending">
      <div className="row">
        <Spinner size={20} timed />
        <h2 className="grow">{last ? TITLES[last.stage] : "Preparing"}</h2>
        <span className="sending-time">{elapsed(spent)}</span>
      </div>
      <Bar step={last} />
      <ol>
        {sending.steps.map((step, place) => {
          const now = step === last;
          const words = stepWords(step, now);
          return (
            // oxlint-disable-next-line react/no-array-index-key
            <li key={place} className="row">
              {now ? <Spinner timed className="info" /> : <Icon of={Check} className="ok" />}
              <span className="grow">{words.text}</span>
              <span className="dim">{words.note}</span>
            </li>
          );
        })}
      </ol>
      <div className="row">
        <Button icon={Square} keys="Esc" onClick={onCancel}>
          Cancel
        </Button>
        <span className="dim small">Cancel stops the waiting. The flow may still finish on the tenant.</span>
      </div>
    </div>
  );
}
