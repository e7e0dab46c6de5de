import { KeyRound } from "lucide-react";
import { Button } from "../components/Button";
import { Callout } from "../components/Callout";
import { useStore } from "../store";
import { goOnWithImport, imports, isAside } from "./import_state";

/** The way back to a pasted key that was left for the settings. */
export function WaitingImport() {
  const waits = useStore(imports, isAside);
  if (!waits) return null;
  const goOn = (
    <Button size="s" variant="primary" onClick={goOnWithImport} data-testid="import-go-on">
      Go on with the key
    </Button>
  );
  return (
    <Callout tone="info" icon={KeyRound} title="A service key waits to be saved" actions={goOn} testId="import-waits">
      <p>It is in memory only, and gone with the window.</p>
    </Callout>
  );
}
