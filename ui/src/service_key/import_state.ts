import { backend, failureOf } from "../backend";
import type { Error as Failure } from "../bindings/Error";
import type { KeyImport } from "../bindings/KeyImport";
import type { TokenFacts } from "../bindings/TokenFacts";
import { toast } from "../components/Toast";
import { loadSecretStore } from "../settings/state";
import { createStore } from "../store";
import { chooseTenant, loadTenants } from "../tenant/state";
import { peekToken } from "../token/state";

export type Test =
  { state: "none" } | { state: "asking" } | { state: "good"; facts: TokenFacts } | { state: "bad"; failure: Failure };

export interface Import {
  open: boolean;
  /** The tenant the key is added to; none makes a new one. */
  tenant: string | null;
  /** The key of the tenant whose place it takes; none adds one. */
  renews: string | null;
  read: KeyImport | null;
  reading: boolean;
  fromClipboard: boolean;
  /** Why reading or saving did not work. */
  failure: Failure | null;
  test: Test;
  saving: boolean;
}

const CLOSED: Import = {
  open: false,
  tenant: null,
  renews: null,
  read: null,
  reading: false,
  fromClipboard: false,
  failure: null,
  test: { state: "none" },
  saving: false,
};

export const imports = createStore<Import>(CLOSED);

// What was asked for in an earlier generation comes too late: the dialog was closed or shows something else.
let generation = 0;

/** Opens the dialog, empty. */
export function openImport(tenant: string | null = null): void {
  generation += 1;
  discard(imports.get().read);
  imports.set({ ...CLOSED, open: true, tenant });
}

/** Opens the dialog for a key that takes the place of a saved one. */
export function openRenewal(tenant: string, key: string): void {
  openImport(tenant);
  imports.set({ renews: key });
}

/** Empties the dialog for another key, for the same tenant and purpose. */
export function pasteAnother(): void {
  const { tenant, renews } = imports.get();
  openImport(tenant);
  imports.set({ renews });
}

function discard(read: KeyImport | null): void {
  if (read)
    void backend()
      .call("key_discard", { import: read.id })
      .catch(() => undefined);
}

export function closeImport(): void {
  generation += 1;
  discard(imports.get().read);
  imports.set(CLOSED);
}

/** Steps aside for a look at the settings; the key waits to be gone on with. */
export function setImportAside(): void {
  if (imports.get().read) imports.set({ open: false });
  else closeImport();
}

/** Whether a key waits behind a closed dialog. */
export const isAside = (state: Import): boolean => !state.open && state.read !== null;

/** Goes on with the key that waits; what was changed meanwhile may let it work. */
export function goOnWithImport(): void {
  const { read } = imports.get();
  if (read) showImport(read, imports.get().fromClipboard);
}

/** Shows what was read and tests it as soon as it is complete. */
export function showImport(read: KeyImport, fromClipboard: boolean): void {
  generation += 1;
  const before = imports.get();
  if (before.read?.id !== read.id) discard(before.read);
  const open = before.open || isAside(before) ? before : CLOSED;
  imports.set({ ...open, open: true, read, fromClipboard, reading: false, failure: null, test: { state: "none" } });
  if (read.facts && !read.blocked) void testImport();
}

/** Opens the dialog with the reason why a dropped file could not be read. */
export function dropFailed(failure: Failure): void {
  imports.set((now) => ({ ...(now.open || isAside(now) ? now : CLOSED), open: true, reading: false, failure }));
}

async function reading(ask: () => Promise<KeyImport | null>, fromClipboard: boolean): Promise<void> {
  generation += 1;
  const mine = generation;
  imports.set({ reading: true, failure: null });
  try {
    const read = await ask();
    if (mine !== generation) {
      if (imports.get().read?.id !== read?.id) discard(read);
    } else if (read) showImport(read, fromClipboard);
    else imports.set({ reading: false });
  } catch (thrown) {
    if (mine === generation) imports.set({ reading: false, open: true, failure: failureOf(thrown) });
  }
}

export const pasteKey = () => reading(() => backend().keyPaste(), true);
export const chooseKeyFile = () => reading(() => backend().keyChooseFile(), false);

export async function choosePrivateKey(): Promise<void> {
  const { read, fromClipboard } = imports.get();
  if (read) await reading(() => backend().privateKeyChoose(read.id), fromClipboard);
}

export async function openPrivateKey(passphrase: string): Promise<void> {
  const { read, fromClipboard } = imports.get();
  if (read) await reading(() => backend().privateKeyPassphrase(read.id, passphrase), fromClipboard);
}

/** Asks the token server with the key that is not saved yet. */
export async function testImport(): Promise<void> {
  const { read } = imports.get();
  if (!read) return;
  const still = () => imports.get().read?.id === read.id;
  imports.set({ test: { state: "asking" } });
  try {
    const facts = await backend().call("key_test", { import: read.id });
    if (still()) imports.set({ test: { state: "good", facts } });
  } catch (thrown) {
    if (still()) imports.set({ test: { state: "bad", failure: failureOf(thrown) } });
  }
}

export interface Keeping {
  tenant: string;
  stage: "dev" | "test" | "prod" | "sandbox" | null;
  name: string | null;
  holdForRun: boolean;
  clearClipboard: boolean;
  thenApi: boolean;
}

/** Saves the key; answers the tenant it went to, or nothing when that did not work. */
export async function saveImport(keeping: Keeping): Promise<string | null> {
  const { read, saving } = imports.get();
  if (!read || saving) return null;
  const mine = generation;
  imports.set({ saving: true, failure: null });
  try {
    const key = await backend().call("key_save", {
      import: read.id,
      tenant: keeping.tenant,
      stage: keeping.stage,
      name: keeping.name,
      hold_for_run: keeping.holdForRun,
    });
    if (keeping.clearClipboard)
      await backend()
        .clipboardClear()
        .catch(() => undefined);
    await loadTenants();
    if (mine !== generation) return null;
    chooseTenant(keeping.tenant);
    void peekToken(keeping.tenant, key.name);
    imports.set(keeping.thenApi ? { ...CLOSED, open: true, tenant: keeping.tenant } : CLOSED);
    return keeping.tenant;
  } catch (thrown) {
    // The keyring may have been locked since the last look.
    void loadSecretStore().catch(() => undefined);
    if (mine === generation) imports.set({ saving: false, failure: failureOf(thrown) });
    return null;
  }
}

/** Puts the key in the place of the saved one; answers the tenant, or nothing when that did not work. */
export async function renewImport(clearClipboard: boolean): Promise<string | null> {
  const { read, tenant, renews, saving } = imports.get();
  if (!read || !tenant || renews === null || saving) return null;
  const mine = generation;
  imports.set({ saving: true, failure: null });
  try {
    const renewal = await backend().call("key_renew", { tenant, key: renews, import: read.id });
    if (clearClipboard)
      await backend()
        .clipboardClear()
        .catch(() => undefined);
    await loadTenants();
    toast(
      renewal.old_secret_removed
        ? `${renews} is renewed, its old secret is removed`
        : `${renews} is renewed; its old secret is removed at one of the next uses`,
    );
    void peekToken(tenant, renews);
    if (mine !== generation) return null;
    chooseTenant(tenant);
    imports.set(CLOSED);
    return tenant;
  } catch (thrown) {
    void loadSecretStore().catch(() => undefined);
    if (mine === generation) imports.set({ saving: false, failure: failureOf(thrown) });
    return null;
  }
}
