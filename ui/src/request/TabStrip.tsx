import { ChevronDown, Plus, ShieldAlert, X } from "lucide-react";
import { useEffect, useRef, type DragEvent, type KeyboardEvent } from "react";
import type { Draft } from "../bindings/Draft";
import { Icon } from "../components/Icon";
import { IconButton } from "../components/IconButton";
import { Menu, MenuItem } from "../components/Menu";
import { closePage } from "../navigation";
import { useStore } from "../store";
import { useTenant } from "../tenant/state";
import { MethodName } from "./MethodName";
import { activate, closeRequest, moveRequest, openRequest, requests, step, titleOf } from "./state";

const DRAG = "application/x-sluice-tab";

function RequestTab({ draft, active }: { draft: Draft; active: boolean }) {
  const prod = useTenant(draft.tenant)?.stage === "prod";
  const unsaved = draft.file?.changed === true;
  const tab = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) tab.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [active]);
  const open = () => {
    activate(draft.id);
    // What stood in place of a request makes room, also for the tab that was active all along.
    closePage();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowRight") step(1);
    else if (event.key === "ArrowLeft") step(-1);
    else if (event.key === "Delete") closeRequest(draft.id);
    else if (event.key === "Enter" || event.key === " ") open();
    else return;
    event.preventDefault();
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.req-tab[aria-selected="true"]')?.focus());
  };
  const onDrop = (event: DragEvent) => {
    const id = event.dataTransfer.getData(DRAG);
    if (id && id !== draft.id) moveRequest(id, draft.id);
  };
  return (
    <div
      ref={tab}
      className={`req-tab ${prod ? "prod" : ""}`}
      role="tab"
      aria-selected={active}
      aria-label={`${draft.request.method} ${titleOf(draft)}${prod ? ", production" : ""}${unsaved ? ", not saved" : ""}`}
      tabIndex={active ? 0 : -1}
      draggable
      onDragStart={(event) => event.dataTransfer.setData(DRAG, draft.id)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={onDrop}
      onClick={open}
      onAuxClick={(event) => event.button === 1 && closeRequest(draft.id)}
      onKeyDown={onKeyDown}
    >
      <MethodName method={draft.request.method} short />
      {prod ? <Icon of={ShieldAlert} size={14} className="bad" /> : null}
      <span className="cut">{titleOf(draft)}</span>
      <button
        type="button"
        className={`tab-close ${unsaved ? "unsaved" : ""}`}
        tabIndex={-1}
        aria-label={`Close ${titleOf(draft)}`}
        onClick={(event) => {
          event.stopPropagation();
          closeRequest(draft.id);
        }}
      >
        {unsaved ? <span className="unsaved-dot" data-testid="unsaved" /> : null}
        <Icon of={X} size={14} />
      </button>
    </div>
  );
}

/** The open requests. */
export function TabStrip() {
  const list = useStore(requests, (state) => state.list);
  const active = useStore(requests, (state) => state.active);
  return (
    <div className="tab-strip">
      <div className="req-tabs" role="tablist" aria-label="Open requests">
        {list.map((draft) => (
          <RequestTab key={draft.id} draft={draft} active={draft.id === active} />
        ))}
      </div>
      <IconButton label="New request" keys="Ctrl N" icon={Plus} onClick={() => openRequest()} />
      <span className="grow" />
      <Menu label="All open requests" trigger={<IconButton label="All open requests" icon={ChevronDown} />}>
        {list.map((draft) => (
          <MenuItem key={draft.id} checked={draft.id === active} onSelect={() => activate(draft.id)}>
            <MethodName method={draft.request.method} short />
            {titleOf(draft)}
          </MenuItem>
        ))}
      </Menu>
    </div>
  );
}
