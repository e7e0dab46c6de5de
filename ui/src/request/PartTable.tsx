import { File, Trash2 } from "lucide-react";
import { backend } from "../backend";
import type { Part } from "../bindings/Part";
import { Button } from "../components/Button";
import { Checkbox } from "../components/Choice";
import { IconButton } from "../components/IconButton";
import { Select } from "../components/Select";
import { emptyPart } from "./body";

const KINDS = [
  { value: "text" as const, label: "Text" },
  { value: "file" as const, label: "File" },
];

export interface PartTableProps {
  parts: ReadonlyArray<Part>;
  onChange(parts: Part[]): void;
}

/** The parts of a multipart body: text or file. */
export function PartTable({ parts, onChange }: PartTableProps) {
  const change = (place: number, part: Partial<Part>) => {
    if (place === parts.length) onChange([...parts, { ...emptyPart(), ...part }]);
    else onChange(parts.map((one, at) => (at === place ? { ...one, ...part } : one)));
  };
  const choose = async (place: number) => {
    const path = await backend().fileChoose();
    if (path) change(place, { content: { kind: "file", path } });
  };
  return (
    <table className="table dense parts" aria-label="Parts">
      <thead>
        <tr>
          <th className="narrow">
            <span className="sr">Sent</span>
          </th>
          <th>Name</th>
          <th>Carries</th>
          <th>Content</th>
          <th>Content-Type</th>
          <th className="narrow">
            <span className="sr">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {[...parts, emptyPart()].map((part, place) => {
          const last = place === parts.length;
          const name = `Part ${place + 1}`;
          const { content } = part;
          return (
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={place} className={part.enabled ? "" : "off"}>
              <td>
                {last ? null : (
                  <Checkbox
                    label={`Send ${name}`}
                    hideLabel
                    checked={part.enabled}
                    onChange={(enabled) => change(place, { enabled })}
                  />
                )}
              </td>
              <td>
                <input
                  className="cell mono"
                  aria-label={`${name} name`}
                  placeholder={last ? "New part" : ""}
                  value={part.name}
                  onChange={(event) => change(place, { name: event.target.value })}
                />
              </td>
              <td>
                <Select
                  small
                  label={`${name} carries`}
                  value={content.kind}
                  options={KINDS}
                  onChange={(kind) =>
                    change(place, { content: kind === "text" ? { kind, text: "" } : { kind, path: "" } })
                  }
                />
              </td>
              <td>
                {content.kind === "text" ? (
                  <input
                    className="cell mono"
                    aria-label={`${name} text`}
                    value={content.text}
                    onChange={(event) => change(place, { content: { kind: "text", text: event.target.value } })}
                  />
                ) : (
                  <span className="row">
                    <Button size="s" icon={File} onClick={() => void choose(place)}>
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
                  onChange={(event) => change(place, { content_type: event.target.value || null })}
                />
              </td>
              <td className="num">
                {last ? null : (
                  <IconButton
                    size="s"
                    label={`Delete ${name}`}
                    icon={Trash2}
                    onClick={() => onChange(parts.filter((_, at) => at !== place))}
                  />
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
