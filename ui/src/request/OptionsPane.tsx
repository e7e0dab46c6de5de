import { useState } from "react";
import type { Draft } from "../bindings/Draft";
import { Switch } from "../components/Choice";
import { Field } from "../components/Field";
import { Segmented } from "../components/Segmented";
import { changeRequest } from "./state";

const FOLLOW = [
  { value: "usual" as const, label: "As in settings" },
  { value: "yes" as const, label: "Follow" },
  { value: "no" as const, label: "Show" },
];

/** Seconds as typed, in milliseconds; null for none, undefined when it is no time. */
export function parseSeconds(text: string): number | null | undefined {
  if (text.trim() === "") return null;
  const seconds = Number(text.replace(",", "."));
  return Number.isFinite(seconds) && seconds > 0 && seconds <= 600 ? Math.round(seconds * 1000) : undefined;
}

/** Limits and habits of this one request. */
export function OptionsPane({ draft }: { draft: Draft }) {
  const { options } = draft.request;
  const [timeout, setTimeoutText] = useState(options.timeout_ms === null ? "" : String(options.timeout_ms / 1000));
  const parsed = parseSeconds(timeout);
  const change = (part: Partial<typeof options>) => changeRequest(draft.id, { options: { ...options, ...part } });
  const follow = options.follow_redirects === null ? "usual" : options.follow_redirects ? "yes" : "no";
  return (
    <div className="pane-form">
      <Field
        className="short"
        label="Whole time allowed, in seconds"
        placeholder="as in settings"
        value={timeout}
        wrong={parsed === undefined ? "A number between 0 and 600" : null}
        onChange={(event) => {
          setTimeoutText(event.target.value);
          const ms = parseSeconds(event.target.value);
          if (ms !== undefined) change({ timeout_ms: ms });
        }}
      />
      <div>
        <span className="label">Redirects</span>
        <Segmented
          label="Redirects"
          value={follow}
          options={FOLLOW}
          onChange={(value) => change({ follow_redirects: value === "usual" ? null : value === "yes" })}
        />
        <p className="dim small below">Credentials never follow to another origin.</p>
      </div>
      <Switch label="HTTP/1.1 only" checked={options.http1_only} onChange={(http1_only) => change({ http1_only })} />
    </div>
  );
}
