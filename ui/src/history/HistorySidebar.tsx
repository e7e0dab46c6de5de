import { useState, type ReactNode } from "react";
import type { Door } from "../bindings/Door";
import type { HistoryCount } from "../bindings/HistoryCount";
import { Button } from "../components/Button";
import { Checkbox, Radio, Radios } from "../components/Choice";
import { Icon } from "../components/Icon";
import { useStore } from "../store";
import { StageTag } from "../tenant/marks";
import { DOORS } from "./marks";
import { asksFor, valuesOf, withValues } from "./query";
import { clearQuery, history, setChips } from "./state";

const MOST = 8;

const ANSWERS: Record<string, { name: string; light: string }> = {
  "2xx": { name: "Success", light: "works" },
  "3xx": { name: "Sent elsewhere, 3xx", light: "elsewhere" },
  "4xx": { name: "Refused, 4xx", light: "soon" },
  "5xx": { name: "Failed, 5xx", light: "refused" },
  none: { name: "No answer", light: "unknown" },
};

interface GroupProps {
  title: string;
  field: string;
  counts: ReadonlyArray<HistoryCount>;
  renderLabel(count: HistoryCount): ReactNode;
}

/** Checking a value edits the query. */
function Group({ title, field, counts, renderLabel }: GroupProps) {
  const chips = useStore(history, (state) => state.chips);
  const [all, setAll] = useState(false);
  const asked = valuesOf(chips, field);
  const isOn = (count: HistoryCount) => asksFor(asked, count.value);
  const check = (count: HistoryCount, on: boolean) => {
    const before = counts.filter((one) => one !== count && isOn(one)).map((one) => one.value);
    setChips(withValues(chips, field, on ? [...asked, count.value] : before));
  };
  const shown = all ? counts : counts.filter((count, place) => place < MOST || isOn(count));
  if (counts.length === 0) return null;
  return (
    <fieldset className="history-group">
      <legend>{title}</legend>
      {shown.map((count) => (
        <div key={count.value} className="history-facet">
          <Checkbox label={renderLabel(count)} checked={isOn(count)} onChange={(on) => check(count, on)} />
          <span className="dim small">{count.count.toLocaleString("en")}</span>
        </div>
      ))}
      {counts.length > shown.length || all ? (
        <Button variant="link" size="s" onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${counts.length}`}
        </Button>
      ) : null}
    </fieldset>
  );
}

const TIMES = [
  { value: "today", label: "Today" },
  { value: "7d", label: "Last 7 days" },
  { value: "all", label: "All time" },
] as const;

function When() {
  const chips = useStore(history, (state) => state.chips);
  const [since] = valuesOf(chips, "since");
  const time = TIMES.find((one) => one.value === (since ?? "all"))?.value ?? null;
  return (
    <fieldset className="history-group">
      <legend>When</legend>
      <Radios
        label="When"
        className="history-times"
        value={time}
        onChange={(next) => setChips(withValues(chips, "since", next === "all" ? [] : [next]))}
      >
        {TIMES.map(({ value, label }) => (
          <Radio key={value} value={value} label={label} />
        ))}
      </Radios>
    </fieldset>
  );
}

/** Tenants, answers, doors and time, with how many entries each would leave. */
export function HistorySidebar() {
  const { facets, chips, rest } = useStore(history, (state) => state);
  return (
    <div className="side-scroll history-side">
      <div className="row between">
        <h2 className="strong">Narrow down</h2>
        <Button variant="link" size="s" disabled={chips.length === 0 && rest === ""} onClick={clearQuery}>
          Clear
        </Button>
      </div>
      <Group
        title="Tenant"
        field="tenant"
        counts={facets?.tenants ?? []}
        renderLabel={({ value, stage }) => (
          <span className="row">
            {stage ? <StageTag stage={stage} /> : null}
            {value === "none" ? "No tenant" : value}
          </span>
        )}
      />
      <Group
        title="Answer"
        field="status"
        counts={(facets?.answers ?? []).filter((one) => one.count > 0 || one.value !== "3xx")}
        renderLabel={({ value }) => (
          <span className="row">
            <i className={`light ${ANSWERS[value]?.light ?? "unknown"}`} />
            {ANSWERS[value]?.name ?? value}
          </span>
        )}
      />
      <Group
        title="Sent from"
        field="door"
        counts={facets?.doors ?? []}
        renderLabel={({ value }) => {
          const door = DOORS[value as Door];
          return (
            <span className="row">
              <Icon of={door.icon} size={14} />
              {door.name}
            </span>
          );
        }}
      />
      <When />
    </div>
  );
}
