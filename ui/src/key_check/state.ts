import { backend, failureOf } from "../backend";
import type { Error as Failure } from "../bindings/Error";
import type { KeyCheck } from "../bindings/KeyCheck";
import type { Plan } from "../bindings/Plan";
import type { Stage } from "../bindings/Stage";
import { createStore } from "../store";
import { loadTenants, tenants } from "../tenant/state";
import { noteToken } from "../token/state";

/** How many keys are checked at once. */
const AT_ONCE = 8;

interface Named {
  tenant: string;
  stage: Stage;
  key: string;
  plan: Plan;
}

/** A key of the check, and how far it is. */
export type Checked = Named &
  (
    | { state: "waiting" | "checking" | "skipped" }
    | { state: "checked"; check: KeyCheck }
    | { state: "failed"; failure: Failure }
  );

/** Which keys: all of all tenants, all of one, or one. */
export interface Wanted {
  tenant?: string;
  key?: string;
}

interface KeyChecks {
  open: boolean;
  wanted: Wanted;
  /** The keys; worst first once all are looked at, so that nothing moves under the pointer meanwhile. */
  list: Checked[];
  running: boolean;
  /** Whether what has not begun is left out. */
  stopped: boolean;
}

const CLOSED: KeyChecks = { open: false, wanted: {}, list: [], running: false, stopped: false };

export const keyChecks = createStore<KeyChecks>(CLOSED);

export const nameOf = ({ tenant, key }: { tenant: string; key: string }): string => `${tenant}\n${key}`;

// What an earlier check finds belongs to nobody: the dialog was closed or checks anew.
let generation = 0;

function wantedKeys({ tenant, key }: Wanted): Named[] {
  return tenants
    .get()
    .list.filter((one) => tenant === undefined || one.name === tenant)
    .flatMap((one) =>
      one.keys
        .filter(({ name }) => key === undefined || name === key)
        .map(({ name, plan }) => ({ tenant: one.name, stage: one.stage, key: name, plan })),
    );
}

function rank(one: Checked): number {
  if (one.state === "failed") return 0;
  if (one.state === "checked") return { red: 1, amber: 2, green: 4 }[one.check.light];
  return 3;
}

/** Worst first; equals stay in the order of the tenants. */
export function worstFirst(list: ReadonlyArray<Checked>): Checked[] {
  return list.toSorted((a, b) => rank(a) - rank(b));
}

function put(
  place: number,
  named: Named,
  how: Pick<Checked, "state"> & Partial<{ check: KeyCheck; failure: Failure }>,
) {
  keyChecks.set(({ list }) => ({
    list: list.map((one, at) => (at === place ? ({ ...named, ...how } as Checked) : one)),
  }));
}

async function checkOne(place: number, named: Named, isMine: () => boolean): Promise<void> {
  put(place, named, { state: "checking" });
  try {
    const check = await backend().call("key_check", { tenant: named.tenant, key: named.key });
    noteToken(named.tenant, named.key, check.token, check.failure);
    if (!isMine()) return;
    const { failure } = check;
    // What a keyring keeps back says nothing about the key.
    if (failure?.code.startsWith("secret_store_")) put(place, named, { state: "failed", failure });
    else put(place, named, { state: "checked", check });
  } catch (thrown) {
    if (isMine()) put(place, named, { state: "failed", failure: failureOf(thrown) });
  }
}

let free = AT_ONCE;
const queue: Array<() => void> = [];

/** Waits for one of the places; those still taken by a check that nobody looks at count as well. */
async function takePlace(): Promise<void> {
  if (free > 0) free -= 1;
  else await new Promise<void>((go) => queue.push(go));
}

function givePlace(): void {
  const next = queue.shift();
  if (next) next();
  else free += 1;
}

/** Checks keys, some at a time, until all are looked at or nobody wants to know any more. */
async function run(list: ReadonlyArray<Named>, isMine: () => boolean): Promise<void> {
  const inTurn = async (named: Named, place: number) => {
    await takePlace();
    try {
      if (isMine() && !keyChecks.get().stopped) await checkOne(place, named, isMine);
    } finally {
      givePlace();
    }
  };
  await Promise.all(list.map(inTurn));
}

/** Opens the dialog and checks these keys. */
export async function checkKeys(wanted: Wanted = {}): Promise<void> {
  generation += 1;
  const mine = generation;
  const isMine = () => mine === generation;
  const list = wantedKeys(wanted);
  keyChecks.set({
    open: true,
    wanted,
    list: list.map((named) => ({ ...named, state: "waiting" })),
    running: list.length > 0,
    stopped: false,
  });
  if (list.length === 0) return;
  await run(list, isMine);
  // The marks of the tenants say what was found, for whoever closed the dialog as well.
  await loadTenants().catch(() => undefined);
  if (!isMine()) return;
  keyChecks.set((now) => ({
    running: false,
    list: worstFirst(now.list.map((one) => (one.state === "waiting" ? { ...one, state: "skipped" } : one))),
  }));
}

/** What has not begun does not begin; what has is waited for. */
export function stopChecks(): void {
  if (keyChecks.get().running) keyChecks.set({ stopped: true });
}

export function closeChecks(): void {
  generation += 1;
  keyChecks.set(CLOSED);
}
