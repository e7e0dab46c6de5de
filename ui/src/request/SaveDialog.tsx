import { useEffect, useRef, useState } from "react";
import { backend } from "../backend";
import type { CollectionTree } from "../bindings/CollectionTree";
import type { Draft } from "../bindings/Draft";
import { Field } from "../components/Field";
import { Select } from "../components/Select";
import { useAttempt } from "../failure/attempt";
import { FormDialog } from "../failure/FormDialog";
import { FailureNote } from "../failure/FailureNote";
import { useStore } from "../store";
import { createFrom, saving } from "./save";
import { titleOf, useDraft } from "./state";

const ROOT = "/";

function foldersOf(tree: CollectionTree | undefined): Array<{ value: string; label: string }> {
  const folders = (tree?.nodes ?? []).filter((node) => node.kind === "folder");
  return [
    { value: ROOT, label: "The collection itself" },
    ...folders.map((node) => ({ value: node.path, label: node.path })),
  ];
}

function SaveForm({ draft }: { draft: Draft }) {
  const [trees, setTrees] = useState<CollectionTree[] | null>(null);
  const [collection, setCollection] = useState<string | null>(null);
  const [folder, setFolder] = useState(ROOT);
  const [name, setName] = useState(titleOf(draft));
  const [failure, attempt] = useAttempt();
  const field = useRef<HTMLInputElement>(null);
  const close = () => saving.set({ asking: null });
  useEffect(() => {
    void attempt(async () => {
      const list = (await backend().call("collection_list", null)).filter((tree) => tree.writable && !tree.problem);
      setTrees(list);
      setCollection(list[0]?.id ?? null);
    });
    // The list is asked for once; a dialog is short.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  const tree = trees?.find((one) => one.id === collection);
  const save = async () => {
    if (!tree) return;
    await createFrom(draft.id, tree.id, folder === ROOT ? "" : folder, name.trim());
    close();
  };
  return (
    <FormDialog
      title="Save to collection"
      action="Save"
      disabled={!tree || name.trim() === ""}
      focus={field}
      onSave={save}
      onClose={close}
    >
      <Field
        ref={field}
        label="Name"
        value={name}
        wrong={name.trim() === "" ? "A request in a collection needs a name" : null}
        onChange={(event) => setName(event.target.value)}
        data-testid="save-name"
      />
      {trees?.length === 0 ? (
        <p className="dim">No collection is open. Make or open one in the sidebar first.</p>
      ) : null}
      {tree ? (
        <>
          <div>
            <span className="label">Collection</span>
            <Select
              label="Collection"
              value={tree.id}
              options={(trees ?? []).map((one) => ({ value: one.id, label: one.name }))}
              onChange={(next) => {
                setCollection(next);
                setFolder(ROOT);
              }}
              testId="save-collection"
            />
          </div>
          <div>
            <span className="label">Folder</span>
            <Select label="Folder" value={folder} options={foldersOf(tree)} onChange={setFolder} testId="save-folder" />
          </div>
        </>
      ) : null}
      <p className="dim small">Secrets written out in the request move to the keyring; the file names variables.</p>
      {failure ? <FailureNote failure={failure} /> : null}
    </FormDialog>
  );
}

/** Asks where a request that stands in no file belongs. */
export function SaveDialog() {
  const id = useStore(saving, (state) => state.asking);
  const draft = useDraft(id);
  return draft ? <SaveForm key={draft.id} draft={draft} /> : null;
}
