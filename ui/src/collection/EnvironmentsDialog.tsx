import { Globe, Pencil, Plus, Trash2 } from "lucide-react";
import { useRef, type KeyboardEvent } from "react";
import type { Page } from "../navigation";
import { Button } from "../components/Button";
import { Dialog } from "../components/Dialog";
import { IconButton } from "../components/IconButton";
import { moveFocus } from "../components/move_focus";
import { openPage } from "../navigation";
import { useStore } from "../store";
import { closeDialog } from "./dialogs";
import { EnvironmentName } from "./EnvironmentChip";
import { chooseEnvironment, removeEnvironment } from "./environments";
import { environmentEdits, isUnsaved } from "./environment_edits";
import { Unsaved } from "./PageHead";
import { keyOf } from "./rows";
import { useCollection } from "./state";

function show(page: Page): void {
  closeDialog();
  openPage(page);
}

/** The environments of a collection: choose by click, Enter or digit, edit, delete, make. */
export function EnvironmentsDialog({ collection }: { collection: string }) {
  const tree = useCollection(collection);
  const edits = useStore(environmentEdits, (state) => state);
  const first = useRef<HTMLButtonElement>(null);
  if (!tree) return null;
  const choose = (name: string | null) => {
    closeDialog();
    void chooseEnvironment(collection, name);
  };
  const names = [...tree.environments.map((one) => one.name), null];
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const digit = /^[0-9]$/.test(event.key) && !event.ctrlKey && !event.altKey ? Number(event.key) : -1;
    const name = digit === 0 ? null : names[digit - 1];
    if (digit >= 0 && name !== undefined) {
      event.preventDefault();
      choose(name);
    } else moveFocus(event, ".environment-choice");
  };
  return (
    <Dialog
      title={`Environments of ${tree.name}`}
      focus={first}
      onClose={closeDialog}
      testId="environments-dialog"
      footer={
        <>
          <Button icon={Globe} onClick={() => show({ kind: "globals" })}>
            Global variables
          </Button>
          <span className="grow" />
          <Button
            variant="primary"
            icon={Plus}
            onClick={() => show({ kind: "environment", collection, environment: null })}
          >
            New environment
          </Button>
        </>
      }
    >
      <div className="dialog-body" onKeyDown={onKeyDown}>
        {tree.environments.length === 0 ? (
          <p className="second">An environment holds what differs between landscapes, and names their tenant.</p>
        ) : null}
        <ul className="environment-list">
          {tree.environments.map((one, at) => (
            <li key={one.name} className="environment-row">
              <button
                ref={at === 0 ? first : undefined}
                type="button"
                className="environment-choice row grow"
                aria-pressed={one.name === tree.environment}
                onClick={() => choose(one.name)}
              >
                {at < 9 ? <kbd aria-hidden="true">{at + 1}</kbd> : null}
                <EnvironmentName environment={one} />
                {one.name === tree.environment ? <span className="dim small">in use</span> : null}
                {isUnsaved(edits[keyOf(collection, one.name)]) ? <Unsaved /> : null}
                {one.problem ? <span className="bad small">can&apos;t be read</span> : null}
              </button>
              <IconButton
                size="s"
                label={`Edit ${one.name}`}
                icon={Pencil}
                onClick={() => show({ kind: "environment", collection, environment: one.name })}
              />
              <IconButton
                size="s"
                label={`Delete ${one.name}`}
                icon={Trash2}
                onClick={() => void removeEnvironment(collection, one.name)}
              />
            </li>
          ))}
          {tree.environments.length > 0 ? (
            <li className="environment-row">
              <button
                type="button"
                className="environment-choice row grow"
                aria-pressed={tree.environment === null}
                onClick={() => choose(null)}
              >
                <kbd aria-hidden="true">0</kbd>
                No environment
              </button>
            </li>
          ) : null}
        </ul>
      </div>
    </Dialog>
  );
}
