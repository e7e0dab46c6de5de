import { FileQuestionMark } from "lucide-react";
import { useMemo, useState } from "react";
import type { BodyName } from "../../bindings/BodyName";
import type { Exchange } from "../../bindings/Exchange";
import type { Shown } from "../../bindings/Shown";
import { EmptyState } from "../../components/EmptyState";
import { Segmented } from "../../components/Segmented";
import { Skeleton } from "../../components/Skeleton";
import { FailureNote } from "../../failure/FailureNote";
import { answerCall } from "../facts";
import { BodyRows } from "./BodyRows";
import { firstLook, looksOf, nameOf, useFacts, type Look } from "./facts";
import { Breadcrumb } from "./Breadcrumb";
import { Preview } from "./Preview";

interface BodyViewerProps {
  body: BodyName;
  onOpenPart(number: number, name: string): void;
}

/** A body or a part of one, in any of its forms. */
function BodyViewer({ body, onOpenPart }: BodyViewerProps) {
  const [chosen, setChosen] = useState<Look | null>(null);
  const probe = useMemo<Shown>(() => ({ body, form: "pretty" }), [body]);
  const first = useFacts(probe, false);
  const look = chosen ?? (first.facts ? firstLook(first.facts) : null);
  const form = look === null || look === "preview" ? "pretty" : look;
  const shown = useMemo<Shown>(() => ({ body, form }), [body, form]);
  const { facts, failure } = useFacts(shown, look !== null && look !== "preview");
  const trouble = failure ?? first.failure;
  if (trouble) {
    return (
      <div className="pane-form">
        <FailureNote failure={trouble} />
      </div>
    );
  }
  if (!first.facts || !facts || look === null) {
    return (
      <div className="pane-form">
        <Skeleton label="Reading the body" lines={6} />
      </div>
    );
  }
  const options = looksOf(first.facts);
  const looks = <Segmented label="Form" value={look} options={options} onChange={setChosen} />;
  if (look === "preview") return <Preview body={body} facts={facts} looks={looks} onOpenPart={onOpenPart} />;
  return <BodyRows key={nameOf(shown)} shown={shown} facts={facts} looks={looks} />;
}

/** The body of the answer, of any size. */
export function BodyTab({ exchange }: { exchange: Exchange }) {
  const [trail, setTrail] = useState<Array<{ number: number; name: string }>>([]);
  const body = useMemo<BodyName>(
    () => ({ exchange: exchange.id, part: trail.map((one) => one.number) }),
    [exchange.id, trail],
  );
  const received = answerCall(exchange)?.received;
  if (!received || received.body_size === 0) {
    return (
      <EmptyState
        icon={FileQuestionMark}
        title="The answer has no body"
        text="Status and headers are all the server sent; the Headers tab shows them."
      />
    );
  }
  return (
    <div className="body-tab">
      <Breadcrumb names={trail.map((one) => one.name)} onBack={(depth) => setTrail(trail.slice(0, depth))} />
      <BodyViewer
        key={body.part.join(",")}
        body={body}
        onOpenPart={(number, name) => setTrail([...trail, { number, name }])}
      />
    </div>
  );
}
