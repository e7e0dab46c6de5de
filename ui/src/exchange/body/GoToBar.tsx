import { X } from "lucide-react";
import { useState } from "react";
import { backend, failureOf } from "../../backend";
import type { Shown } from "../../bindings/Shown";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { IconButton } from "../../components/IconButton";
import type { RowsModel } from "../../components/rows/model";

/** Finds the row of a line ("18,204,113"), a share ("63%") or a path ("$.items[0]"); null when there is none. */
async function rowOf(shown: Shown, text: string, rows: number): Promise<number | null> {
  const plain = text.trim().replaceAll(/[\s,_]/g, "");
  const share = /^(\d+(?:\.\d+)?)%$/.exec(plain)?.[1];
  if (share) return Math.round((Math.min(100, Number(share)) / 100) * Math.max(0, rows - 1));
  if (/^\d+$/.test(plain)) return (await backend().call("body_line", { shown, line: Math.max(1, Number(plain)) })).row;
  const found = await backend().call("body_filter", { shown, expression: text.trim(), namespaces: [] });
  return found.matches[0]?.row ?? null;
}

/** Goes to a line, a share of the whole, or a path. */
export function GoToBar({ shown, model, onClose }: { shown: Shown; model: RowsModel; onClose(): void }) {
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const go = async () => {
    if (text.trim() === "") return;
    try {
      const row = await rowOf(shown, text, model.total);
      if (row === null) setWrong("Nothing in the body has this path.");
      else {
        model.goTo(row);
        onClose();
      }
    } catch (thrown) {
      setWrong(failureOf(thrown).message);
    }
  };
  return (
    <form
      className="find-bar"
      aria-label="Go to"
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div className="find-field">
        <Field
          label="Line, percentage or path"
          hideLabel
          mono
          autoFocus
          placeholder="Line, 63% or a path"
          value={text}
          wrong={wrong}
          data-testid="go-to"
          onChange={(event) => {
            setText(event.target.value);
            setWrong(null);
          }}
        />
      </div>
      <Button size="s" type="submit">
        Go
      </Button>
      <span className="grow" />
      <IconButton size="s" label="Close" keys="Esc" icon={X} onClick={onClose} />
    </form>
  );
}
