import { ArrowLeft, ArrowLeftRight, Copy } from "lucide-react";
import { backend } from "../backend";
import type { ExchangeKept } from "../bindings/ExchangeKept";
import { Button } from "../components/Button";
import { Checkbox } from "../components/Choice";
import { IconButton } from "../components/IconButton";
import { toast } from "../components/Toast";
import { answerCall } from "../exchange/facts";
import { clock, moment } from "../format/time";
import { MethodName } from "../request/MethodName";
import { useStore } from "../store";
import { StageTag } from "../tenant/marks";
import { changeSide } from "./actions";
import { closeComparison, compared, swap, type Comparing } from "./compared";
import { comparisonText, headline } from "./comparison_text";
import { dayOf, nameOf } from "./days";
import { StatusTag } from "./marks";

function when(iso: string): string {
  const { name, date } = dayOf(iso);
  return `${name === "Today" || name === "Yesterday" ? name : date} ${clock(iso)}`;
}

function Side({ letter, kept }: { letter: "A" | "B"; kept: ExchangeKept }) {
  const { entry, exchange } = kept;
  return (
    <section className="compare-side" aria-label={`Side ${letter}`}>
      <span className="compare-letter" aria-hidden="true">
        {letter}
      </span>
      <div className="grow">
        <div className="row">
          <MethodName method={entry.method} />
          <span className="strong cut">{nameOf(entry)}</span>
          {entry.stage ? <StageTag stage={entry.stage} /> : null}
          <span className="second cut">{entry.tenant}</span>
        </div>
        <div className="second small" title={moment(entry.started_at)}>
          {when(entry.started_at)}
        </div>
      </div>
      <StatusTag entry={entry} reason={answerCall(exchange)?.received?.reason} />
      <Button variant="plain" aria-label={`Change ${letter}`} onClick={() => changeSide(letter)}>
        Change…
      </Button>
    </section>
  );
}

export interface CompareHeadProps {
  comparing: Comparing;
  only: boolean;
  onOnly(only: boolean): void;
}

/** What is compared, and what can be done with the whole of it. */
export function CompareHead({ comparing, only, onOnly }: CompareHeadProps) {
  const { a, b, found } = comparing;
  const asText = useStore(compared, (state) => state.asText);
  const copy = async () => {
    await backend().clipboardCopy(comparisonText(a.entry, b.entry, found));
    toast("The comparison is in the clipboard");
  };
  return (
    <>
      <div className="compare-title">
        <IconButton label="Back to the history" keys="Esc" icon={ArrowLeft} onClick={closeComparison} />
        <h1>Compare two calls</h1>
        <span className="second grow cut">{headline(a.entry, b.entry)}</span>
        <Checkbox label="As text" checked={asText} onChange={(next) => compared.set({ asText: next })} />
        <Checkbox label="Only differences" checked={only} onChange={onOnly} />
        <Button icon={ArrowLeftRight} onClick={swap}>
          Swap
        </Button>
        <Button icon={Copy} onClick={() => void copy()}>
          Copy as text
        </Button>
      </div>
      <div className="compare-sides">
        <Side letter="A" kept={a} />
        <Side letter="B" kept={b} />
      </div>
    </>
  );
}
