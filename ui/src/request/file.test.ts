import { beforeEach, describe, expect, it, vi } from "vitest";
import { chooseBackend } from "../backend";
import { memoryBackend } from "../backend/memory";
import type { Draft } from "../bindings/Draft";
import { outcomes } from "../collection/save_outcome";
import { loadTenants } from "../tenant/state";
import { contextOf } from "./context";
import { isCurl, pasteCurl } from "./curl";
import { compareTexts, conflicts, fileRemoved, followFile, keepMine, openFile, reloadFile, takeTheirs } from "./file";
import { createFrom, saveRequest, saving } from "./save";
import {
  allKept,
  changeDetails,
  changeRequest,
  closeRequest,
  loadRequests,
  redoEdit,
  reopen,
  requests,
  undoEdit,
} from "./state";
import { COALESCE } from "./undo";

const COLLECTION = "order-to-cash";
const PATH = "orders/create-order.yml";
const URL = "{{runtimeUrl}}/http/acme/orders/v2/create";

let memory: ReturnType<typeof memoryBackend>;
const active = (): Draft => {
  const { list, active } = requests.get();
  const draft = list.find((one) => one.id === active);
  if (!draft) throw new Error("no active draft");
  return draft;
};
const later = () => vi.setSystemTime(Date.now() + COALESCE + 1);

/** Another program writes the file. */
async function writeOutside(url: string): Promise<void> {
  const { item } = await memory.call("request_read", { collection: COLLECTION, path: PATH });
  await memory.call("request_save", {
    collection: COLLECTION,
    path: PATH,
    item: { ...item, request: { ...item.request, url } },
    with_secrets: true,
    move_secrets: false,
  });
}

beforeEach(async () => {
  vi.useRealTimers();
  await allKept();
  localStorage.clear();
  memory = memoryBackend();
  chooseBackend(memory);
  requests.set({ list: [], active: null, closed: [], unkept: 0, failure: null });
  saving.set({ asking: null, failures: {} });
  await loadTenants();
  await loadRequests();
  vi.useFakeTimers({ toFake: ["Date"] });
  await openFile(COLLECTION, PATH);
});

describe("a request opened from its file", () => {
  it("is one tab, however often it is opened", async () => {
    const { id } = active();
    await Promise.all([openFile(COLLECTION, PATH), openFile(COLLECTION, "orders/order-status.yml")]);
    await openFile(COLLECTION, PATH);
    expect(active().id).toBe(id);
    expect(active().title).toBe("Create order");
    expect(requests.get().list.filter((draft) => draft.file?.path === PATH)).toHaveLength(1);
  });
  it("is changed by an edit, and unchanged when the edit is taken back by hand", () => {
    expect(active().file?.changed).toBe(false);
    changeRequest(active().id, { url: "/else" });
    expect(active().file?.changed).toBe(true);
    changeRequest(active().id, { url: URL });
    expect(active().file?.changed).toBe(false);
    changeDetails(active().id, { docs: "why" });
    expect(active().file?.changed).toBe(true);
  });
  it("follows renames and moves of its file and of the folders above", () => {
    followFile(COLLECTION, "orders", "sales/orders");
    expect(active().file?.path).toBe("sales/orders/create-order.yml");
    followFile(COLLECTION, "sales/ord", "x");
    followFile("nordwind-edi", "sales", "x");
    expect(active().file?.path).toBe("sales/orders/create-order.yml");
  });
  it("stays as an unsaved request when its folder is removed", () => {
    const { id } = active();
    fileRemoved(COLLECTION, "orders");
    expect(requests.get().list.find((draft) => draft.id === id)?.file).toBeNull();
  });
  it("gets its file back when the removal is undone", async () => {
    const { id } = active();
    const removal = await memory.call("item_remove", { collection: COLLECTION, path: PATH });
    fileRemoved(COLLECTION, PATH);
    changeRequest(id, { url: "/edited" });
    await reloadFile(COLLECTION);
    expect(active().file).toBeNull();
    await memory.call("item_restore", { removal });
    await reloadFile(COLLECTION);
    expect(active().file).toMatchObject({ path: PATH, changed: true });
  });
  it("follows its file to another collection", () => {
    followFile(COLLECTION, "orders", "sales", "nordwind-edi");
    expect(active().file).toMatchObject({ collection: "nordwind-edi", path: "sales/create-order.yml" });
  });
  it("keeps its edits when its tab is closed, and shows them again when the file is opened", async () => {
    const { id } = active();
    changeRequest(id, { url: "/edited" });
    closeRequest(id);
    expect(requests.get().list.some((draft) => draft.id === id)).toBe(false);
    await allKept();
    expect(memory.calls).not.toContainEqual(["draft_remove", { draft: id }]);
    await openFile(COLLECTION, PATH);
    expect(active()).toMatchObject({ id, request: { url: "/edited" }, file: { changed: true } });
  });
  it("keeps edits of a closed tab over a restart, out of sight", async () => {
    const { id } = active();
    changeRequest(id, { url: "/edited" });
    closeRequest(id);
    await allKept();
    requests.set({ list: [], active: null, closed: [] });
    await loadRequests();
    expect(requests.get().list.some((draft) => draft.id === id)).toBe(false);
    reopen(id);
    expect(active().request.url).toBe("/edited");
  });
  it("is sent with its place and its own variables", () => {
    const variables = [{ name: "a", value: "1", enabled: true, secret: false }];
    changeDetails(active().id, { variables });
    expect(contextOf(active())).toEqual({ collection: COLLECTION, path: PATH, variables });
  });
});

describe("saving", () => {
  it("writes the file; what was typed meanwhile stays an edit", async () => {
    const { id } = active();
    changeRequest(id, { url: "/saved" });
    const done = saveRequest(id);
    changeRequest(id, { method: "PUT" });
    await done;
    const read = await memory.call("request_read", { collection: COLLECTION, path: PATH });
    expect(read.item.request).toMatchObject({ url: "/saved", method: "POST" });
    expect(active().file).toMatchObject({ version: read.version, changed: true });
    changeRequest(id, { method: "POST" });
    expect(active().file?.changed).toBe(false);
  });
  it("asks where a request without a file belongs, and gives it one", async () => {
    await saveRequest("d1");
    expect(saving.get().asking).toBe("d1");
    await createFrom("d1", COLLECTION, "invoices", "Credit note");
    expect(requests.get().list.find((draft) => draft.id === "d1")).toMatchObject({
      title: "Credit note",
      file: { collection: COLLECTION, path: "invoices/credit-note.yml", changed: false },
    });
  });
  it("says why it did not work", async () => {
    const { id } = active();
    chooseBackend({
      ...memory,
      call: () => Promise.reject({ code: "disk_full", message: "Full.", hint: null, detail: null }),
    });
    await saveRequest(id);
    expect(saving.get().failures[id]?.code).toBe("disk_full");
  });
  it("asks before secrets reach the file; moved ones stand as variables afterwards", async () => {
    const { id } = active();
    changeRequest(id, { headers: [{ name: "Authorization", value: "hunter2", enabled: true }] });
    const done = saveRequest(id);
    await vi.waitFor(() => expect(outcomes.get().asking?.saved.outcome).toBe("secrets"));
    outcomes.get().asking?.decide("cancel");
    await done;
    expect(active().file?.changed).toBe(true);
    const again = saveRequest(id);
    await vi.waitFor(() => expect(outcomes.get().asking).not.toBeNull());
    outcomes.get().asking?.decide("move");
    await again;
    expect(active().request.headers[0]?.value).toBe("{{authorizationHeader}}");
    expect(active().file?.changed).toBe(false);
  });
});

describe("a file changed by another program", () => {
  it("is taken silently by a request without edits", async () => {
    await writeOutside("/outside");
    await reloadFile(COLLECTION);
    expect(active()).toMatchObject({ request: { url: "/outside" }, file: { changed: false } });
    expect(conflicts.get()[active().id]).toBeUndefined();
  });
  it("is a conflict for edits; mine wins at the next save", async () => {
    const { id } = active();
    changeRequest(id, { url: "/mine" });
    await writeOutside("/theirs");
    await reloadFile(COLLECTION);
    expect(active().request.url).toBe("/mine");
    expect(conflicts.get()[id]?.theirs?.item.request.url).toBe("/theirs");
    keepMine(id);
    await saveRequest(id);
    const read = await memory.call("request_read", { collection: COLLECTION, path: PATH });
    expect(read.item.request.url).toBe("/mine");
    expect(active().file?.changed).toBe(false);
  });
  it("is found by saving; both texts can be compared, theirs can be taken and undone", async () => {
    const { id } = active();
    changeRequest(id, { url: "/mine" });
    await writeOutside("/theirs");
    await saveRequest(id);
    expect(conflicts.get()[id]).toMatchObject({ theirs: { item: { request: { url: "/theirs" } } }, texts: null });
    const saves = () => memory.calls.filter(([name]) => name === "request_save").length;
    const before = saves();
    await compareTexts(id);
    expect(conflicts.get()[id]?.texts).toMatchObject({ rendered: false });
    expect(conflicts.get()[id]?.texts?.theirs).toContain("/theirs");
    expect(conflicts.get()[id]?.texts?.ours).toContain("/mine");
    changeRequest(id, { url: "/mine" });
    changeDetails(id, { docs: "later words" });
    await compareTexts(id);
    expect(conflicts.get()[id]?.texts).toMatchObject({ rendered: true });
    expect(conflicts.get()[id]?.texts?.ours).toContain("url: /mine");
    expect(conflicts.get()[id]?.texts?.ours).toContain("docs: later words");
    expect(saves()).toBe(before);
    changeDetails(id, { docs: "" });
    later();
    takeTheirs(id);
    expect(active()).toMatchObject({ request: { url: "/theirs" }, file: { changed: false } });
    expect(conflicts.get()[id]).toBeUndefined();
    undoEdit(id);
    expect(active()).toMatchObject({ request: { url: "/mine" }, file: { changed: true } });
  });
  it("is no conflict when it says the same", async () => {
    const { id } = active();
    changeRequest(id, { url: "/mine" });
    memory.touch(COLLECTION, PATH);
    await reloadFile(COLLECTION);
    expect(conflicts.get()[id]).toBeUndefined();
    await saveRequest(id);
    expect(active().file?.changed).toBe(false);
  });
  it("leaves the edits alone when it is gone", async () => {
    const { id } = active();
    changeRequest(id, { url: "/mine" });
    await memory.call("item_remove", { collection: COLLECTION, path: PATH });
    await reloadFile(COLLECTION);
    expect(conflicts.get()[id]).toMatchObject({ theirs: null });
    expect(active().request.url).toBe("/mine");
  });
});

describe("undo", () => {
  it("takes edits back in steps of what was done together, and makes them again", () => {
    const { id } = active();
    changeRequest(id, { url: "/a" });
    changeRequest(id, { url: "/ab" });
    later();
    changeRequest(id, { body: { kind: "none" } });
    undoEdit(id);
    expect(active().request).toMatchObject({ url: "/ab", body: { kind: "json" } });
    undoEdit(id);
    expect(active()).toMatchObject({ request: { url: URL }, file: { changed: false } });
    undoEdit(id);
    redoEdit(id);
    redoEdit(id);
    redoEdit(id);
    expect(active().request).toMatchObject({ url: "/ab", body: { kind: "none" } });
  });
  it("forgets what was taken back when something else is done", () => {
    const { id } = active();
    changeRequest(id, { url: "/a" });
    undoEdit(id);
    later();
    changeRequest(id, { method: "PUT" });
    redoEdit(id);
    expect(active().request).toMatchObject({ url: URL, method: "PUT" });
  });
  it("keeps a hundred steps", () => {
    const { id } = active();
    for (let count = 0; count < 110; count += 1) {
      later();
      changeRequest(id, { url: `/${count}` });
    }
    for (let count = 0; count < 110; count += 1) undoEdit(id);
    expect(active().request.url).toBe("/9");
  });
});

describe("a pasted curl command", () => {
  it("is told from other text", () => {
    expect(["curl -X POST https://a", " curl\n'https://a'", "curl.exe https://a"].map(isCurl)).toEqual([
      true,
      true,
      true,
    ]);
    expect(["https://curl ", "curly", "/http/curl x"].map(isCurl)).toEqual([false, false, false]);
  });
  it("fills the request, and can be undone", async () => {
    const { id } = active();
    await pasteCurl(id, "curl -X PUT 'https://host.example/a'");
    expect(active().request).toMatchObject({ method: "PUT", url: "https://host.example/a" });
    undoEdit(id);
    expect(active().request.url).toBe(URL);
  });
  it("says what is wrong and changes nothing when it is none", async () => {
    const { id } = active();
    await pasteCurl(id, "curl nothing");
    expect(saving.get().failures[id]?.code).toBe("invalid_input");
    expect(active().request.url).toBe(URL);
  });
});
