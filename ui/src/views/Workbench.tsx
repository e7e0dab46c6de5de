import { Send } from "lucide-react";
import type { Draft } from "../bindings/Draft";
import { PageView } from "../collection/PageView";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { SplitGroup, SplitPanel, Splitter } from "../components/Splitter";
import { ResponsePane } from "../exchange/ResponsePane";
import { showRequest, useAnswer } from "../exchange/state";
import { layout } from "../layout";
import { closePage, navigation } from "../navigation";
import { RequestEditor } from "../request/RequestEditor";
import { openRequest, requests, useDraft } from "../request/state";
import { TabStrip } from "../request/TabStrip";
import { useStore } from "../store";

/** A request and its answer; beside each other there is room for both, below each other the timeline takes it. */
function Exchanging({ draft, beside }: { draft: Draft; beside: boolean }) {
  const { exchange, failure, tab, requestOpen } = useAnswer(draft.id);
  const folds = !beside && tab === "timeline" && exchange !== null && failure === null;
  const folded = folds && !requestOpen;
  return (
    <SplitGroup
      orientation={beside ? "horizontal" : "vertical"}
      className={`workbench-split ${folded ? "folded" : ""}`}
      disabled={folded}
    >
      <SplitPanel id="request" minSize={beside ? 320 : 112} defaultSize={beside ? "50%" : "43%"}>
        <RequestEditor
          key={draft.id}
          draft={draft}
          folds={folds}
          folded={folded}
          onFold={(fold) => showRequest(draft.id, !fold)}
        />
      </SplitPanel>
      <Splitter label="Between request and response" />
      <SplitPanel id="response" minSize={beside ? 320 : 120}>
        <ResponsePane key={draft.id} draft={draft} />
      </SplitPanel>
    </SplitGroup>
  );
}

/** Tabs of open requests; the request above, its answer below or beside. */
export function Workbench() {
  const active = useStore(requests, (state) => state.active);
  const beside = useStore(layout, (state) => state.beside);
  const draft = useDraft(active);
  const page = useStore(navigation, (state) => state.page);
  return (
    <div className="workbench">
      <div
        className="workbench-tabs"
        onClickCapture={(event) =>
          event.target instanceof Element && event.target.closest('[role="tab"]') && closePage()
        }
      >
        <TabStrip />
      </div>
      {page ? (
        <PageView page={page} />
      ) : draft ? (
        <Exchanging key={beside ? "beside" : "below"} draft={draft} beside={beside} />
      ) : (
        <EmptyState
          icon={Send}
          title="No open request"
          text={
            <>
              Open one with <kbd>Ctrl N</kbd>. What you write is kept within a second, and is still there after a
              restart.
            </>
          }
        >
          <Button variant="primary" icon={Send} onClick={() => openRequest()}>
            New request
          </Button>
        </EmptyState>
      )}
    </div>
  );
}
