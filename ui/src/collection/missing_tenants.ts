import type { CollectionTree } from "../bindings/CollectionTree";
import type { Tenant } from "../bindings/Tenant";
import { toast } from "../components/Toast";
import { goTo, navigation } from "../navigation";
import { remember, rememberedTexts } from "../remembered";
import { createStore, useStore } from "../store";
import { tenants } from "../tenant/state";
import { useActiveCollection } from "./environments";
import { keyOf } from "./rows";
import { collections } from "./state";
import { treeView } from "./view";

const PLACE = "sluice.asked-for-keys";

/** For which collection and tenant the user was asked for a key already; remembered. */
export const askedForKeys = createStore<{ pairs: ReadonlyArray<string> }>({ pairs: rememberedTexts(PLACE) });

/** A tenant that environments are bound to and that does not exist here. */
export interface MissingTenant {
  name: string;
  bound: ReadonlyArray<{ collection: CollectionTree; environments: ReadonlyArray<string> }>;
}

/** The folder stays when a collection is closed and opened again; its id does not. */
function pairOf({ folder }: CollectionTree, tenant: string): string {
  return `${folder}\n${tenant}`;
}

/** The tenants these collections miss and that were not asked for yet, by name. */
export function missingTenants(
  trees: ReadonlyArray<CollectionTree>,
  known: ReadonlyArray<Pick<Tenant, "name">>,
  pairs: ReadonlyArray<string>,
): MissingTenant[] {
  const waiting = trees.flatMap((tree) => tree.environments.filter((one) => !one.tenant_known));
  // The list of tenants is newer than the trees while a key was just saved.
  const here = new Set(known.map((one) => one.name));
  const names = new Set(waiting.flatMap(({ tenant }) => (tenant && !here.has(tenant) ? [tenant] : [])));
  return [...names]
    .map((name) => ({
      name,
      bound: trees
        .filter((tree) => !pairs.includes(pairOf(tree, name)))
        .map((collection) => ({
          collection,
          environments: collection.environments.filter((one) => one.tenant === name).map((one) => one.name),
        }))
        .filter(({ environments }) => environments.length > 0),
    }))
    .filter(({ bound }) => bound.length > 0)
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Never asks for these again. */
export function leaveMissing(missing: ReadonlyArray<MissingTenant>): void {
  const pairs = missing.flatMap(({ name, bound }) => bound.map(({ collection }) => pairOf(collection, name)));
  askedForKeys.set((now) => ({ pairs: [...now.pairs, ...pairs] }));
  remember(PLACE, askedForKeys.get().pairs);
}

/** The tenants to ask for now: those of the collections the user sees into. */
export function useMissingTenants(): MissingTenant[] {
  const place = useStore(navigation, (state) => state.place);
  const page = useStore(navigation, (state) => state.page);
  const { list, loaded } = useStore(collections, (state) => state);
  const { list: known, loaded: sure } = useStore(tenants, (state) => state);
  const expanded = useStore(treeView, (state) => state.expanded);
  const pairs = useStore(askedForKeys, (state) => state.pairs);
  const ofTab = useActiveCollection();
  if (place !== "requests" || !loaded || !sure) return [];
  const ofPage = page && "collection" in page ? page.collection : null;
  const seen = list.filter(({ id }) => id === ofPage || id === ofTab || expanded.has(keyOf(id, "")));
  return missingTenants(seen, known, pairs);
}

/** After a key was saved: on with the collection that waited for it, else to its tenant. */
export function keySaved(tenant: string): void {
  const bound = collections.get().list.some((tree) => tree.environments.some((one) => one.tenant === tenant));
  if (bound && navigation.get().place === "requests") toast(`Saved the key of ${tenant}`);
  else goTo("tenants");
}
