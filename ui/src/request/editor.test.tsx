import { act, fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { chooseBackend } from "../backend";
import { memoryBackend } from "../backend/memory";
import { loadCollections } from "../collection/state";
import { TooltipProvider } from "../components/Tooltip";
import { useStore } from "../store";
import { loadTenants } from "../tenant/state";
import { openFile } from "./file";
import { RequestEditor } from "./RequestEditor";
import { activate, allKept, changeDraft, changeRequest, loadRequests, requests, useDraft } from "./state";
import { TabStrip } from "./TabStrip";

const COLLECTION = "order-to-cash";
const PATH = "orders/order-status.yml";

let memory: ReturnType<typeof memoryBackend>;

function Page() {
  const draft = useDraft(useStore(requests, (state) => state.active));
  return (
    <TooltipProvider>
      <TabStrip />
      {draft ? (
        <RequestEditor key={draft.id} draft={draft} folds={false} folded={false} onFold={() => undefined} />
      ) : null}
    </TooltipProvider>
  );
}

const url = () => screen.getByTestId<HTMLInputElement>("url");

beforeEach(async () => {
  await allKept();
  localStorage.clear();
  memory = memoryBackend();
  chooseBackend(memory);
  requests.set({ list: [], active: null, closed: [], unkept: 0, failure: null });
  await Promise.all([loadTenants(), loadRequests(), loadCollections()]);
  await openFile(COLLECTION, PATH);
  render(<Page />);
});

it("shows a row for every :name of the URL, and keeps what was written there", async () => {
  const user = userEvent.setup();
  await user.clear(url());
  await user.type(url(), "/orders/:i");
  await user.type(screen.getByLabelText("Path parameter i value"), "42");
  await user.type(url(), "d");
  expect(screen.getByLabelText<HTMLInputElement>("Path parameter id value").value).toBe("42");
  await user.clear(url());
  expect(screen.queryByLabelText("Path parameter id value")).toBeNull();
});

it("marks the tab of a request that differs from its file, until it is saved", async () => {
  const user = userEvent.setup();
  expect(screen.queryByTestId("unsaved")).toBeNull();
  expect(screen.getByTestId<HTMLButtonElement>("save").disabled).toBe(true);
  await user.type(url(), "/more");
  expect(screen.getByRole("tab", { name: /Order status, not saved/ })).toBeTruthy();
  await user.click(screen.getByTestId("save"));
  await vi.waitFor(() => expect(screen.queryByTestId("unsaved")).toBeNull());
  const read = await memory.call("request_read", { collection: COLLECTION, path: PATH });
  expect(read.item.request.url.endsWith("/more")).toBe(true);
});

it("fills the request from a curl command pasted into the URL, other text is pasted as it is", async () => {
  const paste = (text: string) => fireEvent.paste(url(), { clipboardData: { getData: () => text } });
  expect(paste("/http/plain")).toBe(true);
  expect(paste("curl -X DELETE 'https://host.example/a'")).toBe(false);
  await vi.waitFor(() => expect(url().value).toBe("https://host.example/a"));
  expect(screen.getByTestId<HTMLInputElement>("method").value).toBe("DELETE");
});

it("says that the file was changed outside, and takes it when asked", async () => {
  const user = userEvent.setup();
  await user.type(url(), "/mine");
  const { item } = await memory.call("request_read", { collection: COLLECTION, path: PATH });
  const theirs = { ...item, request: { ...item.request, url: "/theirs" } };
  const order = { collection: COLLECTION, path: PATH, item: theirs, with_secrets: true, move_secrets: false };
  await memory.call("request_save", order);
  await user.click(screen.getByTestId("save"));
  await user.click(await screen.findByTestId("take-theirs"));
  expect(url().value).toBe("/theirs");
  expect(screen.queryByTestId("conflict")).toBeNull();
});

it("colours what is known and what is not, once it was asked", async () => {
  const { active } = requests.get();
  act(() => changeRequest(active ?? "", { url: "{{salesOrg}}/{{nowhere}}" }));
  const look = (name: string) => document.querySelector(`[data-variable="${name}"]`)?.className;
  await vi.waitFor(() => expect(look("nowhere")).toBe("variable unknown"));
  expect(look("salesOrg")).toBe("variable");
});

it("shows the headers a request inherits, with where they come from", async () => {
  const user = userEvent.setup();
  await user.click(screen.getByRole("tab", { name: /^Headers/ }));
  const table = await screen.findByRole("table", { name: "Inherited headers" });
  expect(table.textContent).toContain("X-Requested-BysluiceOrder to Cash");
});

it("offers every kind of sign-in; a secret that stands there itself is noted", async () => {
  const user = userEvent.setup();
  await user.click(screen.getByRole("tab", { name: "Auth" }));
  expect(screen.getByTestId("auth-inherit").getAttribute("aria-checked")).toBe("true");
  await user.click(screen.getByTestId("auth-login"));
  await user.type(screen.getByLabelText("Password"), "abc");
  expect(screen.getByText(/readable by everyone/)).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>("Password").type).toBe("password");
  await user.clear(screen.getByLabelText("Password"));
  await user.click(screen.getByLabelText("Password"));
  await user.paste("{{partnerPassword}}");
  expect(screen.queryByText(/readable by everyone/)).toBeNull();
});

it("says at once where a request goes when its tab is shown again", async () => {
  const first = requests.get().active ?? "";
  const line = () => screen.queryByRole("group", { name: "Where the request goes and as whom" })?.textContent;
  await vi.waitFor(() => expect(line()).toContain("acme-dev"));
  await act(() => openFile(COLLECTION, "orders/cancel-order.yml"));
  expect(screen.getByRole("status", { name: "Asking where the request goes" })).toBeTruthy();
  await vi.waitFor(() => expect(line()).toContain("acme-dev"));
  act(() => activate(first));
  expect(line()).toContain("acme-dev");
});

it("does not say of one tenant what was said of another", async () => {
  const first = requests.get().active ?? "";
  const shown = () => screen.queryByTestId("resolved-url");
  await vi.waitFor(() => expect(shown()).toBeTruthy());
  await act(() => openFile(COLLECTION, "orders/cancel-order.yml"));
  act(() => changeDraft(first, (draft) => ({ ...draft, tenant: "acme-prod" })));
  act(() => activate(first));
  expect(shown()).toBeNull();
  await vi.waitFor(() => expect(shown()?.textContent).toContain("acme-prod"));
});
