import { useEffect, useState } from "react";
import { backend } from "../backend";
import type { HistoryLimits } from "../bindings/HistoryLimits";
import type { HistoryUsage } from "../bindings/HistoryUsage";
import { Button } from "../components/Button";
import { Field } from "../components/Field";
import { bytes } from "../format/size";
import { count, day } from "../format/time";
import { SettingRow, SettingSection } from "../settings/Sections";
import { changeSettings } from "../settings/state";
import { useStore } from "../store";
import { removal } from "./actions";
import { HistoryRemoval } from "./HistoryRemoval";
import { history } from "./state";

interface LimitProps {
  label: string;
  unit: string;
  value: number | null;
  none: string;
  onChange(value: number | null): void;
}

const MOST = 4_000_000_000;

/** A number that limits; empty means no limit. */
function Limit({ label, unit, value, none, onChange }: LimitProps) {
  const [text, setText] = useState(value === null ? "" : String(value));
  useEffect(() => setText(value === null ? "" : String(value)), [value]);
  const trimmed = text.trim();
  const number = Number(trimmed);
  const wrong =
    trimmed !== "" && (!/^\d+$/u.test(trimmed) || number < 1 || number > MOST)
      ? `Write a whole number of ${unit}, or leave it empty for no limit`
      : null;
  const keep = () => {
    const next = trimmed === "" ? null : number;
    if (!wrong && next !== value) onChange(next);
  };
  return (
    <Field
      className="grow"
      label={label}
      inputMode="numeric"
      value={text}
      wrong={wrong}
      placeholder={none}
      hint={value === null ? none : `${value.toLocaleString("en")} ${unit}`}
      onChange={(event) => setText(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => event.key === "Enter" && keep()}
    />
  );
}

function useUsage(): HistoryUsage | null {
  const [usage, setUsage] = useState<HistoryUsage | null>(null);
  // Deleting starts the list anew.
  const turn = useStore(history, (state) => state.turn);
  useEffect(() => {
    let current = true;
    backend()
      .call("history_usage", null)
      .then(
        (read) => current && setUsage(read),
        () => undefined,
      );
    return () => {
      current = false;
    };
  }, [turn]);
  return usage;
}

function usageWords(usage: HistoryUsage | null): string {
  if (!usage) return "";
  if (usage.count === 0) return "Nothing is kept.";
  const since = usage.oldest ? `, the oldest of ${day(usage.oldest)}` : "";
  return `${count(usage.count, "exchange")} in ${bytes(usage.bytes)}${since}.`;
}

/** How much is kept, what it takes, and how to be rid of it. */
export function HistorySettings({ limits }: { limits: HistoryLimits }) {
  const usage = useUsage();
  const change = (next: Partial<HistoryLimits>, said: string) =>
    void changeSettings({ history: { ...limits, ...next } }, said);
  return (
    <SettingSection id="settings-history" title="History">
      <SettingRow
        title="How much is kept"
        text="The oldest exchanges go first; pinned ones stay. Authorization, cookies and secret variables are never kept."
      >
        <div className="form-row">
          <Limit
            label="Days"
            unit="days"
            none="For ever"
            value={limits.days}
            onChange={(days) =>
              change(
                { days },
                days === null ? "Exchanges are kept for ever" : `Exchanges are kept for ${count(days, "day")}`,
              )
            }
          />
          <Limit
            label="Size in MiB"
            unit="MiB"
            none="No limit"
            value={limits.mebibytes}
            onChange={(mebibytes) =>
              change(
                { mebibytes },
                mebibytes === null
                  ? "Bodies have no size limit"
                  : `What is not pinned takes at most ${mebibytes.toLocaleString("en")} MiB`,
              )
            }
          />
        </div>
      </SettingRow>
      <SettingRow title="What it takes" text="The database and the bodies beside it.">
        <p data-testid="history-usage">{usageWords(usage)}</p>
        <Button
          variant="outlined"
          disabled={usage?.count === 0}
          onClick={() => removal.set({ asking: { kind: "all" } })}
        >
          Delete all history…
        </Button>
      </SettingRow>
      <HistoryRemoval />
    </SettingSection>
  );
}
