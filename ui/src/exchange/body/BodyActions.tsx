import { Download, ExternalLink } from "lucide-react";
import { backend } from "../../backend";
import type { BodyName } from "../../bindings/BodyName";
import { IconButton } from "../../components/IconButton";
import { toast } from "../../components/Toast";
import { useAttempt } from "../../failure/attempt";
import { FailureDialog } from "../../failure/FailureDialog";

/** Writes a body to a file, and says where. */
async function saveBody(body: BodyName): Promise<void> {
  const path = await backend().bodySave(body);
  if (path) toast(`Saved to ${path}`);
}

/** Takes a whole body, or a whole part of one, out of the window. */
export function BodyActions({ body }: { body: BodyName }) {
  const [failure, attempt, forget] = useAttempt();
  return (
    <>
      <IconButton
        size="s"
        label="Open with the system"
        icon={ExternalLink}
        onClick={() => void attempt(() => backend().bodyOpen(body))}
      />
      <IconButton
        size="s"
        label="Save the body to a file"
        icon={Download}
        onClick={() => void attempt(() => saveBody(body))}
      />
      <FailureDialog title="That did not work" failure={failure} onClose={forget} />
    </>
  );
}
