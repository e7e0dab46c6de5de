import { Ellipsis, Send, ShieldAlert, Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Draft } from "../bindings/Draft";
import type { Resolved } from "../bindings/Resolved";
import { Combobox } from "../components/Combobox";
import { Icon } from "../components/Icon";
import { IconButton } from "../components/IconButton";
import { Menu, MenuItem, MenuLine } from "../components/Menu";
import { Tooltip } from "../components/Tooltip";
import { cancelSending, useAnswer } from "../exchange/state";
import { CopyText } from "../failure/CopyText";
import { useStore } from "../store";
import { useTenant } from "../tenant/state";
import { RenameRequest } from "./RenameRequest";
import { asksFirst, guard, sendRequest } from "./send";
import { changeRequest, closeRequest, duplicate } from "./state";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/** Send, and Cancel in its place while it goes on: one element, so that the focus stays. */
function SendButton({ draft }: { draft: Draft }) {
  const sending = useAnswer(draft.id).sending !== null;
  const prod = useTenant(draft.tenant)?.stage === "prod";
  const button = useRef<HTMLButtonElement>(null);
  const was = useRef(sending);
  useStore(guard, (state) => state.released);
  useEffect(() => {
    if (was.current && !sending && document.activeElement === document.body) button.current?.focus();
    was.current = sending;
  }, [sending]);
  const asks = asksFirst(draft.request.method, draft.tenant);
  const name = sending ? "Cancel" : asks ? "Send…" : "Send";
  return (
    <Tooltip text={sending ? "Stop waiting" : asks ? "Send, asks first" : "Send"} keys={sending ? "Esc" : "Ctrl Enter"}>
      <button
        ref={button}
        type="button"
        className={`btn l send ${sending ? "outlined" : "primary"} ${prod ? "prod" : ""}`}
        onClick={() => (sending ? cancelSending(draft.id) : sendRequest(draft.id))}
        data-testid={sending ? "cancel" : "send"}
      >
        <Icon of={sending ? Square : asks ? ShieldAlert : Send} />
        {name}
      </button>
    </Tooltip>
  );
}

/** Method, URL and Send. */
export function UrlRow({ draft, resolved }: { draft: Draft; resolved: Resolved | null }) {
  const [renaming, setRenaming] = useState(false);
  const prod = useTenant(draft.tenant)?.stage === "prod";
  const { request, id } = draft;
  return (
    <div className="url-row">
      <div className={`url-box ${prod ? "prod" : ""}`}>
        <Combobox
          label="Method"
          className={`method ${request.method.toLowerCase()}`}
          value={request.method}
          options={METHODS}
          testId="method"
          onChange={(method) => changeRequest(id, { method: method.trim().toUpperCase() })}
        />
        <input
          className="url mono"
          aria-label="URL"
          data-testid="url"
          value={request.url}
          placeholder="/http/your-flow, or a whole URL"
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => changeRequest(id, { url: event.target.value })}
        />
        <CopyText label="Copy the whole URL" text={resolved?.url ?? request.url} />
      </div>
      <SendButton draft={draft} />
      <Menu
        label="Actions of this request"
        trigger={<IconButton size="l" label="Actions of this request" icon={Ellipsis} />}
      >
        <MenuItem keys="F2" onSelect={() => setRenaming(true)}>
          Rename…
        </MenuItem>
        <MenuItem keys="Ctrl D" onSelect={() => duplicate(id)}>
          Duplicate
        </MenuItem>
        <MenuLine />
        <MenuItem keys="Ctrl W" onSelect={() => closeRequest(id)}>
          Close
        </MenuItem>
      </Menu>
      {renaming ? <RenameRequest draft={draft} onClose={() => setRenaming(false)} /> : null}
    </div>
  );
}
