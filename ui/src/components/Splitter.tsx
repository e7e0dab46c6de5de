import { Separator } from "react-resizable-panels";

export { Group as SplitGroup, Panel as SplitPanel } from "react-resizable-panels";

/** A line of one pixel that is grabbed at eight. */
export function Splitter({ label }: { label: string }) {
  return <Separator className="split" aria-label={label} />;
}
