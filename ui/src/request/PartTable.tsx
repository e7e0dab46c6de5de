import { File } from "lucide-react";
import { backend } from "../backend";
import type { Part } from "../bindings/Part";
import { Button } from "../components/Button";
import { RowTable, type TableRow } from "../components/RowTable";
import { Select } from "../components/Select";
import { emptyPart } from "./body";
import { NOT_KEPT, wasNotKept } from "./fields";

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
          <input
            className="cell mono"
            aria-label={`${name} text`}
            placeholder={again ? NOT_KEPT : ""}
            value={content.text}
            onChange={(event) =>
              change({ content: { kind: "text", text: event.target.value }, ...(again ? { enabled: true } : {}) })
            }
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

/** The parts of a multipart body: text or file. */
export function PartTable({ parts, onChange }: PartTableProps) {
  return (
    <RowTable
      noun="Part"
      rows={parts}
      empty={emptyPart()}
      heads={["Name", "Carries", "Content", "Content-Type"]}
      onChange={onChange}
      renderCells={(row) => <PartCells row={row} />}
    />
  );
}
