import { backend } from "../backend";
import { toast } from "../components/Toast";
import { closePage, navigation } from "../navigation";
import { changeDraft, requests } from "../request/state";
import { useStore } from "../store";
import { chooseTenant, tenants } from "../tenant/state";
import {
  attempted,
  collectionOf,
  collections,
  loadCollections,
  putTree,
  refreshCollection,
  targetOf,
  tenantOf,
  useCollections,
} from "./state";
import { treeView } from "./view";

/** The collection the user is in: of the page, the active tab, the active row; else the first. */
export function currentCollection(): string | null {
  const { page } = navigation.get();
  if (page && "collection" in page) return page.collection;
  const { list, active } = requests.get();
  const { list: trees } = collections.get();
  const asked = list.find((one) => one.id === active)?.file?.collection ?? treeView.get().active?.split("/")[0];
  return trees.some((one) => one.id === asked) ? (asked ?? null) : (trees[0]?.id ?? null);
}

/** The collection of the active tab's file. */
export function useActiveCollection(): string | null {
  return useStore(requests, ({ list, active }) => list.find((one) => one.id === active)?.file?.collection ?? null);
}

/** The collection whose environment counts in what is shown: of the page, else of the active tab, else the active row's. */
export function useShownCollection(): string | null {
  const page = useStore(navigation, (state) => state.page);
  const trees = useCollections();
  const open = useStore(requests, (state) => state.active !== null);
  const ofTab = useActiveCollection();
  const ofRow = useStore(treeView, (state) => state.active?.split("/")[0]);
  if (page) return "collection" in page ? page.collection : null;
  if (open) return ofTab;
  return (trees.find((one) => one.id === ofRow) ?? trees[0])?.id ?? null;
}

function followEnvironment(collection: string): void {
  const { tenant } = targetOf(collectionOf(collection));
  if (tenant === undefined) return;
  for (const draft of requests.get().list) {
    if (draft.file?.collection === collection && draft.tenant !== tenant)
      changeDraft(draft.id, (now) => ({ ...now, tenant }));
  }
  if (tenant) chooseTenant(tenant);
}

/** Chooses the environment of a collection; its open requests go to the tenant bound to it. */
export async function chooseEnvironment(collection: string, environment: string | null): Promise<void> {
  await attempted(async () => {
    putTree(await backend().call("environment_choose", { collection, environment: environment ?? undefined }));
    followEnvironment(collection);
  });
}

/** Reads the collections anew; open requests go to tenants their environment waited for. */
async function tenantsChanged(): Promise<void> {
  const waiting = collections.get().list.filter((tree) => !tenantOf(tree));
  await attempted(loadCollections);
  for (const { id } of waiting) followEnvironment(id);
}

/** Whether environments see their tenant depends on which there are; answers how to stop. */
export function followTenants(): () => void {
  const namesNow = () =>
    tenants
      .get()
      .list.map((one) => one.name)
      .join("\n");
  let names = namesNow();
  return tenants.subscribe(() => {
    const now = namesNow();
    if (now === names) return;
    names = now;
    if (collections.get().loaded) void tenantsChanged();
  });
}

async function bringBack(collection: string, removal: string): Promise<void> {
  await attempted(async () => {
    await backend().call("item_restore", { removal });
    await refreshCollection(collection);
  });
}

export async function removeEnvironment(collection: string, environment: string): Promise<void> {
  await attempted(async () => {
    const removal = await backend().call("environment_remove", { collection, environment });
    await refreshCollection(collection);
    const { page } = navigation.get();
    if (page?.kind === "environment" && page.collection === collection && page.environment === environment) closePage();
    toast(`Deleted the environment “${environment}”`, () => void bringBack(collection, removal));
  });
}
