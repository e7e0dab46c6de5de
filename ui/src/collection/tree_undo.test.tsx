import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { chooseBackend } from "../backend";
import { memoryBackend } from "../backend/memory";
import { Toasts } from "../components/Toast";
import { TooltipProvider } from "../components/Tooltip";
import { CollectionSidebar } from "./CollectionSidebar";
import { collections, loadCollections } from "./state";
import { treeView } from "./view";

const names = () => screen.getAllByRole("treeitem").map((one) => one.textContent);

it("takes back the latest changes with Ctrl Z, and keeps the focus in the tree", async () => {
  chooseBackend(memoryBackend());
  collections.set({ list: [], loaded: false });
  treeView.set({ expanded: new Set(), active: null, filter: "", renaming: null, cut: null });
  await loadCollections();
  render(
    <TooltipProvider>
      <CollectionSidebar />
      <Toasts />
    </TooltipProvider>,
  );
  const user = userEvent.setup();
  screen.getByRole("treeitem", { name: /Order to Cash/ }).focus();
  await user.keyboard("{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}");
  const before = names();

  await user.keyboard("{Alt>}{ArrowDown}{/Alt}");
  await waitFor(() => expect(names()).not.toEqual(before));
  const moved = names();
  await user.keyboard("{Delete}");
  await waitFor(() => expect(screen.queryByRole("treeitem", { name: /Create order$/ })).toBeNull());
  await waitFor(() => expect(document.activeElement?.getAttribute("role")).toBe("treeitem"));

  await user.keyboard("{Control>}z{/Control}");
  await waitFor(() => expect(names()).toEqual(moved));
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(() => expect(names()).toEqual(before));
});
