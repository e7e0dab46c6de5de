import { PanelRight, Send } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import type { Code } from "../bindings/Code";
import type { Draft } from "../bindings/Draft";
import type { Error as Failure } from "../bindings/Error";
import type { Exchange } from "../bindings/Exchange";
import type { Tone } from "../components/Callout";
import { EmptyState } from "../components/EmptyState";
import { IconButton } from "../components/IconButton";
import { useElapsed } from "../components/Spinner";
import { Tabs } from "../components/Tabs";
import { Tag } from "../components/Tag";
import { DiagnosisPanel } from "../diagnosis/DiagnosisPanel";
import { actionsFor } from "../diagnosis/steps";
import { FailureNote, FailureText } from "../failure/FailureNote";
import { bytes } from "../format/size";
import { duration, elapsed } from "../format/time";
import { arrange, layout } from "../layout";
import { ForeignHostActions } from "../request/ForeignHost";
import { useStore } from "../store";
import { BodyTab } from "./body/BodyTab";
import { CookiesTab } from "./cookies/CookiesTab";
import { cookiesSet } from "./cookies/set_cookie";
import { answerCall, statusTone } from "./facts";
import { FactsPanel } from "./FactsPanel";
import { HeadersTab } from "./HeadersTab";
import { SendingView } from "./Progress";
import { cancelSending, showTab, useAnswer, type AnswerTab, type Sending } from "./state";
import { Timeline } from "./Timeline";
import { TlsTab } from "./TlsTab";
import { TokenTab } from "./TokenTab";

const SHOW_AFTER = 300;

function StatusTag({ exchange }: { exchange: Exchange }) {
  const received = answerCall(exchange)?.received;
  if (!received) return <Tag testId="status">{exchange.failure?.code === "cancelled" ? "Cancelled" : "No answer"}</Tag>;
  return (
    <Tag testId="status" tone={exchange.failure ? "plain" : statusTone(received.status)}>
      {received.status} {received.reason}
      {exchange.failure ? ", cut off" : ""}
    </Tag>
  );
}

function SendingTag({ sending }: { sending: Sending }) {
  const spent = useElapsed(sending.startedAt);
  return (
    <span className="row tab-after">
      <Tag tone="info" busy timed testId="status">
        Sending
      </Tag>
      <span>{elapsed(spent)}</span>
    </span>
  );
}

/** Whether a sending goes on long enough to be shown. */
function useWaited(sending: Sending | null): boolean {
  const [waited, setWaited] = useState<string | null>(null);
  const id = sending?.id ?? null;
  useEffect(() => {
    if (!id) return;
    const timer = setTimeout(() => setWaited(id), SHOW_AFTER);
    return () => clearTimeout(timer);
  }, [id]);
  return id !== null && waited === id;
}

function said(exchange: Exchange | null): string {
  if (!exchange) return "";
  const received = answerCall(exchange)?.received;
  if (!received) return exchange.failure?.message ?? "No answer";
  return `${received.status} ${received.reason}, ${duration(exchange.took_ms)}`;
}

function troubleTone(code: Code): Tone {
  if (code === "cancelled") return "info";
  return code === "platform_refused" ? "warn" : "bad";
}

/** What went wrong, with a next step where there is a name for it. */
function Trouble({ draft, exchange }: { draft: Draft; exchange: Exchange }) {
  const trouble = exchange.failure ?? exchange.refusal;
  const { diagnosis } = exchange;
  if (diagnosis) {
    return (
      <DiagnosisPanel diagnosis={diagnosis} actions={actionsFor(diagnosis, draft, exchange.key)}>
        {trouble ? (
          <details>
            <summary>What was reported</summary>
            <FailureText failure={trouble} />
          </details>
        ) : null}
      </DiagnosisPanel>
    );
  }
  return trouble ? (
    <div className="answer-failure">
      <FailureNote failure={trouble} tone={troubleTone(trouble.code)} />
    </div>
  ) : null;
}

function Answered({ draft, exchange, dimmed }: { draft: Draft; exchange: Exchange; dimmed: boolean }) {
  const { tab } = useAnswer(draft.id);
  const wanted = useStore(layout, (state) => state.facts);
  // The timeline has the same facts in its own place.
  const facts = wanted && tab !== "timeline";
  const received = answerCall(exchange)?.received;
  const after = (
    <span className="row tab-after">
      <StatusTag exchange={exchange} />
      <span data-testid="took">{duration(exchange.took_ms)}</span>
      {received ? <span data-testid="size">{bytes(received.body_size)}</span> : null}
      <IconButton
        size="s"
        label={facts ? "Hide the facts" : "Show the facts"}
        icon={PanelRight}
        pressed={facts}
        disabled={tab === "timeline"}
        className="facts-toggle"
        onClick={() => arrange({ facts: !facts })}
      />
    </span>
  );
  return (
    <Tabs<AnswerTab>
      className={`tabbed ${dimmed ? "dimmed" : ""}`}
      label="Parts of the answer"
      value={tab}
      onChange={(next) => showTab(draft.id, next)}
      after={after}
      options={[
        { value: "body", label: "Body" },
        { value: "headers", label: "Headers", count: received?.headers.length },
        { value: "cookies", label: "Cookies", count: cookiesSet(exchange).length },
        { value: "timeline", label: "Timeline" },
        { value: "tls", label: "TLS" },
        { value: "token", label: "Token" },
      ]}
    >
      <div className="answer">
        <div className="answer-main">
          {tab === "body" ? <Trouble draft={draft} exchange={exchange} /> : null}
          {exchange.unrecorded ? (
            <div className="answer-failure" data-testid="unrecorded">
              <FailureNote failure={exchange.unrecorded} tone="warn" />
            </div>
          ) : null}
          <div className="answer-part">
            {tab === "body" ? received ? <BodyTab exchange={exchange} /> : <NoAnswer exchange={exchange} /> : null}
            {tab === "headers" ? <HeadersTab exchange={exchange} /> : null}
            {tab === "cookies" ? <CookiesTab exchange={exchange} /> : null}
            {tab === "timeline" ? <Timeline exchange={exchange} /> : null}
            {tab === "tls" ? <TlsTab exchange={exchange} /> : null}
            {tab === "token" ? <TokenTab exchange={exchange} /> : null}
          </div>
        </div>
        {facts ? <FactsPanel exchange={exchange} onTimeline={() => showTab(draft.id, "timeline")} /> : null}
      </div>
    </Tabs>
  );
}

const NEVER_SENT: Code[] = ["name_not_resolved", "connect_failed", "tls_failed", "token_refused", "token_unavailable"];

function NoAnswer({ exchange }: { exchange: Exchange }) {
  const { failure } = exchange;
  const reached = answerCall(exchange) !== null && failure !== null && !NEVER_SENT.includes(failure.code);
  return (
    <p className="pane-hint">
      {reached
        ? "Nobody knows whether the flow ran: the request went out, but no answer came back."
        : "The flow did not run: the request never reached it."}
    </p>
  );
}

/** The one tab there is before an answer. */
function Waiting({ after, children }: { after?: ReactNode; children: ReactNode }) {
  return (
    <Tabs
      label="Response"
      value="response"
      options={[{ value: "response", label: "Response" }]}
      onChange={() => undefined}
      after={after}
    >
      {children}
    </Tabs>
  );
}

function NotSent({ draft, failure }: { draft: Draft; failure: Failure }) {
  return (
    <Waiting
      after={
        <span className="row tab-after">
          <Tag testId="status">Not sent</Tag>
        </span>
      }
    >
      <div className="answer-failure">
        {failure.diagnosis ? (
          <DiagnosisPanel diagnosis={failure.diagnosis} actions={actionsFor(failure.diagnosis, draft, null)}>
            <FailureText failure={failure} />
          </DiagnosisPanel>
        ) : (
          <FailureNote
            failure={failure}
            actions={failure.code === "foreign_host" ? <ForeignHostActions draft={draft.id} problem={failure} /> : null}
          />
        )}
      </div>
    </Waiting>
  );
}

function NothingYet({ tenant }: { tenant: string | null }) {
  return (
    <Waiting>
      <EmptyState
        icon={Send}
        title={tenant ? `Nothing sent to ${tenant} yet` : "Nothing sent yet"}
        text={
          <>
            The answer shows up here. Press <kbd>Ctrl Enter</kbd> to send.
          </>
        }
      />
    </Waiting>
  );
}

/** The answer below the request: empty, going on, arrived, or failed. */
export function ResponsePane({ draft }: { draft: Draft }) {
  const { sending, exchange, failure } = useAnswer(draft.id);
  const waited = useWaited(sending);
  let content;
  if (sending && (waited || !exchange)) {
    content = (
      <Waiting after={<SendingTag sending={sending} />}>
        {waited ? <SendingView sending={sending} onCancel={() => cancelSending(draft.id)} /> : null}
      </Waiting>
    );
  } else if (failure) content = <NotSent draft={draft} failure={failure} />;
  else if (exchange) content = <Answered draft={draft} exchange={exchange} dimmed={sending !== null} />;
  else content = <NothingYet tenant={draft.tenant} />;
  return (
    <section className="response" aria-label="Response" aria-busy={sending !== null}>
      <div className="sr" role="status" aria-live="polite">
        {sending ? "" : failure ? failure.message : said(exchange)}
      </div>
      {content}
    </section>
  );
}
