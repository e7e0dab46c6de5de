import { Trash2 } from "lucide-react";
import { Button } from "../components/Button";
import { Ask } from "../components/Dialog";
import { Icon } from "../components/Icon";
import { useAttempt } from "./attempt";
import { FailureNote } from "./FailureNote";

export interface RemoveDialogProps {
  title: string;
  text: string;
  hint: string;
  /** What the red button says: "Remove key". */
  action: string;
  /** Why it did not work is said in the dialog. */
  onRemove(): Promise<unknown>;
  onClose(): void;
}

/** Asks before something is removed for good. */
export function RemoveDialog({ title, text, hint, action, onRemove, onClose }: RemoveDialogProps) {
  const [failure, attempt] = useAttempt();
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
        <Button variant="danger" onClick={() => void attempt(onRemove)}>
          {action}
        </Button>
      }
    >
      {failure ? <FailureNote failure={failure} /> : null}
    </Ask>
  );
}
