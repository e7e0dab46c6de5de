import { Download, FileQuestionMark, Search, WrapText } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { backend, failureOf } from "../backend";
import type { BodyForm } from "../bindings/BodyForm";
import type { BodyView } from "../bindings/BodyView";
import type { Error as Failure } from "../bindings/Error";
import type { Exchange } from "../bindings/Exchange";
import { Button } from "../components/Button";
import { CodeView, type CodeHandle } from "../components/CodeView";
import { EmptyState } from "../components/EmptyState";
import { IconButton } from "../components/IconButton";
import { Segmented } from "../components/Segmented";
import { Skeleton } from "../components/Skeleton";
import { toast } from "../components/Toast";
import { CopyText } from "../failure/CopyText";
import { FailureNote } from "../failure/FailureNote";
import { bytes } from "../format/size";
import { arrange, layout } from "../layout";
import { useStore } from "../store";
import { answerCall } from "./facts";

const FORMS = [
  { value: "pretty" as const, label: "Pretty" },
  { value: "raw" as const, label: "Raw" },
];

interface Loaded {
  of: string;
  view: BodyView | null;
  failure: Failure | null;
}

function useBody(exchange: string, form: BodyForm): Loaded | null {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const of = `${exchange} ${form}`;
  useEffect(() => {
    let current = true;
    backend()
      .call("exchange_body", { exchange, form })
      .then(
        (view) => current && setLoaded({ of, view, failure: null }),
        (thrown: unknown) => current && setLoaded({ of, view: null, failure: failureOf(thrown) }),
      );
    return () => {
      current = false;
    };
  }, [exchange, form, of]);
  return loaded?.of === of ? loaded : null;
}

async function save(exchange: string): Promise<void> {
  const path = await backend().bodySave(exchange);
  if (path) toast(`Saved to ${path}`);
}

/** The body of the answer, pretty or raw. */
export function BodyTab({ exchange }: { exchange: Exchange }) {
  const [form, setForm] = useState<BodyForm>("pretty");
  const [saving, setSaving] = useState<Failure | null>(null);
  const wrap = useStore(layout, (state) => state.wrap);
  const viewer = useRef<CodeHandle>(null);
  const loaded = useBody(exchange.id, form);
  const view = loaded?.view ?? null;
  const received = answerCall(exchange)?.received;
  const saveBody = () => void save(exchange.id).catch((thrown: unknown) => setSaving(failureOf(thrown)));
  if (!received || received.body_size === 0) {
    return (
      <EmptyState
        icon={FileQuestionMark}
        title="The answer has no body"
        text="Status and headers are all the server sent; the Headers tab shows them."
      />
    );
  }
  if (loaded?.failure) {
    return (
      <div className="pane-form">
        <FailureNote failure={loaded.failure} />
      </div>
    );
  }
  if (view?.language === "binary") {
    return (
      <EmptyState
        icon={FileQuestionMark}
        title="This body is not text"
        text={`${bytes(view.size)} of ${received.content_type ?? "unknown type"}. Save it to open it with another program.`}
      >
        <Button icon={Download} onClick={saveBody}>
          Save body…
        </Button>
      </EmptyState>
    );
  }
  const note = view?.cut
    ? `Only the beginning is shown; the whole body is ${bytes(view.size)}. Save it to see all of it.`
    : view?.note;
  return (
    <div className="body-tab">
      <div className="toolbar" role="toolbar" aria-label="Body">
        <Segmented label="Form" value={form} options={FORMS} onChange={setForm} />
        <span className="grow cut small dim" title={note ?? undefined}>
          {note}
        </span>
        <IconButton
          size="s"
          label="Search in the body"
          keys="Ctrl F"
          icon={Search}
          onClick={() => viewer.current?.search()}
          data-testid="body-search"
        />
        <IconButton
          size="s"
          label="Wrap long lines"
          icon={WrapText}
          pressed={wrap}
          onClick={() => arrange({ wrap: !wrap })}
        />
        <CopyText label="Copy the body" text={view?.text ?? ""} />
        <IconButton size="s" label="Save the body to a file" icon={Download} onClick={saveBody} />
      </div>
      {saving ? <FailureNote failure={saving} /> : null}
      <div className="body-view">
        {view ? (
          <CodeView
            ref={viewer}
            value={view.text}
            language={view.language}
            label="Response body"
            readOnly
            wrap={wrap}
            testId="response-body"
          />
        ) : (
          <div className="pane-form">
            <Skeleton label="Reading the body" lines={6} />
          </div>
        )}
      </div>
    </div>
  );
}
