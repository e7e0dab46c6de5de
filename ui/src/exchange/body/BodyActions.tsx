import { Download, ExternalLink } from "lucide-react";
import { backend } from "../../backend";
import { Dialog } from "../../components/Dialog";
import { IconButton } from "../../components/IconButton";
import { toast } from "../../components/Toast";
import { useAttempt } from "../../failure/attempt";
import { FailureNote } from "../../failure/FailureNote";

/** Writes the body of an answer to a file, and says where. */
export async function saveBody(exchange: string): Promise<void> {
  const path = await backend().bodySave(exchange);
  if (path) toast(`Saved to ${path}`);
}

/** Takes the whole body out of the window. */
export function BodyActions({ exchange }: { exchange: string }) {
  const [failure, attempt, forget] = useAttempt();
  return (
    <>
      <IconButton
        size="s"
        label="Open with the system"
        icon={ExternalLink}
        onClick={() => void attempt(() => backend().bodyOpen(exchange))}
      />
      <IconButton
        size="s"
        label="Save the body to a file"
        icon={Download}
        onClick={() => void attempt(() => saveBody(exchange))}
      />
      {failure ? (
        <Dialog title="That did not work" onClose={forget}>
          <div className="dialog-body">
            <FailureNote failure={failure} />
          </div>
        </Dialog>
      ) : null}
    </>
  );
}
