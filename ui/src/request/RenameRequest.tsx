import { useRef, useState, type FormEvent } from "react";
import type { Draft } from "../bindings/Draft";
import { Button } from "../components/Button";
import { Dialog } from "../components/Dialog";
import { Field } from "../components/Field";
import { changeDraft, titleOf } from "./state";

/** Gives a tab a name of its own; an empty one returns to the path. */
export function RenameRequest({ draft, onClose }: { draft: Draft; onClose(): void }) {
  const [title, setTitle] = useState(draft.title ?? "");
  const field = useRef<HTMLInputElement>(null);
  const save = (event?: FormEvent) => {
    event?.preventDefault();
    changeDraft(draft.id, (now) => ({ ...now, title: title.trim() || null }));
    onClose();
  };
  return (
    <Dialog
      title="Rename the request"
      onClose={onClose}
      onSubmit={save}
      focus={field}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={() => save()}>
            Rename
          </Button>
        </>
      }
    >
      <form className="dialog-body" onSubmit={save}>
        <Field
          ref={field}
          large
          label="Name"
          placeholder={titleOf({ ...draft, title: null })}
          hint="Leave empty to show the path."
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
      </form>
    </Dialog>
  );
}
