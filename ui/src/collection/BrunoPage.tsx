import { ExternalLink, FolderInput, Package } from "lucide-react";
import { backend } from "../backend";
import { Button } from "../components/Button";
import { Callout } from "../components/Callout";
import { FailureNote } from "../failure/FailureNote";
import { useAttempt } from "../failure/attempt";
import { closeCollection, showInFiles } from "./actions";
import { openDialog } from "./dialogs";
import { PageHead } from "./PageHead";
import { useCollection } from "./state";

/** What stands for the problem of a collection in `.bru` files. */
export const BRUNO_FILE = "bruno.json";

/** A collection in Bruno's older files, which Sluice reads but does not write: it offers a new one made of them. */
export function BrunoPage({ collection }: { collection: string }) {
  const tree = useCollection(collection);
  const [failure, attempt] = useAttempt();
  const convert = () =>
    attempt(async () => {
      openDialog({ kind: "import", of: { collection, report: await backend().importOpened(collection) } });
    });
  return (
    <div className="page">
      <PageHead icon={Package} crumbs={[tree?.name ?? ""]}>
        <Button icon={ExternalLink} onClick={() => void showInFiles({ collection, path: "" })}>
          Show in file manager
        </Button>
      </PageHead>
      <div className="page-notes">
        {failure ? <FailureNote failure={failure} /> : null}
        <Callout tone="info" icon={FolderInput} title="This is a Bruno collection in .bru files" testId="bruno">
          <p>Sluice makes a new collection of it in a folder of your choice. The .bru files stay as they are.</p>
          <div className="row page-repair">
            <Button variant="primary" icon={FolderInput} onClick={() => void convert()} data-testid="bruno-convert">
              Convert…
            </Button>
            <Button onClick={() => void closeCollection(collection)}>Close collection</Button>
          </div>
        </Callout>
      </div>
    </div>
  );
}
