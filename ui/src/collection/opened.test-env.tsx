import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { chooseBackend } from "../backend";
import { memoryBackend } from "../backend/memory";
import { Toasts } from "../components/Toast";
import { TooltipProvider } from "../components/Tooltip";
import { navigation } from "../navigation";
import { requests } from "../request/state";
import { known } from "../settings/state";
import { useStore } from "../store";
import { loadTenants, tenants } from "../tenant/state";
import { CollectionDialogs } from "./CollectionDialogs";
import { CollectionSidebar } from "./CollectionSidebar";
import { dialogs } from "./dialogs";
import { folderEdits } from "./edits";
import { environmentEdits } from "./environment_edits";
import { globalEdits } from "./global_edits";
import { askedForKeys } from "./missing_tenants";
import { PageView } from "./PageView";
import { outcomes } from "./save_outcome";
import { holding } from "./secrets";
import { collections, followCollections, loadCollections, treeFailure } from "./state";
import { treeView } from "./view";

export let memory: ReturnType<typeof memoryBackend>;

function Page() {
  const page = useStore(navigation, (state) => state.page);
  return page ? <PageView page={page} /> : null;
}

function forget(): void {
  navigation.set({ place: "requests", page: null, palette: false });
  requests.set({ list: [], active: null, closed: [], unkept: 0, failure: null });
  tenants.set({ list: [], loaded: false, current: null });
  collections.set({ list: [], loaded: false });
  treeView.set({ expanded: new Set(), active: null, filter: "", renaming: null, cut: null });
  treeFailure.set({ failure: null });
  dialogs.set({ open: null });
  outcomes.set({ asking: null });
  known.set({ store: { state: "ready" } });
  holding.set({ forRun: false, refused: false });
  askedForKeys.set({ pairs: [] });
  folderEdits.set(Object.fromEntries(Object.keys(folderEdits.get()).map((key) => [key, undefined])));
  environmentEdits.set(Object.fromEntries(Object.keys(environmentEdits.get()).map((key) => [key, undefined])));
  globalEdits.set({ read: null, edit: null, typed: {} });
}

/** The sidebar, the page and the dialogs over the collections of the story. */
export async function open() {
  memory = memoryBackend();
  chooseBackend(memory);
  forget();
  await loadTenants();
  await loadCollections();
  const stop = await followCollections(() => undefined);
  render(
    <TooltipProvider>
      <CollectionSidebar />
      <Page />
      <CollectionDialogs />
      <Toasts />
    </TooltipProvider>,
  );
  return { user: userEvent.setup(), stop };
}

export const item = (name: RegExp | string) => screen.getByRole("treeitem", { name });
export const callsOf = (name: string) => memory.calls.filter(([called]) => called === name).map(([, input]) => input);

/** Opens the collection and its first folder, with the focus on the folder. */
export async function openFolder() {
  const opened = await open();
  item(/Order to Cash/).focus();
  await opened.user.keyboard("{ArrowRight}{ArrowRight}{ArrowRight}");
  return opened;
}
