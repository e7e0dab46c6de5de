import { useState, type KeyboardEvent, type ReactNode, type RefObject } from "react";
import { Button } from "../components/Button";
import { Dialog } from "../components/Dialog";
import { useAttempt } from "./attempt";
import { FailureNote } from "./FailureNote";

export interface FormDialogProps {
  title: string;
  /** What the main button says: "Save key". */
  action: string;
  disabled?: boolean;
  focus: RefObject<HTMLElement | null>;
  /** The main step; why it did not work is said in the dialog. */
  onSave(): Promise<unknown>;
  onClose(): void;
  children: ReactNode;
}

/** A few fields with Cancel and one main step, which is Enter in a field and Ctrl Enter as well. */
export function FormDialog({ title, action, disabled = false, focus, onSave, onClose, children }: FormDialogProps) {
  const [failure, attempt] = useAttempt();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    if (disabled || busy) return;
    setBusy(true);
    await attempt(onSave);
    setBusy(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const inField = event.target instanceof HTMLInputElement && !event.ctrlKey && !event.metaKey;
    if (event.key === "Enter" && inField) void save();
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={() => void save()}
      focus={focus}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" keys="Ctrl Enter" disabled={disabled || busy} onClick={() => void save()}>
            {action}
          </Button>
        </>
      }
    >
      <div className="dialog-body form" onKeyDown={onKeyDown}>
        {children}
        {failure ? <FailureNote failure={failure} /> : null}
      </div>
    </Dialog>
  );
}
