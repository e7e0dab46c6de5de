import { Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./Button";
import { Ask } from "./Dialog";
import { Icon } from "./Icon";

export interface RemoveDialogProps {
  title: string;
  text: string;
  hint: string;
  /** What the red button says: "Remove key". */
  action: string;
  onRemove(): void;
  onClose(): void;
  children?: ReactNode;
}

/** Asks before something is removed for good. */
export function RemoveDialog({ title, text, hint, action, onRemove, onClose, children }: RemoveDialogProps) {
  return (
    <Ask
      title={title}
      tile={
        <span className="tile l prod">
          <Icon of={Trash2} size={24} />
        </span>
      }
      text={text}
      hint={hint}
      onClose={onClose}
      action={
        <Button variant="danger" onClick={onRemove}>
          {action}
        </Button>
      }
    >
      {children}
    </Ask>
  );
}
