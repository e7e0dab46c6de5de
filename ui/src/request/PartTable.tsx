import { File } from "lucide-react";
import { useState } from "react";
import { backend } from "../backend";
import type { Part } from "../bindings/Part";
import { Button } from "../components/Button";
import { RowTable, type TableRow } from "../components/RowTable";
import { Select } from "../components/Select";
import { BulkText } from "../variables/BulkText";
import { VariableField } from "../variables/VariableField";
import { emptyPart } from "./body";
import { NOT_KEPT, wasNotKept } from "./fields";
import { partsToText, textToParts } from "./part_text";

const KINDS = [
  { value: "text" as const, label: "Text" },
  { value: "file" as const, label: "File" },
];

export interface PartTableProps {
  parts: ReadonlyArray<Part>;
  onChange(parts: Part[]): void;
}

function PartCells({ row }: { row: TableRow<Part> }) {
  const { value: part, name, last, change } = row;
  const { content } = part;
  const again = content.kind === "text" && wasNotKept(part.name, content.text, part.enabled);
  const choose = async () => {
    const path = await backend().fileChoose();
    if (path) change({ content: { kind: "file", path } });
  };
  return (
    <>
      <td>
        <input
          className="cell mono"
          aria-label={`${name} name`}
          placeholder={last ? "New part" : ""}
          value={part.name}
          onChange={(event) => change({ name: event.target.value })}
        />
      </td>
      <td>
        <Select
          small
          label={`${name} carries`}
          value={content.kind}
          options={KINDS}
          onChange={(kind) => change({ content: kind === "text" ? { kind, text: "" } : { kind, path: "" } })}
        />
      </td>
      <td>
        {content.kind === "text" ? (
          <VariableField
            className="cell mono"
            aria-label={`${name} text`}
            placeholder={again ? NOT_KEPT : ""}
            value={content.text}
            onChange={(text) => change({ content: { kind: "text", text }, ...(again ? { enabled: true } : {}) })}
          />
        ) : (
          <span className="row">
            <Button size="s" icon={File} onClick={() => void choose()}>
              Choose file…
            </Button>
            <span className="mono-s cut" title={content.path}>
              {content.path || "none chosen"}
            </span>
          </span>
        )}
      </td>
      <td>
        <input
          className="cell mono"
          aria-label={`${name} content type`}
          placeholder="by itself"
          value={part.content_type ?? ""}
          onChange={(event) => change({ content_type: event.target.value || null })}
        />
      </td>
    </>
  );
}

/** The parts of a multipart body: text or file; or the same as text. */
export function PartTable({ parts, onChange }: PartTableProps) {
  const [bulk, setBulk] = useState<ReadonlyArray<Part> | null>(null);
  if (bulk) {
    return (
      <BulkText
        noun="Part"
        start={partsToText(bulk)}
        also="@ before a path sends a file."
        onChange={(text) => onChange(textToParts(text, bulk))}
        onLeave={() => setBulk(null)}
      />
    );
  }
  return (
    <RowTable
      noun="Part"
      rows={parts}
      empty={emptyPart()}
      heads={["Name", "Carries", "Content", "Content-Type"]}
      onChange={onChange}
      corner={
        <Button variant="link" size="s" onClick={() => setBulk(parts)}>
          As text
        </Button>
      }
      renderCells={(row) => <PartCells row={row} />}
    />
  );
}
