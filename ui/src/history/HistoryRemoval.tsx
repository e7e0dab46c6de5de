import { RemoveDialog } from "../failure/RemoveDialog";
import { count as counted } from "../format/time";
import { useStore } from "../store";
import { removal, remove, type Removal } from "./actions";

function wordsOf(what: Removal): { title: string; text: string; action: string } {
  if (what.kind === "all") {
    const text = "Every exchange and its bodies go, pinned ones too. Requests and collections stay.";
    return { title: "Delete all history?", text, action: "Delete all history" };
  }
  if (what.kind === "some") {
    const many = counted(what.exchanges.length, "exchange");
    const text = "They go with their bodies and notes. Requests and collections stay.";
    return { title: `Delete ${many}?`, text, action: `Delete ${many}` };
  }
  const text = `Everything that fits ${what.text} goes; pinned exchanges stay.`;
  return { title: "Delete all that was found?", text, action: "Delete all found" };
}

/** Asks before exchanges are deleted for good. */
export function HistoryRemoval() {
  const asking = useStore(removal, (state) => state.asking);
  if (!asking) return null;
  return (
    <RemoveDialog
      {...wordsOf(asking)}
      hint="Nothing brings them back."
      onRemove={() => remove(asking)}
      onClose={() => removal.set({ asking: null })}
    />
  );
}
