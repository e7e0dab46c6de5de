import type { ReactNode } from "react";
import { backend } from "../../backend";
import type { BodyFacts } from "../../bindings/BodyFacts";
import type { BodyName } from "../../bindings/BodyName";
import { bytes } from "../../format/size";
import { BodyActions } from "./BodyActions";
import { CsvTable } from "./CsvTable";
import { Parts } from "./Parts";
import { PdfPreview } from "./pdf/PdfPreview";

export interface PreviewProps {
  body: BodyName;
  facts: BodyFacts;
  looks: ReactNode;
  onOpenPart(number: number, name: string): void;
}

function Content({ body, facts, onOpenPart }: PreviewProps) {
  switch (facts.kind) {
    case "image":
      return facts.content_type?.startsWith("image/svg") ? (
        <Framed body={body} />
      ) : (
        <div className="body-image">
          <img src={backend().bodyUrl(body)} alt={`The answer, ${facts.content_type ?? "an image"}`} />
        </div>
      );
    case "csv":
      return <CsvTable body={body} />;
    case "multipart":
    case "zip":
      return <Parts body={body} zip={facts.kind === "zip"} onOpenPart={onOpenPart} />;
    case "pdf":
      return <PdfPreview body={body} facts={facts} />;
    default:
      return <Framed body={body} />;
  }
}

/** A page of somebody else, in a frame that may do nothing but be looked at. */
function Framed({ body }: { body: BodyName }) {
  return (
    <div className="body-framed">
      <p className="body-note">Scripts and network are off in this preview.</p>
      <iframe sandbox="" src={backend().bodyUrl(body)} title="Preview of the answer" />
    </div>
  );
}

/** What a body looks like to people. */
export function Preview(props: PreviewProps) {
  const { body, facts, looks } = props;
  return (
    <div className="body-tab">
      <div className="toolbar" role="toolbar" aria-label="Body">
        {looks}
        <span className="grow" />
        <BodyActions body={body} />
      </div>
      <div className="body-preview">
        <Content {...props} />
      </div>
      <div className="body-foot">
        <span className="grow">{facts.content_type ?? "type not stated"}</span>
        <span>{bytes(facts.size)}</span>
      </div>
    </div>
  );
}
