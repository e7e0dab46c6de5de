import type { ReactNode, RefObject } from "react";
import { Button } from "./Button";
import { Dialog } from "./Dialog";

export interface FormDialogProps {
  title: string;
  /** What the main button says: "Save key". */
  action: string;
  disabled?: boolean;
  focus: RefObject<HTMLElement | null>;
  onSave(): void;
  onClose(): void;
  children: ReactNode;
}

/** A few fields with Cancel and one main step, which is Ctrl Enter as well. */
export function FormDialog({ title, action, disabled = false, focus, onSave, onClose, children }: FormDialogProps) {
  const save = () => {
    if (!disabled) onSave();
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={save}
      focus={focus}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" keys="Ctrl Enter" disabled={disabled} onClick={save}>
            {action}
          </Button>
        </>
      }
    >
      <div className="dialog-body form">{children}</div>
    </Dialog>
  );
}
