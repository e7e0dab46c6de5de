import { Ellipsis, Save, Send, ShieldAlert, Square } from "lucide-react";
import { useEffect, useRef, useState, type ClipboardEvent } from "react";
import type { Draft } from "../bindings/Draft";
import type { Resolved } from "../bindings/Resolved";
import { duplicateTab } from "../collection/actions";
import { Combobox } from "../components/Combobox";
import { Icon } from "../components/Icon";
import { IconButton } from "../components/IconButton";
import { Menu, MenuItem, MenuLine } from "../components/Menu";
import { Tooltip } from "../components/Tooltip";
import { cancelSending, useAnswer } from "../exchange/state";
import { CopyText } from "../failure/CopyText";
import { useStore } from "../store";
import { useTenant } from "../tenant/state";
import { VariableField } from "../variables/VariableField";
import { copyCurl, isCurl, pasteCurl } from "./curl";
import { RenameRequest } from "./RenameRequest";
import { saveRequest } from "./save";
import { asksFirst, guard, sendRequest } from "./send";
import { changeRequest, closeRequest, redoEdit, undoEdit } from "./state";
import { useSteps } from "./undo";

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
  const steps = useSteps(id);
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text");
    if (!isCurl(text)) return;
    event.preventDefault();
    void pasteCurl(id, text);
  };
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
        <VariableField
          className="url mono"
          boxClass="url-wrap"
          aria-label="URL"
          data-testid="url"
          value={request.url}
          placeholder="/http/your-flow, or a whole URL"
          onChange={(url) => changeRequest(id, { url })}
          onPaste={paste}
        />
        <CopyText label="Copy the whole URL" text={resolved?.url ?? request.url} />
      </div>
      <SendButton draft={draft} />
      <IconButton
        size="l"
        label={draft.file ? "Save to its file" : "Save to collection…"}
        keys="Ctrl S"
        icon={Save}
        disabled={draft.file !== null && !draft.file.changed}
        onClick={() => void saveRequest(id)}
        data-testid="save"
      />
      <Menu
        label="Actions of this request"
        trigger={<IconButton size="l" label="Actions of this request" icon={Ellipsis} />}
      >
        <MenuItem keys="F2" onSelect={() => setRenaming(true)}>
          Rename…
        </MenuItem>
        <MenuItem keys="Ctrl D" onSelect={() => void duplicateTab(id)}>
          Duplicate
        </MenuItem>
        <MenuItem keys="Ctrl Shift C" onSelect={() => void copyCurl(id)}>
          Copy as cURL
        </MenuItem>
        <MenuLine />
        <MenuItem keys="Ctrl Z" disabled={!steps.undo} onSelect={() => undoEdit(id)}>
          Undo
        </MenuItem>
        <MenuItem keys="Ctrl Shift Z" disabled={!steps.redo} onSelect={() => redoEdit(id)}>
          Redo
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
