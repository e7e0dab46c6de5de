import { useMemo, useState, type DragEvent, type HTMLAttributes } from "react";
import { ContextMenu } from "../components/ContextMenu";
import { Tree } from "../components/Tree";
import { navigation } from "../navigation";
import { requests } from "../request/state";
import { useStore } from "../store";
import { moveItem, openRow, spotOf } from "./actions";
import { commandsOf, strokeOf } from "./commands";
import { targetOf, zoneOf, type Zone } from "./drag";
import { keyOf, type Row } from "./rows";
import { RowContent } from "./RowContent";
import { expand, treeView } from "./view";

const DRAG = "application/x-sluice-item";

/** The row whose content is shown: the page's, else that of the active tab's file. */
export function useShownKey(): string | null {
  const page = useStore(navigation, (state) => state.page);
  const ofDraft = useStore(requests, ({ list, active }) => {
    const file = list.find((one) => one.id === active)?.file;
    return file ? keyOf(file.collection, file.path) : null;
  });
  if (page?.kind === "broken" || page?.kind === "folder") return keyOf(page.collection, page.path);
  return page ? null : ofDraft;
}

function useUnsaved(): ReadonlySet<string> {
  // A text keeps its identity while the drafts' edits come and go.
  const keys = useStore(requests, ({ list }) =>
    list.flatMap(({ file }) => (file?.changed ? [keyOf(file.collection, file.path)] : [])).join("\n"),
  );
  return useMemo(() => new Set(keys.split("\n")), [keys]);
}

function useDragging() {
  const [dragged, setDragged] = useState<Row | null>(null);
  const [over, setOver] = useState<{ key: string; zone: Zone } | null>(null);
  const end = () => {
    setDragged(null);
    setOver(null);
  };
  const zoneAt = (event: DragEvent, row: Row): Zone => {
    const box = event.currentTarget.getBoundingClientRect();
    return zoneOf(row, box.height > 0 ? (event.clientY - box.top) / box.height : 0);
  };
  const attributes = (row: Row): HTMLAttributes<HTMLDivElement> => ({
    draggable: row.node !== null && row.node.kind !== "other",
    onDragStart: (event) => {
      event.dataTransfer.setData(DRAG, row.key);
      event.dataTransfer.effectAllowed = "move";
      setDragged(row);
    },
    onDragOver: (event) => {
      if (!dragged || dragged.key === row.key) return;
      event.preventDefault();
      const zone = zoneAt(event, row);
      if (over?.key !== row.key || over.zone !== zone) setOver({ key: row.key, zone });
    },
    onDrop: (event) => {
      event.preventDefault();
      if (dragged && dragged.key !== row.key) {
        const { to, before } = targetOf(row, zoneAt(event, row));
        void moveItem(spotOf(dragged), to, before);
      }
      end();
    },
    onDragEnd: end,
    className: over?.key === row.key ? `drop-${over.zone}` : "",
  });
  return attributes;
}

/** The tree of the open collections. */
export function CollectionTreeView({ rows }: { rows: Row[] }) {
  const active = useStore(treeView, (state) => state.active);
  const cut = useStore(treeView, (state) => state.cut);
  const selected = useShownKey();
  const unsaved = useUnsaved();
  const dragging = useDragging();
  const current = rows.find((row) => row.key === active);
  const attributes = (row: Row): HTMLAttributes<HTMLDivElement> => {
    const drag = dragging(row);
    const kind = row.node?.kind ?? "collection";
    return {
      ...drag,
      className: `${kind} ${row.key === cut ? "cut-out" : ""} ${drag.className ?? ""}`,
      onContextMenu: () => treeView.set({ active: row.key }),
    };
  };
  return (
    <ContextMenu
      label={current ? `Actions of ${current.name}` : "Actions"}
      commands={current ? commandsOf(current) : []}
    >
      <div className="tree-area">
        <Tree
          label="Collections"
          rows={rows}
          active={active}
          selected={selected}
          onActive={(key) => treeView.set({ active: key })}
          onOpen={openRow}
          onToggle={(row, open) => expand(row.key, open)}
          onKey={(event, row) => {
            const act = strokeOf(event, row);
            act?.();
            return act !== null;
          }}
          attributes={attributes}
          renderRow={(row) => <RowContent row={row} unsaved={unsaved.has(row.key)} />}
          testId="collection-tree"
        />
      </div>
    </ContextMenu>
  );
}
