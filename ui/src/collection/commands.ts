import {
  ClipboardPaste,
  Copy,
  FilePlus,
  FolderOpen,
  FolderPlus,
  Layers,
  ListChecks,
  Pencil,
  Scissors,
  Settings2,
  Trash2,
  Upload,
  X,
} from "lucide-react";
import type { ContextCommand } from "../components/ContextMenu";
import {
  closeCollection,
  duplicateItem,
  folderOf,
  newFolder,
  newRequest,
  pasteInto,
  removeItem,
  shiftItem,
  showInFiles,
  showSettings,
  spotOf,
} from "./actions";
import { openDialog } from "./dialogs";
import type { Row } from "./rows";
import { undoInTree } from "./tree_undo";
import { treeView } from "./view";

function ofItem(row: Row): ContextCommand[] {
  const spot = spotOf(row);
  if (row.node?.kind !== "request" && row.node?.kind !== "folder") return [];
  return [
    { label: "Rename", icon: Pencil, keys: "F2", apart: true, run: () => startRename(row) },
    { label: "Duplicate", icon: Copy, keys: "Ctrl D", run: () => void duplicateItem(spot) },
    { label: "Cut", icon: Scissors, keys: "Ctrl X", run: () => treeView.set({ cut: row.key }) },
  ];
}

function startRename(row: Row): void {
  // The menu gives the focus back first.
  setTimeout(() => treeView.set({ renaming: row.key }));
}

/** What can be done with a row, as its menu says. */
export function commandsOf(row: Row): ContextCommand[] {
  const spot = spotOf(row);
  const folder = !row.node || row.node.kind === "folder";
  const { cut } = treeView.get();
  return [
    { label: "New request", icon: FilePlus, keys: "N", run: () => void newRequest(folderOf(row)) },
    { label: "New folder", icon: FolderPlus, run: () => void newFolder(folderOf(row)) },
    ...(folder ? [{ label: "Settings", icon: Settings2, apart: true, run: () => showSettings(spot) }] : []),
    ...(row.node
      ? []
      : [
          {
            label: "Environments…",
            icon: Layers,
            run: () => openDialog({ kind: "environments", collection: spot.collection }),
          },
          {
            label: "Check collection",
            icon: ListChecks,
            run: () => openDialog({ kind: "check", collection: spot.collection }),
          },
        ]),
    ...(row.node ? ofItem(row) : []),
    { label: "Paste", icon: ClipboardPaste, keys: "Ctrl V", disabled: cut === null, run: () => void pasteInto(row) },
    { label: "Show in file manager", icon: FolderOpen, apart: true, run: () => void showInFiles(spot) },
    ...(row.node?.kind === "broken" || row.node?.kind === "other"
      ? []
      : [{ label: "Export…", icon: Upload, run: () => openDialog({ kind: "export", spot, name: row.name }) }]),
    row.node
      ? {
          label: "Delete",
          icon: Trash2,
          keys: "Del",
          danger: true,
          apart: true,
          run: () => void removeItem(spot, row.name),
        }
      : { label: "Close collection", icon: X, apart: true, run: () => void closeCollection(spot.collection) },
  ];
}

interface Stroke {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** What a key stroke does with the row that has the focus; null when it is no key of the tree. */
export function strokeOf(stroke: Stroke, row: Row): (() => void) | null {
  const spot = spotOf(row);
  const item = row.node !== null;
  const whole = item && (row.node?.kind === "request" || row.node?.kind === "folder");
  const key = stroke.key.toLowerCase();
  if (stroke.ctrlKey || stroke.metaKey) {
    if (key === "d" && whole) return () => void duplicateItem(spot);
    if (key === "x" && whole) return () => treeView.set({ cut: row.key });
    if (key === "v" && treeView.get().cut) return () => void pasteInto(row);
    if (key === "z" && !stroke.shiftKey) return undoInTree;
    return null;
  }
  if (stroke.altKey) {
    if (key === "arrowup" && item) return () => void shiftItem(spot, -1);
    if (key === "arrowdown" && item) return () => void shiftItem(spot, 1);
    return null;
  }
  if (key === "f2" && whole) return () => treeView.set({ renaming: row.key });
  if (key === "delete" && item) return () => void removeItem(spot, row.name);
  if (key === "n" && !stroke.shiftKey) return () => void newRequest(folderOf(row));
  if (key === "escape" && treeView.get().cut) return () => treeView.set({ cut: null });
  return null;
}
