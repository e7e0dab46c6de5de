import { CircleX, FilePlus, FolderInput, FolderOpen, FolderPlus, Package, Plus, Search, X } from "lucide-react";
import { useEffect, useMemo } from "react";
import { Button } from "../components/Button";
import { Field } from "../components/Field";
import { Icon } from "../components/Icon";
import { IconButton } from "../components/IconButton";
import { Menu, MenuItem, MenuLine } from "../components/Menu";
import { moveFocus } from "../components/move_focus";
import { SideGroup, SideRow } from "../components/SideList";
import { FailureNote } from "../failure/FailureNote";
import { count } from "../format/time";
import { goTo, openPage } from "../navigation";
import { MethodName } from "../request/MethodName";
import { activate, openRequest, requests, titleOf } from "../request/state";
import { useStore } from "../store";
import { folderOf, newFolder, newRequest } from "./actions";
import { CollectionTreeView, useShownKey } from "./CollectionTreeView";
import { openCollection, openDialog } from "./dialogs";
import { flatten, wordsOf, type Row } from "./rows";
import { treeFailure, useCollections } from "./state";
import { reveal, treeView } from "./view";

function NewMenu({ row }: { row: Row | undefined }) {
  return (
    <Menu label="New" trigger={<IconButton label="New" icon={Plus} data-testid="collection-new" />}>
      <MenuItem
        icon={FilePlus}
        keys={row ? "N" : "Ctrl N"}
        onSelect={() => (row ? void newRequest(folderOf(row)) : (openRequest(), goTo("requests")))}
      >
        New request
      </MenuItem>
      <MenuItem icon={FolderPlus} disabled={!row} onSelect={() => row && void newFolder(folderOf(row))}>
        New folder
      </MenuItem>
      <MenuLine />
      <MenuItem icon={Package} onSelect={() => openDialog({ kind: "create" })}>
        New collection…
      </MenuItem>
      <MenuItem icon={FolderOpen} keys="Ctrl O" onSelect={() => void openCollection()}>
        Open collection…
      </MenuItem>
      <MenuItem icon={FolderInput} onSelect={() => openDialog({ kind: "import" })}>
        Import…
      </MenuItem>
    </Menu>
  );
}

/** Open requests that stand in no file. */
function Loose({ filter }: { filter: string }) {
  const all = useStore(requests, (state) => state.list);
  const active = useStore(requests, (state) => state.active);
  const words = wordsOf(filter);
  const list = all.filter(
    (draft) =>
      !draft.file &&
      words.every((word) =>
        `${draft.request.method} ${titleOf(draft)} ${draft.tenant ?? ""}`.toLowerCase().includes(word),
      ),
  );
  if (list.length === 0) return null;
  const first = list.some((draft) => draft.id === active) ? active : list[0]?.id;
  return (
    <div className="tree-loose" onKeyDown={(event) => moveFocus(event, ".side-row")}>
      <SideGroup title="Not in a collection" count={list.length}>
        {list.map((draft) => (
          <SideRow
            key={draft.id}
            current={draft.id === active}
            first={draft.id === first}
            onOpen={() => (activate(draft.id), goTo("requests"))}
          >
            <span className="side-method">
              <MethodName method={draft.request.method} short />
            </span>
            <span className="side-name cut">{titleOf(draft)}</span>
            <span className="side-note">{draft.tenant}</span>
          </SideRow>
        ))}
      </SideGroup>
    </div>
  );
}

/** What to do while no collection is open. */
function NoCollections() {
  return (
    <div className="tree-empty" data-testid="collections-empty">
      <p>
        A collection is a folder of requests on this computer. Put it under version control, share it, open it in
        another tool.
      </p>
      <Button icon={FolderOpen} onClick={() => void openCollection()}>
        Open a collection folder
      </Button>
      <Button icon={Package} onClick={() => openDialog({ kind: "create" })}>
        New collection
      </Button>
      <Button icon={FolderInput} onClick={() => openDialog({ kind: "import" })}>
        Import from another tool
      </Button>
    </div>
  );
}

function Failed() {
  const failure = useStore(treeFailure, (state) => state.failure);
  if (!failure) return null;
  return (
    <div className="tree-failure">
      <FailureNote
        failure={failure}
        actions={<IconButton size="s" label="Close" icon={X} onClick={() => treeFailure.set({ failure: null })} />}
      />
    </div>
  );
}

function Foot() {
  const list = useCollections();
  const { total, broken } = useMemo(() => {
    const nodes = list.flatMap((tree) => tree.nodes.map((node) => ({ collection: tree.id, node })));
    return {
      total: nodes.filter(({ node }) => node.kind === "request").length,
      broken: nodes.filter(({ node }) => node.kind === "broken"),
    };
  }, [list]);
  const show = () => {
    const first = broken[0];
    if (!first) return;
    treeView.set({ filter: "" });
    reveal(first.collection, first.node.path);
    openPage({ kind: "broken", collection: first.collection, path: first.node.path });
  };
  return (
    <div className="tree-foot">
      {broken.length > 0 ? (
        <button type="button" className="row bad" onClick={show} data-testid="broken-files">
          <Icon of={CircleX} size={14} />
          {broken.length === 1 ? "1 file can't be read" : `${broken.length} files can't be read`}
        </button>
      ) : null}
      <span className="grow" />
      <span className="dim">{count(total, "request")}</span>
    </div>
  );
}

/** The sidebar of the workbench: collections, and requests in none. */
export function CollectionSidebar() {
  const list = useCollections();
  const expanded = useStore(treeView, (state) => state.expanded);
  const filter = useStore(treeView, (state) => state.filter);
  const active = useStore(treeView, (state) => state.active);
  const rows = useMemo(() => flatten(list, expanded, filter), [list, expanded, filter]);
  const shown = useShownKey();
  useEffect(() => {
    // The selection follows the active tab.
    if (!shown) return;
    const at = shown.indexOf("/");
    reveal(shown.slice(0, at), shown.slice(at + 1));
  }, [shown]);
  return (
    <>
      <div className="side-head">
        <Field
          className="grow"
          label="Filter requests"
          hideLabel
          placeholder="Filter requests"
          icon={Search}
          value={filter}
          onChange={(event) => treeView.set({ filter: event.target.value })}
          onKeyDown={(event) => event.key === "Escape" && treeView.set({ filter: "" })}
        />
        <NewMenu row={rows.find((row) => row.key === active) ?? rows[0]} />
      </div>
      {list.length === 0 ? <NoCollections /> : <CollectionTreeView rows={rows} />}
      {list.length > 0 && rows.length === 0 ? <p className="side-empty">No request matches “{filter}”.</p> : null}
      <Loose filter={filter} />
      <Failed />
      {list.length > 0 ? <Foot /> : null}
    </>
  );
}
