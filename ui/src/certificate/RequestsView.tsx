import {
  BadgeCheck,
  CalendarClock,
  CircleX,
  FileInput,
  FilePlus,
  Hourglass,
  Link2Off,
  type LucideIcon,
} from "lucide-react";
import type { CertificateRequest } from "../bindings/CertificateRequest";
import { Button } from "../components/Button";
import { Callout } from "../components/Callout";
import { EmptyState } from "../components/EmptyState";
import { Icon } from "../components/Icon";
import { Skeleton } from "../components/Skeleton";
import { FailureNote } from "../failure/FailureNote";
import { day } from "../format/time";
import { useStore } from "../store";
import {
  certificateRequests,
  forgetAnswer,
  newCertificateRequest,
  selectRequest,
  takeInAnswer,
  type Answer,
} from "./requests";
import { RequestPanel } from "./RequestPanel";
import { privateKeyWords, stateOf, STATE_WORDS, type RequestState } from "./request_words";
import { kindWords } from "./subject";

const MARKS: Record<RequestState, { icon: LucideIcon; tone: string }> = {
  waiting: { icon: Hourglass, tone: "second" },
  open: { icon: Link2Off, tone: "warn" },
  signed: { icon: BadgeCheck, tone: "ok" },
  soon: { icon: CalendarClock, tone: "warn" },
  ended: { icon: CircleX, tone: "bad" },
  lost: { icon: CircleX, tone: "bad" },
};

function Row({ request, selected }: { request: CertificateRequest; selected: boolean }) {
  const state = stateOf(request);
  const { icon, tone } = MARKS[state];
  const leaf = request.chain?.certificates[0];
  return (
    <li>
      <button
        type="button"
        className="certificate-row request-row"
        aria-current={selected}
        onClick={() => selectRequest(request.name)}
        data-testid="request-row"
      >
        <Icon of={icon} className={tone} />
        <span className="certificate-name">
          <b className="cut">{request.name}</b>
          <span className="dim small cut">{request.subject}</span>
        </span>
        <span className="request-key">
          <span className="cut">{kindWords(request.kind)}</span>
          <span className="dim small cut">{privateKeyWords(request)}</span>
        </span>
        <span>{day(request.created_at)}</span>
        <span className="certificate-left">
          <b className={tone === "second" ? "" : tone}>{STATE_WORDS[state]}</b>
          <span className="dim small">{leaf ? `until ${day(leaf.not_after)}` : ""}</span>
        </span>
      </button>
    </li>
  );
}

function Heads() {
  return (
    <div className="certificate-axis request-row dim small" aria-hidden="true">
      <span />
      <span>Request and subject</span>
      <span>Key pair</span>
      <span>Made</span>
      <span className="certificate-left">State</span>
    </div>
  );
}

/** What came of the files that were chosen. */
function Taken({ answer, list }: { answer: Answer; list: ReadonlyArray<CertificateRequest> }) {
  const close = (
    <Button size="s" onClick={forgetAnswer}>
      Close
    </Button>
  );
  if (answer.state === "none") return null;
  if (answer.state === "refused") return <FailureNote failure={answer.failure} actions={close} />;
  const chain = list.find(({ name }) => name === answer.name)?.chain;
  if (!chain) return null;
  return (
    <Callout
      tone={chain.complete ? "ok" : "warn"}
      title={`${answer.name} is signed; its private key fits`}
      actions={close}
      testId="answer-taken"
    >
      <p>
        {chain.complete
          ? "The chain is whole, up to its root."
          : "The chain does not reach its root: take in the files of the missing issuers, too."}
      </p>
    </Callout>
  );
}

/** The two steps of the page: asking, and taking in what came back. */
export function RequestActions() {
  return (
    <>
      <Button icon={FileInput} onClick={() => void takeInAnswer()} data-testid="request-answer">
        Take in an answer…
      </Button>
      <Button variant="primary" icon={FilePlus} onClick={newCertificateRequest} data-testid="request-new">
        New request
      </Button>
    </>
  );
}

/** The certificates that were asked for, and what came back. */
export function RequestsView() {
  const { list, failure, selected, answer } = useStore(certificateRequests, (state) => state);
  if (failure || !list) {
    return (
      <div className="pane-form">
        {failure ? <FailureNote failure={failure} /> : <Skeleton label="Reading the requests" lines={4} />}
      </div>
    );
  }
  const current = list.find(({ name }) => name === selected) ?? list[0];
  return (
    <div className="certificate-split">
      <div className="certificate-list">
        <div className="request-answer" aria-live="polite">
          <Taken answer={answer} list={list} />
        </div>
        {current ? (
          <>
            <Heads />
            <ul aria-label="Certificate requests">
              {list.map((one) => (
                <Row key={one.name} request={one} selected={one === current} />
              ))}
            </ul>
          </>
        ) : (
          <EmptyState
            icon={FilePlus}
            title="No certificate was asked for yet"
            text="For a service key with an external certificate you bring your own. Sluice makes the key pair, keeps the private key in the keyring, and finds it again when the authority has answered."
          >
            <Button variant="primary" icon={FilePlus} onClick={newCertificateRequest}>
              New certificate request
            </Button>
          </EmptyState>
        )}
      </div>
      {current ? <RequestPanel request={current} /> : null}
    </div>
  );
}
