import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect } from "vitest";
import { chooseBackend } from "../backend";
import { memoryBackend, type MemoryOptions } from "../backend/memory";
import { Toasts } from "../components/Toast";
import { TooltipProvider } from "../components/Tooltip";
import { navigation } from "../navigation";
import { guard } from "../request/send";
import { requests } from "../request/state";
import { loadTenants, tenants } from "../tenant/state";
import { removal } from "./actions";
import { closeComparison, compared, USUALLY_IGNORED } from "./compared";
import { HistorySidebar } from "./HistorySidebar";
import { HistoryView } from "./HistoryView";
import { forgetHistory, history } from "./state";

/** The backend of the page that was opened last. */
export let memory: ReturnType<typeof memoryBackend>;

/** Opens the page of the history as it is at first. */
export async function open(options: MemoryOptions = {}) {
  memory = memoryBackend(options);
  chooseBackend(memory);
  forgetHistory();
  closeComparison();
  removal.set({ asking: null });
  compared.set({ ignore: USUALLY_IGNORED });
  navigation.set({ place: "history", page: null, palette: false });
  requests.set({ list: [], active: null, closed: [], unkept: 0, failure: null });
  tenants.set({ list: [], loaded: false, current: null });
  guard.set({ asking: null, released: new Set() });
  await loadTenants();
  render(
    <TooltipProvider>
      <HistorySidebar />
      <HistoryView />
      <Toasts />
    </TooltipProvider>,
  );
  await waitFor(() => expect(history.get().text).not.toBeNull());
  return userEvent.setup();
}

export const callsOf = (name: string) => memory.calls.filter(([called]) => called === name).map(([, input]) => input);
export const query = () => screen.getByRole<HTMLInputElement>("combobox", { name: "Search the history" });
export const rows = () => screen.getAllByRole("option");
export const list = () => screen.getByRole("listbox", { name: "Exchanges" });

export const type = (text: string) => fireEvent.change(query(), { target: { value: text } });

export async function find(text: string) {
  type(text);
  await waitFor(() => expect(history.get().text).toBe(text.trim()));
}
