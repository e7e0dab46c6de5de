import { Copy, Hash, Search, WrapText } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from "react";
import { backend, failureOf } from "../../backend";
import type { BodyFacts } from "../../bindings/BodyFacts";
import type { Error as Failure } from "../../bindings/Error";
import type { Hit } from "../../bindings/Hit";
import type { Shown } from "../../bindings/Shown";
import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import { RowsModel } from "../../components/rows/model";
import { RowsView } from "../../components/RowsView";
import { toast } from "../../components/Toast";
import { FailureNote } from "../../failure/FailureNote";
import { arrange, layout } from "../../layout";
import { useStore } from "../../store";
import { BodyActions } from "./BodyActions";
import { BodyFooter } from "./BodyFooter";
import { troubleWords } from "./facts";
import { useFilter } from "./filter";
import { canFilter, FilterField, FilterPanel } from "./FilterPanel";
import { matcherOf, useFind } from "./find";
import { FindBar } from "./FindBar";
import { GoToBar } from "./GoToBar";
import { HitMap } from "./HitMap";
import { HitsPanel } from "./HitsPanel";
import { useBodyKeys } from "./keys";

export interface BodyRowsProps {
  shown: Shown;
  facts: BodyFacts;
  /** The choice of form, at the left of the toolbar. */
  looks: ReactNode;
}

function useModel(shown: Shown, facts: BodyFacts, onFailure: (failure: Failure) => void): RowsModel {
  const model = useMemo(
    () =>
      new RowsModel({
        load: async (from, count) => (await backend().call("body_rows", { shown, from, count })).rows,
        foldEnd: (row) => backend().call("body_fold", { shown, row }),
        onFailure: (thrown) => onFailure(failureOf(thrown)),
      }),
    [shown, onFailure],
  );
  // Events arrive at the end, so who looks there goes on looking there.
  const follow = facts.kind === "events" && !facts.whole;
  // Bytes in another character set are counted roughly until all of them are there.
  const reached = facts.done ? Infinity : facts.indexed;
  useEffect(() => model.setTotal(facts.rows, follow, reached), [model, facts.rows, follow, reached]);
  return model;
}

/** Scrolls sideways to a hit, as soon as its row is there. */
function useHitInView(model: RowsModel, frame: RefObject<HTMLElement | null>, hit: Hit | null): void {
  useEffect(() => {
    if (!hit) return;
    const show = () => {
      const on = frame.current?.querySelector<HTMLElement>(".mark-on");
      on?.scrollIntoView({ block: "nearest", inline: "nearest" });
      return on !== null && on !== undefined;
    };
    if (show()) return;
    const stop = model.subscribe(() => {
      if (model.current !== hit.place.row) stop();
      else if (model.pages.get(hit.place.row)) requestAnimationFrame(() => show() && stop());
    });
    return stop;
  }, [model, frame, hit]);
}

function Going({ facts }: { facts: BodyFacts }) {
  if (facts.done) return null;
  const share = facts.whole && facts.size > 0 ? Math.floor((facts.indexed / facts.size) * 100) : undefined;
  return (
    <div
      className="body-going"
      role="progressbar"
      aria-label={facts.whole ? "Lines are counted" : "The body arrives"}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share}
    >
      <i style={{ width: `${share ?? 100}%` }} />
    </div>
  );
}

type Bar = "find" | "line" | null;

/** The rows of a body in one form, with everything that finds a place in them. */
export function BodyRows({ shown, facts, looks }: BodyRowsProps) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [bar, setBar] = useState<Bar>(null);
  const [listing, setListing] = useState(false);
  const wrap = useStore(layout, (state) => state.wrap);
  const frame = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const model = useModel(shown, facts, setFailure);
  const finding = useFind(shown, model, bar === "find");
  const filtering = useFilter(shown);
  const { find, found, hit, step } = finding;
  const matcher = useMemo(() => (bar === "find" ? matcherOf(find) : null), [bar, find]);
  const close = useCallback(() => {
    setBar(null);
    setListing(false);
    frame.current?.focus();
  }, []);
  const openFind = useCallback(() => {
    setBar("find");
    input.current?.focus();
    input.current?.select();
  }, []);
  const openLine = useCallback(() => setBar("line"), []);
  const onKeyDown = useBodyKeys({ openFind, openLine, step: bar === "find" ? step : openFind });
  const goTo = (row: number, column = 0) => {
    model.goTo(row, column);
    frame.current?.focus();
  };
  const copyAll = () =>
    void backend()
      .bodyCopy(shown)
      .then(
        () => toast("The whole body is in the clipboard"),
        (thrown: unknown) => setFailure(failureOf(thrown)),
      );
  useHitInView(model, frame, hit);
  const searching = bar === "find" && find.text !== "" && found !== null && found.count > 0;
  const trouble = troubleWords(facts);
  return (
    <div className="body-tab" onKeyDown={onKeyDown}>
      <div className="toolbar" role="toolbar" aria-label="Body">
        {looks}
        <span className="grow">
          {canFilter(facts.kind) && shown.form !== "hex" ? (
            <FilterField kind={facts.kind} filtering={filtering} />
          ) : null}
        </span>
        <IconButton
          size="s"
          label="Search in the body"
          keys="Ctrl F"
          icon={Search}
          pressed={bar === "find"}
          onClick={openFind}
          data-testid="body-search"
        />
        <IconButton size="s" label="Go to line" keys="Ctrl G" icon={Hash} onClick={openLine} data-testid="body-go-to" />
        <IconButton
          size="s"
          label="Wrap long lines"
          icon={WrapText}
          pressed={wrap}
          onClick={() => arrange({ wrap: !wrap })}
        />
        <IconButton size="s" label="Copy the whole body" icon={Copy} onClick={copyAll} />
        <BodyActions body={shown.body} />
      </div>
      {bar === "find" ? (
        <FindBar
          finding={finding}
          facts={facts}
          input={input}
          listing={listing}
          onList={() => setListing(!listing)}
          onClose={close}
        />
      ) : null}
      {bar === "line" ? <GoToBar shown={shown} model={model} onClose={close} /> : null}
      {trouble ? (
        <div className="body-trouble" role="note">
          <span className="cut" title={trouble}>
            {trouble}
          </span>
          <Button
            variant="link"
            size="s"
            onClick={() => goTo(facts.trouble?.row ?? 0, (facts.trouble?.column ?? 1) - 1)}
          >
            Go there
          </Button>
        </div>
      ) : null}
      {failure ? (
        <FailureNote
          failure={failure}
          actions={
            <Button
              size="s"
              onClick={() => {
                setFailure(null);
                model.retry();
              }}
            >
              Try again
            </Button>
          }
        />
      ) : null}
      <Going facts={facts} />
      <div className="body-view">
        <RowsView
          model={model}
          frame={frame}
          label="Response body"
          lines={facts.lines}
          wrap={wrap && shown.form !== "hex"}
          matcher={matcher}
          hit={hit && bar === "find" ? { row: hit.place.row, column: hit.place.column, length: hit.length } : null}
          testId="response-body"
          onCopyAll={copyAll}
        />
        {searching ? <HitMap model={model} bands={found.bands} /> : null}
        {searching && listing ? <HitsPanel shown={shown} finding={finding} onClose={() => setListing(false)} /> : null}
      </div>
      <FilterPanel filtering={filtering} onGoTo={goTo} />
      <BodyFooter shown={shown} facts={facts} model={model} />
    </div>
  );
}
