import {
  Columns2,
  Copy,
  Download,
  Ellipsis,
  ExternalLink,
  FolderPlus,
  LockKeyhole,
  Pin,
  Send,
  Trash2,
} from "lucide-react";
import { useMemo, useState } from "react";
import type { ExchangeKept } from "../bindings/ExchangeKept";
import type { HistoryEntry } from "../bindings/HistoryEntry";
import type { Segment } from "../bindings/Segment";
import { Button } from "../components/Button";
import { Icon } from "../components/Icon";
import { IconButton } from "../components/IconButton";
import { Masked } from "../components/Masked";
import { Menu, MenuItem, MenuLine } from "../components/Menu";
import { BodyTab } from "../exchange/body/BodyTab";
import { answerCall, headerValue, lastCall } from "../exchange/facts";
import { plainText } from "../exchange/Segments";
import { FailureNote } from "../failure/FailureNote";
import { bytes } from "../format/size";
import { count, day, duration } from "../format/time";
import { MethodName } from "../request/MethodName";
import { useStore } from "../store";
import { changeEntry, compareWith, copyAsCurl, exportHar, removeChosen } from "./actions";
import { nameOf } from "./days";
import { addToCollection, openExchange, sendExchange } from "./drafts";
import { useKept } from "./kept";
import { Pieces, piecesOfText, StatusTag } from "./marks";
import { entryAt } from "./geometry";
import { history } from "./state";

function Note({ entry }: { entry: HistoryEntry }) {
  const [text, setText] = useState(entry.note ?? "");
  const keep = () => {
    if (text.trim() !== (entry.note ?? "")) void changeEntry(entry.id, { note: text.trim() });
  };
  return (
    <input
      className="history-note"
      aria-label="Note"
      placeholder="Add a note"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key !== "Escape") return;
        setText(entry.note ?? "");
        event.stopPropagation();
      }}
    />
  );
}

function Actions({ entry }: { entry: HistoryEntry }) {
  const { id } = entry;
  return (
    <div className="row history-actions">
      <Button size="s" icon={ExternalLink} onClick={() => void openExchange(id)}>
        Open
      </Button>
      <Button size="s" icon={Send} onClick={() => void sendExchange(id)}>
        Send again
      </Button>
      <span className="grow" />
      <IconButton size="s" label="Copy as cURL" icon={Copy} onClick={() => void copyAsCurl(id)} />
      <Menu
        label="More about this exchange"
        trigger={<IconButton size="s" label="More about this exchange" icon={Ellipsis} />}
      >
        <MenuItem icon={FolderPlus} onSelect={() => void addToCollection(id)}>
          Add to a collection…
        </MenuItem>
        <MenuItem icon={Columns2} keys="C" onSelect={() => compareWith(entry)}>
          Compare with…
        </MenuItem>
        <MenuItem icon={Download} onSelect={() => void exportHar([id])}>
          Export as HAR…
        </MenuItem>
        <MenuLine />
        <MenuItem icon={Trash2} keys="Del" danger onSelect={() => removeChosen([id])}>
          Delete
        </MenuItem>
      </Menu>
    </div>
  );
}

function keptWords({ entry, kept_until }: ExchangeKept): string {
  if (entry.pinned) return "until you unpin it";
  if (!kept_until) return "without an end";
  const left = Math.max(0, Math.ceil((Date.parse(kept_until) - Date.now()) / 86_400_000));
  return `until ${day(kept_until)} · ${count(left, "day")}`;
}

function Facts({ kept, entry }: { kept: ExchangeKept; entry: HistoryEntry }) {
  const { exchange } = kept;
  const received = answerCall(exchange)?.received;
  const message = received ? headerValue(received.headers, "SAP_MessageProcessingLogID") : null;
  return (
    <dl className="facts history-facts">
      <dt>As</dt>
      <dd>{[exchange.tenant, exchange.key].filter(Boolean).join(" · ") || "nobody: no sign-in"}</dd>
      <dt>Took</dt>
      <dd>{duration(exchange.took_ms)}</dd>
      {message ? (
        <>
          <dt>Message</dt>
          <dd className="mono">{message}</dd>
        </>
      ) : null}
      <dt>Kept</dt>
      <dd className="row history-kept">
        {keptWords({ ...kept, entry })}
        <IconButton
          size="s"
          label={entry.pinned ? "Unpin" : "Pin: keep it whatever the limits say"}
          icon={Pin}
          pressed={entry.pinned}
          onClick={() => void changeEntry(entry.id, { pinned: !entry.pinned })}
        />
      </dd>
      <dt>Note</dt>
      <dd>
        <Note key={`${entry.id} ${entry.note}`} entry={entry} />
      </dd>
    </dl>
  );
}

function MarkedBody({ body, words }: { body: ReadonlyArray<Segment>; words: string[] }) {
  return body.map((segment, place) =>
    segment.kind === "masked" ? (
      // oxlint-disable-next-line react/no-array-index-key
      <Masked key={place} label={segment.label} length={segment.length} />
    ) : (
      // oxlint-disable-next-line react/no-array-index-key
      <Pieces key={place} pieces={piecesOfText(segment.text, words)} />
    ),
  );
}

function RequestBody({ kept, words }: { kept: ExchangeKept; words: string[] }) {
  const body = kept.request_body;
  const size = lastCall(kept.exchange)?.sent.body_size ?? 0;
  const hits = useMemo(() => (body ? Math.floor(piecesOfText(plainText(body), words).length / 2) : 0), [body, words]);
  if (!body && size === 0) return null;
  return (
    <section className="history-request" aria-label="Request body">
      <h3 className="history-part">
        Request <span className="dim">{bytes(size)}</span>
        {hits > 0 ? <span className="dim history-hits">{count(hits, "hit")}</span> : null}
      </h3>
      {body ? (
        <pre className="history-body selectable" tabIndex={0}>
          <MarkedBody body={body} words={words} />
        </pre>
      ) : (
        <p className="dim history-gone">A file was sent; its bytes are not kept.</p>
      )}
      {kept.request_cut ? <p className="dim history-gone">The first 256 KiB; an open request has all of it.</p> : null}
    </section>
  );
}

function Answer({ kept }: { kept: ExchangeKept }) {
  const received = answerCall(kept.exchange)?.received;
  const { failure } = kept.exchange;
  return (
    <section className="history-answer" aria-label="Answer body">
      <h3 className="history-part">
        Answer {received ? <span className="dim">{bytes(received.body_size)}</span> : null}
      </h3>
      {failure ? (
        <div className="history-gone">
          <FailureNote failure={failure} tone="info" />
        </div>
      ) : null}
      {received && kept.has_body ? <BodyTab key={kept.exchange.id} exchange={kept.exchange} /> : null}
      {received && !kept.has_body ? (
        <p className="dim history-gone">
          {received.body_size === 0
            ? "The answer has no body."
            : "The body is no longer kept; its size limit was reached."}
        </p>
      ) : null}
    </section>
  );
}

/** The exchange of the row that has the focus. */
export function PreviewPane() {
  const shown = useStore(history, (state) => entryAt(state.pages, state.active));
  const terms = useStore(history, (state) => state.terms);
  const { kept, failure } = useKept(shown?.id, shown?.pinned);
  const words = useMemo(
    () =>
      terms
        .filter((term) => term.field === null && !term.value.startsWith("-") && !term.problem)
        .map((term) => term.value.replaceAll('"', "")),
    [terms],
  );
  if (failure) {
    return (
      <aside className="history-preview pane-form" aria-label="Preview">
        <FailureNote failure={failure} />
      </aside>
    );
  }
  if (!kept || !shown) return <aside className="history-preview" aria-label="Preview" />;
  // The entry of the list is newer: pins and notes change there.
  const entry = shown.id === kept.entry.id ? shown : kept.entry;
  const reason = answerCall(kept.exchange)?.received?.reason;
  return (
    <aside className="history-preview" aria-label="Preview">
      <div className="history-head">
        <div className="row">
          <MethodName method={entry.method} />
          <h2 className="strong grow cut">{nameOf(entry)}</h2>
          <StatusTag entry={entry} reason={reason} />
        </div>
        <p className="mono-s history-url selectable">{entry.url}</p>
        <Actions entry={entry} />
      </div>
      <Facts kept={kept} entry={entry} />
      <RequestBody kept={kept} words={words} />
      <Answer kept={kept} />
      <p className="history-foot dim">
        <Icon of={LockKeyhole} size={14} />
        Authorization, cookies and secret variables are never kept.
      </p>
    </aside>
  );
}
