import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { chooseBackend } from "../backend";
import { memoryBackend } from "../backend/memory";
import { TooltipProvider } from "../components/Tooltip";
import { navigation } from "../navigation";
import { useStore } from "../store";
import { CollectionDialogs } from "./CollectionDialogs";
import { openCollection } from "./dialogs";
import { PageView } from "./PageView";
import { collections, loadCollections } from "./state";

function Page() {
  const page = useStore(navigation, (state) => state.page);
  return page ? <PageView page={page} /> : null;
}

it("offers to convert a Bruno collection that was opened, and closes it then", async () => {
  const memory = memoryBackend();
  const callsOf = (name: string) => memory.calls.filter(([called]) => called === name).map(([, input]) => input);
  chooseBackend(memory);
  collections.set({ list: [], loaded: false });
  await loadCollections();
  render(
    <TooltipProvider>
      <Page />
      <CollectionDialogs />
    </TooltipProvider>,
  );
  const user = userEvent.setup();
  const [bruno] = collections.get().list;
  if (!bruno) throw new Error("there is a collection");
  const problem = { path: "bruno.json", line: null, column: null, message: "This is Bruno's.", hint: null };
  chooseBackend({ ...memory, collectionChoose: () => Promise.resolve({ ...bruno, nodes: [], problem }) });

  await openCollection();
  await user.click(await screen.findByTestId("bruno-convert"));
  expect((await screen.findByTestId("import-report")).textContent).toContain("12 requests");
  expect(callsOf("import_write_to_folder")).toEqual([]);
  await user.click(screen.getByRole("button", { name: /^Import/ }));
  await waitFor(() => expect(callsOf("collection_close")).toEqual([{ collection: bruno.id }]));
  expect(collections.get().list.map((tree) => tree.name)).toContain("Returns");
  await waitFor(() => expect(screen.queryByTestId("bruno")).toBeNull());
});
