import { AppWindow, Terminal, type LucideIcon } from "lucide-react";
import type { Door } from "../bindings/Door";
import type { HistoryEntry } from "../bindings/HistoryEntry";
import { Tag } from "../components/Tag";
import { statusTone } from "../exchange/facts";

export const DOORS: Record<Door, { name: string; icon: LucideIcon }> = {
  window: { name: "Window", icon: AppWindow },
  terminal: { name: "Command line", icon: Terminal },
};

/** The status of an entry; no answer is grey, for nobody knows whether the flow ran. */
export function StatusTag({ entry, reason }: { entry: Pick<HistoryEntry, "status">; reason?: string }) {
  if (entry.status === null) return <Tag>No answer</Tag>;
  return (
    <Tag tone={statusTone(entry.status)}>
      {entry.status}
      {reason ? ` ${reason}` : ""}
    </Tag>
  );
}

/** A text in turns: every second piece is a hit. */
export function Pieces({ pieces }: { pieces: ReadonlyArray<string> }) {
  return pieces.map((piece, place) =>
    // oxlint-disable-next-line react/no-array-index-key
    place % 2 === 1 ? <mark key={place}>{piece}</mark> : <span key={place}>{piece}</span>,
  );
}

/** Cuts a text at the words that are searched for. */
export function piecesOfText(text: string, words: ReadonlyArray<string>): string[] {
  const wanted = words.filter(Boolean).map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`));
  if (wanted.length === 0) return [text];
  return text.split(new RegExp(`(${wanted.join("|")})`, "iu"));
}
