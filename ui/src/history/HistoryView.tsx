import { ArrowUp, Columns2, Download, History, SearchX, Trash2 } from "lucide-react";
import { useCallback, useEffect, useRef } from "react";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { Skeleton } from "../components/Skeleton";
import { isTextField } from "../components/text_field";
import { followAnswers } from "../exchange/state";
import { FailureNote } from "../failure/FailureNote";
import { clock } from "../format/time";
import { goTo } from "../navigation";
import { useStore } from "../store";
import { compareChosen, exportHar, removeChosen } from "./actions";
import { nameOf } from "./days";
import { HistoryList } from "./HistoryList";
import { HistoryRemoval } from "./HistoryRemoval";
import { PreviewPane } from "./PreviewPane";
import { SearchBar } from "./SearchBar";
import { clearSelection } from "./selection";
import { clearQuery, history, notice, search, sight } from "./state";

/** What can be done with what is selected, or what the list waits for. */
function SelectedBar() {
  const { selected, partner } = useStore(history, (state) => state);
  if (partner) {
    return (
      <div className="history-selected" role="status">
        <Columns2 size={16} aria-hidden="true" />
        <span className="grow">
          Choose what to compare with <b>{nameOf(partner.entry)}</b>, {clock(partner.entry.started_at)}.
        </span>
        <Button size="s" onClick={clearSelection}>
          Cancel
        </Button>
      </div>
    );
  }
  if (selected.size === 0) return null;
  return (
    <div className="history-selected" role="toolbar" aria-label="Selection">
      <span className="strong" role="status">
        {selected.size} selected
      </span>
      <Button variant="primary" icon={Columns2} disabled={selected.size > 2} onClick={compareChosen}>
        {selected.size === 2 ? "Compare" : "Compare with…"}
      </Button>
      <Button icon={Download} onClick={() => void exportHar()}>
        Export as HAR
      </Button>
      <Button icon={Trash2} onClick={() => removeChosen()}>
        {selected.size > 1 ? "Delete…" : "Delete"}
      </Button>
      <span className="grow" />
      <span className="dim small">{selected.size > 2 ? "Two can be compared. " : ""}Esc clears the selection</span>
    </div>
  );
}

function FreshBar() {
  const fresh = useStore(history, (state) => state.fresh);
  if (fresh === 0) return null;
  const show = () => {
    sight.top = 0;
    void search();
  };
  return (
    <div className="history-fresh">
      <Button size="s" icon={ArrowUp} onClick={show}>
        {fresh} new
      </Button>
    </div>
  );
}

function Nothing({ total }: { total: number }) {
  if (total === 0) {
    return (
      <EmptyState
        icon={History}
        title="Nothing was sent yet"
        text="Every request you send is kept here with its answer, without secrets, so you can find it, send it again and compare it."
      >
        <Button variant="primary" onClick={() => goTo("requests")}>
          Go to the requests
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={SearchX}
      title="Nothing found"
      text={
        <>
          Words are looked for in headers, URLs, notes and the first 256 KiB of bodies. A term narrows:{" "}
          <code>status:5xx</code>, <code>tenant:acme-*</code>, <code>since:2d</code>.
        </>
      }
    >
      <Button onClick={clearQuery}>Clear the search</Button>
    </EmptyState>
  );
}

function useKeys(focusSearch: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const inFront = document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;
      if (event.key !== "/" || event.ctrlKey || inFront || isTextField(event.target)) return;
      event.preventDefault();
      focusSearch();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [focusSearch]);
}

const focusList = () => document.querySelector<HTMLElement>(".history-list")?.focus();

/** Everything that was sent, to be found, opened, sent again and compared. */
export function HistoryView() {
  const { text, count, total, failure } = useStore(history, (state) => state);
  const input = useRef<HTMLInputElement>(null);
  useKeys(useCallback(() => input.current?.focus(), []));
  useEffect(() => {
    void notice();
    return followAnswers(() => void notice());
  }, []);
  return (
    <div className="history">
      <h1 className="sr">History</h1>
      <SearchBar input={input} onDown={focusList} />
      <SelectedBar />
      {failure ? (
        <div className="history-failure">
          <FailureNote failure={failure} />
        </div>
      ) : null}
      <div className="history-split">
        <div className="history-found">
          <FreshBar />
          {text === null ? (
            failure ? null : (
              <div className="pane-form">
                <Skeleton label="Reading the history" lines={8} />
              </div>
            )
          ) : count === 0 ? (
            <Nothing total={total} />
          ) : (
            <HistoryList />
          )}
        </div>
        {count > 0 ? <PreviewPane /> : null}
      </div>
      <HistoryRemoval />
    </div>
  );
}
