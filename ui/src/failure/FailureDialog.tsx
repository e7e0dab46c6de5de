import type { Error as Failure } from "../bindings/Error";
import { Dialog } from "../components/Dialog";
import { FailureNote } from "./FailureNote";

export interface FailureDialogProps {
  title: string;
  failure: Failure | null;
  onClose(): void;
}

/** Why something a button did failed, where there is no place for it beside the button. */
export function FailureDialog({ title, failure, onClose }: FailureDialogProps) {
  if (!failure) return null;
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="dialog-body">
        <FailureNote failure={failure} />
      </div>
    </Dialog>
  );
}
