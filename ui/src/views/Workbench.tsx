import { Send } from "lucide-react";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { SplitGroup, SplitPanel, Splitter } from "../components/Splitter";
import { ResponsePane } from "../exchange/ResponsePane";
import { layout } from "../layout";
import { RequestEditor } from "../request/RequestEditor";
import { openRequest, requests, useDraft } from "../request/state";
import { TabStrip } from "../request/TabStrip";
import { useStore } from "../store";

/** Tabs of open requests; the request above, its answer below or beside. */
export function Workbench() {
  const active = useStore(requests, (state) => state.active);
  const beside = useStore(layout, (state) => state.beside);
  const draft = useDraft(active);
  return (
    <div className="workbench">
      <TabStrip />
      {draft ? (
        <SplitGroup
          key={beside ? "beside" : "below"}
          orientation={beside ? "horizontal" : "vertical"}
          className="workbench-split"
        >
          <SplitPanel id="request" minSize={beside ? 320 : 112} defaultSize={beside ? "50%" : "43%"}>
            <RequestEditor key={draft.id} draft={draft} />
          </SplitPanel>
          <Splitter label="Between request and response" />
          <SplitPanel id="response" minSize={beside ? 320 : 120}>
            <ResponsePane key={draft.id} draft={draft} />
          </SplitPanel>
        </SplitGroup>
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
