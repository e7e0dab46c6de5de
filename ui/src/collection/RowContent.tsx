import {
  FileText,
  FileWarning,
  Folder,
  FolderOpen,
  KeyRound,
  Package,
  ChevronDown,
  ChevronRight,
  Lock,
} from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { Icon } from "../components/Icon";
import { MethodName } from "../request/MethodName";
import { openImport } from "../service_key/import_state";
import { useStore } from "../store";
import { renameItem, spotOf } from "./actions";
import type { Row } from "./rows";
import { focusRow, treeView } from "./view";

function Rename({ row }: { row: Row }) {
  const [name, setName] = useState(row.name);
  const field = useRef<HTMLInputElement>(null);
  const over = useRef(false);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const finish = (save: boolean) => {
    if (over.current) return;
    over.current = true;
    const wanted = name.trim();
    if (save && wanted && wanted !== row.name) void renameItem(spotOf(row), wanted).then(focusRow);
    else treeView.set({ renaming: null });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    finish(event.key === "Enter");
    focusRow();
  };
  return (
    <input
      ref={field}
      className="tree-rename"
      aria-label={`New name of ${row.name}`}
      value={name}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => setName(event.target.value)}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={onKeyDown}
      onBlur={() => finish(true)}
    />
  );
}

function Twist({ row }: { row: Row }) {
  if (row.expanded === null) return <span className="tree-twist" />;
  return (
    <span className="tree-twist">
      <Icon of={row.expanded ? ChevronDown : ChevronRight} size={14} />
    </span>
  );
}

function Note({ row }: { row: Row }) {
  const { collection } = row;
  const chosen = collection.environments.find((one) => one.name === collection.environment);
  if (collection.problem) {
    const { line } = collection.problem;
    return <span className="side-note bad">{line ? `line ${line}` : "can't be read"}</span>;
  }
  if (chosen?.tenant && !chosen.tenant_known) {
    return (
      <button
        type="button"
        className="side-note warn"
        tabIndex={-1}
        aria-label={`${row.name} needs a key for ${chosen.tenant}`}
        onClick={(event) => {
          event.stopPropagation();
          openImport(chosen.tenant);
        }}
      >
        <Icon of={KeyRound} size={14} />
        needs a key
      </button>
    );
  }
  return (
    <span className="side-note">
      {collection.writable ? null : <Icon of={Lock} size={14} />}
      {collection.environment}
    </span>
  );
}

/** What stands in a row of the tree. */
export function RowContent({ row, unsaved }: { row: Row; unsaved: boolean }) {
  const renaming = useStore(treeView, (state) => state.renaming === row.key);
  const { node } = row;
  const name = renaming ? <Rename row={row} /> : <span className="tree-name cut">{row.name}</span>;
  if (!node) {
    return (
      <>
        <Twist row={row} />
        <Icon of={Package} />
        {name}
        <Note row={row} />
      </>
    );
  }
  if (node.kind === "folder") {
    return (
      <>
        <Twist row={row} />
        <Icon of={row.expanded ? FolderOpen : Folder} />
        {name}
        {node.problem ? <span className="side-note bad">can&apos;t be read</span> : null}
      </>
    );
  }
  if (node.kind === "broken") {
    return (
      <>
        <Icon of={FileWarning} className="tree-lead bad" />
        {name}
        <span className="side-note bad">{node.problem?.line ? `line ${node.problem.line}` : "can't be read"}</span>
      </>
    );
  }
  if (node.kind === "other") {
    return (
      <>
        <Icon of={FileText} className="tree-lead" />
        {name}
      </>
    );
  }
  return (
    <>
      <span className="tree-lead tree-method">
        <MethodName method={node.method ?? "GET"} short />
      </span>
      {name}
      {unsaved ? <span className="tree-dot" role="img" aria-label="not saved" /> : null}
    </>
  );
}
