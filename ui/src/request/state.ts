import { backend, failureOf } from "../backend";
import type { Draft } from "../bindings/Draft";
import type { Error as Failure } from "../bindings/Error";
import type { Request } from "../bindings/Request";
import { toast } from "../components/Toast";
import { createStore, useStore } from "../store";
import { tenants } from "../tenant/state";
import { asideIds, keepAside } from "./aside";
import { emptyDetails, itemOf, keepBaseline, marked, standsInFile, titleOf } from "./baseline";
import { followUrl } from "./path_parameters";
import { noteEdit, redone, undone } from "./undo";

export { titleOf };

interface Requests {
  list: Draft[];
  active: string | null;
  /** Closed tabs of this run, the last one first. */
  closed: Draft[];
  /** How many edits are not kept yet. */
  unkept: number;
  failure: Failure | null;
}

export const requests = createStore<Requests>({ list: [], active: null, closed: [], unkept: 0, failure: null });

/** An edit is kept at the latest after this many milliseconds, however many others follow it. */
export const KEEP_AFTER = 400;

const waiting = new Map<string, ReturnType<typeof setTimeout>>();
// Of one draft only one order is under way, so that none overtakes another; the newest of those that wait is next.
const turns = new Map<string, Promise<void>>();
const next = new Map<string, "keep" | "remove">();

function unkept(): number {
  return new Set([...waiting.keys(), ...turns.keys()]).size;
}

async function tell(id: string, what: "keep" | "remove"): Promise<void> {
  const { list, closed } = requests.get();
  const draft = [...list, ...closed].find((one) => one.id === id);
  try {
    if (what === "remove") await backend().call("draft_remove", { draft: id });
    else if (draft) await backend().call("draft_keep", draft);
    requests.set({ failure: null });
  } catch (thrown) {
    requests.set({ failure: failureOf(thrown) });
  }
}

async function takeTurns(id: string): Promise<void> {
  for (let what = next.get(id); what; what = next.get(id)) {
    next.delete(id);
    // oxlint-disable-next-line eslint/no-await-in-loop -- one after the other is the point
    await tell(id, what);
  }
  turns.delete(id);
  requests.set({ unkept: unkept() });
}

function order(id: string, what: "keep" | "remove"): void {
  clearTimeout(waiting.get(id));
  waiting.delete(id);
  next.set(id, what);
  if (!turns.has(id)) turns.set(id, takeTurns(id));
  requests.set({ unkept: unkept() });
}

/** Keeps every edit now, before the window goes away. */
export function keepAll(): void {
  for (const id of waiting.keys()) order(id, "keep");
}

/** Resolves when the other side has answered every order given so far. */
export async function allKept(): Promise<void> {
  keepAll();
  await Promise.all(turns.values());
}

function keepSoon(id: string): void {
  if (!waiting.has(id))
    waiting.set(
      id,
      setTimeout(() => order(id, "keep"), KEEP_AFTER),
    );
  requests.set({ unkept: unkept() });
}

export async function loadRequests(): Promise<Draft[]> {
  const all = (await backend().call("draft_list", null)).toSorted((a, b) => a.position - b.position);
  const aside = asideIds();
  const closed = all.filter((draft) => aside.has(draft.id) && draft.file?.changed);
  const list = all.filter((draft) => !closed.includes(draft));
  for (const draft of list) if (draft.file && !draft.file.changed) keepBaseline(draft.id, itemOf(draft));
  requests.set((now) => ({ list, closed: [...closed, ...now.closed], active: now.active ?? list[0]?.id ?? null }));
  return list;
}

export function emptyRequest(): Request {
  return {
    method: "GET",
    url: "/http/",
    parameters: [],
    path_parameters: [],
    headers: [],
    body: { kind: "none" },
    authorization: { kind: "bearer", key: null },
    csrf: "auto",
    options: { timeout_ms: null, follow_redirects: null, http1_only: false },
  };
}

/** Opens a new tab at the end; the tenant in use is its tenant. */
export function openRequest(start: Partial<Omit<Draft, "id" | "position">> = {}): string {
  const { list } = requests.get();
  const draft: Draft = {
    id: crypto.randomUUID(),
    position: (list.at(-1)?.position ?? 0) + 1,
    title: null,
    tenant: tenants.get().current,
    request: emptyRequest(),
    details: emptyDetails(),
    file: null,
    ...start,
  };
  requests.set({ list: [...list, draft], active: draft.id });
  order(draft.id, "keep");
  return draft.id;
}

export function activate(id: string): void {
  requests.set({ active: id });
  const draft = requests.get().list.find((one) => one.id === id);
  if (draft?.tenant && tenants.get().list.some((one) => one.name === draft.tenant))
    tenants.set({ current: draft.tenant });
}

/** Activates the tab left or right of the active one, around the ends. */
export function step(by: 1 | -1): void {
  const { list, active } = requests.get();
  const at = list.findIndex((one) => one.id === active);
  const next = list[(at + by + list.length) % list.length];
  if (next) activate(next.id);
}

/** Closes a tab; nothing is asked because it can be opened again. */
export function closeRequest(id: string): void {
  const { list, active, closed } = requests.get();
  const at = list.findIndex((one) => one.id === id);
  const draft = list[at];
  if (!draft) return;
  const rest = list.filter((one) => one.id !== id);
  const nearest = active === id ? (rest[Math.min(at, rest.length - 1)]?.id ?? null) : active;
  const edits = draft.file?.changed === true;
  // Edits that are in no file yet are never thrown away.
  const kept = [draft, ...closed].filter((one, place) => place < 20 || one.file?.changed);
  if (edits) {
    order(id, "keep");
    toast(`Unsaved edits of ${titleOf(draft)} are kept`, () => reopen(id));
  } else order(id, "remove");
  requests.set({ list: rest, active: nearest, closed: kept });
  keepAside(kept);
}

/** Opens a closed tab again: the last one, or the one named. */
export function reopen(id?: string): void {
  const { closed, list } = requests.get();
  const draft = id ? closed.find((one) => one.id === id) : closed[0];
  if (!draft) return;
  // Its file may have been opened anew since.
  const { file } = draft;
  const open = file && list.find((one) => standsInFile(one, file.collection, file.path));
  const rest = closed.filter((one) => one.id !== draft.id);
  requests.set({ closed: rest });
  keepAside(rest);
  if (open && !file.changed) return activate(open.id);
  requests.set({ list: [...list, draft].toSorted((a, b) => a.position - b.position), active: draft.id });
  order(draft.id, "keep");
}

export function duplicate(id: string): void {
  const draft = requests.get().list.find((one) => one.id === id);
  if (!draft) return;
  const { title, tenant, request, details } = structuredClone(draft);
  openRequest({ title, tenant, request, details });
}

function replace(id: string, change: (draft: Draft) => Draft): void {
  requests.set((now) => ({ list: now.list.map((one) => (one.id === id ? marked(change(one)) : one)) }));
  keepSoon(id);
}

export function changeDraft(id: string, change: (draft: Draft) => Draft): void {
  const noted = (draft: Draft) => {
    const after = change(draft);
    noteEdit(draft, after);
    return after;
  };
  replace(id, noted);
}

/** Changes closed tabs; those kept for their edits are kept anew. */
export function changeClosed(change: (draft: Draft) => Draft): void {
  const before = requests.get().closed;
  const closed = before.map(change);
  requests.set({ closed });
  for (const [place, draft] of closed.entries()) {
    if (draft !== before[place] && before[place]?.file?.changed) order(draft.id, "keep");
  }
}

/** Changes a request; the rows of its path follow its URL. */
export function changeRequest(id: string, change: Partial<Request>): void {
  changeDraft(id, (draft) => {
    const request = { ...draft.request, ...change };
    const follows = change.url !== undefined && change.path_parameters === undefined;
    const path_parameters = follows ? followUrl(request.url, request.path_parameters) : request.path_parameters;
    return { ...draft, request: { ...request, path_parameters } };
  });
}

/** Changes what a request's file keeps beside it. */
export function changeDetails(id: string, change: Partial<Draft["details"]>): void {
  changeDraft(id, (draft) => ({ ...draft, details: { ...draft.details, ...change } }));
}

/** Takes the last edit of a request back. */
export function undoEdit(id: string): void {
  const draft = requests.get().list.find((one) => one.id === id);
  const before = draft ? undone(draft) : null;
  if (before) replace(id, (now) => ({ ...before, file: now.file }));
}

/** Makes the edit again that was taken back last. */
export function redoEdit(id: string): void {
  const draft = requests.get().list.find((one) => one.id === id);
  const after = draft ? redone(draft) : null;
  if (after) replace(id, (now) => ({ ...after, file: now.file }));
}

/** Moves a tab before another one; positions fall between. */
export function moveRequest(id: string, before: string | null): void {
  const rest = requests.get().list.filter((one) => one.id !== id);
  const at = before ? rest.findIndex((one) => one.id === before) : rest.length;
  if (at < 0) return;
  const low = rest[at - 1]?.position ?? (rest[at]?.position ?? 1) - 1;
  const high = rest[at]?.position ?? low + 1;
  changeDraft(id, (draft) => ({ ...draft, position: (low + high) / 2 }));
  requests.set((now) => ({ list: now.list.toSorted((a, b) => a.position - b.position) }));
}

/** Requests of a renamed tenant follow its name. */
export function followTenant(before: string, after: string): void {
  for (const { id, tenant } of requests.get().list) {
    if (tenant === before) changeDraft(id, (draft) => ({ ...draft, tenant: after }));
  }
}

/** Requests that name a renamed key follow its name. */
export function followKey(tenant: string, before: string, after: string): void {
  for (const draft of requests.get().list) {
    const { authorization } = draft.request;
    if (draft.tenant === tenant && "key" in authorization && authorization.key === before) {
      changeRequest(draft.id, { authorization: { ...authorization, key: after } });
    }
  }
}

export function useDraft(id: string | null): Draft | null {
  return useStore(requests, (state) => state.list.find((one) => one.id === id) ?? null);
}
