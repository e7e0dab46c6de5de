import { Separator } from "react-resizable-panels";

export { Group as SplitGroup, Panel as SplitPanel, usePanelRef } from "react-resizable-panels";

/** A line of one pixel that is grabbed at eight; a double click gives the panels their first sizes back. */
export function Splitter({ label }: { label: string }) {
  return <Separator className="split" aria-label={label} />;
}
