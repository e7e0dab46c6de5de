import { ClipboardPaste, FileBraces } from "lucide-react";
import type { Ref } from "react";
import { Button } from "../components/Button";
import { useStore } from "../store";
import { chooseKeyFile, imports, pasteKey } from "./import_state";

export interface DropHintProps {
  /** Whether Ctrl V works in the whole window: "anywhere in this window". */
  anywhere?: boolean;
  /** The button that pastes. */
  start?: Ref<HTMLButtonElement>;
  /** What its buttons are called in tests. */
  testIds: { paste: string; file: string };
}

/** Says that a key can be pasted or dropped; a hint, not the target. */
export function DropHint({ anywhere = false, start, testIds }: DropHintProps) {
  const reading = useStore(imports, (state) => state.reading);
  return (
    <div className="drop">
      <p>
        Press <kbd>Ctrl V</kbd> {anywhere ? "anywhere in this window," : ""} or drop the file here
      </p>
      <div className="row">
        <Button
          ref={start}
          variant="primary"
          icon={ClipboardPaste}
          busy={reading}
          onClick={() => void pasteKey()}
          data-testid={testIds.paste}
        >
          Paste from clipboard
        </Button>
        <Button icon={FileBraces} onClick={() => void chooseKeyFile()} data-testid={testIds.file}>
          Choose file…
        </Button>
      </div>
    </div>
  );
}
