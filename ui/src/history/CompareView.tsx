import { ChevronDown, ChevronUp, EyeOff, Lightbulb, Send } from "lucide-react";
import { useEffect, useMemo, useState, type KeyboardEvent } from "react";
import type { ComparedRow } from "../bindings/ComparedRow";
import { Button } from "../components/Button";
import { Icon } from "../components/Icon";
import { IconButton } from "../components/IconButton";
import { Skeleton } from "../components/Skeleton";
import { Tabs } from "../components/Tabs";
import { isTextField } from "../components/text_field";
import { Timeline } from "../exchange/Timeline";
import { FailureNote } from "../failure/FailureNote";
import { count } from "../format/time";
import { useStore } from "../store";
import { BodiesDiff } from "./BodiesDiff";
import { closeComparison, compared, ignoreNames, useComparison, type Comparing } from "./compared";
import { ComparedTable } from "./ComparedTable";
import { CompareHead } from "./CompareHead";
import { diffRows, stopsOf } from "./diff_rows";
import { openWithBodyOf } from "./drafts";
import { history } from "./state";

type Part = "bodies" | "headers" | "timeline";

/** What does not matter, and a field to change it. */
function Ignored() {
  const ignore = useStore(compared, (state) => state.ignore);
  const [text, setText] = useState<string | null>(null);
  const keep = () => {
    if (text !== null) ignoreNames(text.split(","));
    setText(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") keep();
    else if (event.key === "Escape") setText(null);
    else return;
    event.stopPropagation();
  };
  return (
    <span className="row compare-ignored">
      <Icon of={EyeOff} size={14} />
      {text === null ? (
        <>
          <span className="cut second" title={ignore.join(", ")}>
            {ignore.length > 0 ? `Ignored: ${ignore.join(", ")}` : "Nothing is ignored"}
          </span>
          <Button variant="link" size="s" onClick={() => setText(ignore.join(", "))}>
            Edit
          </Button>
        </>
      ) : (
        <input
          className="input"
          aria-label="Ignored headers and members, separated by commas"
          autoFocus
          value={text}
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={keep}
        />
      )}
    </span>
  );
}

const counts = (rows: ReadonlyArray<ComparedRow>): number => rows.filter((row) => !row.same && !row.ignored).length;

/** F8 and Shift F8 walk through the differences, Esc goes back. */
function useKeys(step: (by: 1 | -1) => void): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]')) return;
      if (event.key === "F8") step(event.shiftKey ? -1 : 1);
      else if (event.key === "Escape" && !isTextField(event.target)) closeComparison();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [step]);
}

interface ComparedProps {
  comparing: Comparing;
  only: boolean;
  onOnly(only: boolean): void;
}

function Compared({ comparing, only, onOnly }: ComparedProps) {
  const { found, a, b } = comparing;
  const [part, setPart] = useState<Part>("bodies");
  const [stop, setStop] = useState(0);
  const rows = useMemo(() => diffRows(found, only), [found, only]);
  const stops = useMemo(() => stopsOf(rows), [rows]);
  const current = Math.min(stop, Math.max(0, stops.length - 1));
  const step = useMemo(
    () => (by: 1 | -1) => {
      setPart("bodies");
      setStop((now) => {
        const at = Math.min(now, Math.max(0, stops.length - 1));
        return stops.length === 0 ? 0 : (at + by + stops.length) % stops.length;
      });
    },
    [stops],
  );
  useKeys(step);
  const trouble = useStore(history, (state) => state.failure);
  const canSwapBody = a.exchange.request.body.kind !== "none";
  return (
    <div className="comparing">
      <CompareHead comparing={comparing} only={only} onOnly={onOnly} />
      <div className="compare-known">
        <ComparedTable label="Facts" rows={found.facts} only={only} />
      </div>
      <Tabs<Part>
        className="tabbed compare-parts"
        label="Parts of the comparison"
        value={part}
        onChange={setPart}
        after={<Ignored />}
        options={[
          { value: "bodies", label: "Bodies", count: found.request.differences + found.answer.differences },
          { value: "headers", label: "Headers", count: counts(found.request_headers) + counts(found.answer_headers) },
          { value: "timeline", label: "Timeline" },
        ]}
      >
        {part === "bodies" ? <BodiesDiff rows={rows} stops={stops} stop={current} onGo={setStop} /> : null}
        {part === "headers" ? (
          <div className="compare-headers">
            <h2>Request headers</h2>
            <ComparedTable label="Request headers" rows={found.request_headers} only={only} mono />
            <h2>Answer headers</h2>
            <ComparedTable label="Answer headers" rows={found.answer_headers} only={only} mono />
          </div>
        ) : null}
        {part === "timeline" ? (
          <div className="compare-times">
            {[a, b].map((kept, place) => (
              <section key={kept.entry.id} aria-label={`Timeline of ${place === 0 ? "A" : "B"}`}>
                <h2>{place === 0 ? "A" : "B"}</h2>
                {kept.exchange.calls.length > 0 ? (
                  <Timeline exchange={kept.exchange} />
                ) : (
                  <p className="compare-none dim">No call was made.</p>
                )}
              </section>
            ))}
          </div>
        ) : null}
      </Tabs>
      {trouble ? (
        <div className="history-failure">
          <FailureNote failure={trouble} />
        </div>
      ) : null}
      <div className="compare-foot">
        {found.remark ? (
          <>
            <Icon of={Lightbulb} />
            <span data-testid="compare-remark">{found.remark}</span>
          </>
        ) : null}
        <span className="grow" />
        <IconButton
          label="Previous difference"
          keys="Shift F8"
          icon={ChevronUp}
          disabled={stops.length === 0}
          onClick={() => step(-1)}
        />
        <IconButton
          label="Next difference"
          keys="F8"
          icon={ChevronDown}
          disabled={stops.length === 0}
          onClick={() => step(1)}
        />
        <span className="second" role="status">
          {stops.length === 0 ? "The bodies are the same" : `${current + 1} of ${count(stops.length, "difference")}`}
        </span>
        {canSwapBody ? (
          <Button icon={Send} onClick={() => void openWithBodyOf(b.entry.id, a.entry.id)}>
            Send B with A’s body
          </Button>
        ) : null}
      </div>
    </div>
  );
}

/** Two exchanges beside each other. */
export function CompareView({ pair: [a, b] }: { pair: [string, string] }) {
  const ignore = useStore(compared, (state) => state.ignore);
  const [only, setOnly] = useState(false);
  const asText = useStore(compared, (state) => state.asText);
  const { comparing, failure } = useComparison(a, b, ignore, asText);
  if (failure) {
    return (
      <div className="pane-form">
        <FailureNote failure={failure} actions={<Button onClick={closeComparison}>Back to the history</Button>} />
      </div>
    );
  }
  if (!comparing) {
    return (
      <div className="pane-form">
        <Skeleton label="Comparing" lines={8} />
      </div>
    );
  }
  return <Compared key={comparing.of} comparing={comparing} only={only} onOnly={setOnly} />;
}
