import { duplicateTab } from "../collection/actions";
import { isTextField } from "../components/text_field";
import { openCollection, openDialog } from "../collection/dialogs";
import { currentCollection } from "../collection/environments";
import { treeView } from "../collection/view";
import { cancelSending, answerOf, ANSWER_TABS, showTab } from "../exchange/state";
import { toggleSidebar } from "../layout";
import { closePage, goTo, navigation } from "../navigation";
import { copyCurl } from "../request/curl";
import { saveRequest } from "../request/save";
import { sendRequest } from "../request/send";
import { closeRequest, openRequest, redoEdit, reopen, requests, step, undoEdit } from "../request/state";
import { imports, pasteKey } from "../service_key/import_state";

const REGIONS = ["header.top", "nav.rail", "aside.sidebar", "main", "aside.facts-panel", "footer.status"];
const FOCUSABLE = 'button:not(:disabled):not([tabindex="-1"]), input:not(:disabled), [tabindex="0"]';

/** Moves the focus to the next or previous region, around the ends. */
export function walkRegions(by: 1 | -1): void {
  const shown = REGIONS.map((selector) => document.querySelector<HTMLElement>(selector)).filter(
    (region): region is HTMLElement =>
      region !== null && region.querySelector(FOCUSABLE) !== null && getComputedStyle(region).display !== "none",
  );
  const inside = shown.findLastIndex((region) => region.contains(document.activeElement));
  const next = shown[(inside + by + shown.length) % shown.length];
  next?.querySelector<HTMLElement>(FOCUSABLE)?.focus();
}

function atWork(id: string | null): id is string {
  const { place, page } = navigation.get();
  return place === "requests" && page === null && id !== null;
}

/** The tree undoes what was done in it. */
function inTree(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="tree"]') !== null;
}

function atPage(): boolean {
  const { place, page } = navigation.get();
  return place === "requests" && page !== null;
}

function showEnvironments(): void {
  const collection = currentCollection();
  if (collection) openDialog({ kind: "environments", collection });
}

function focusUrl(): void {
  const url = document.querySelector<HTMLInputElement>('[data-testid="url"]');
  url?.focus();
  url?.select();
}

function click(testId: string): void {
  document.querySelector<HTMLElement>(`[data-testid="${testId}"]`)?.click();
}

function withCtrl(event: KeyboardEvent, active: string | null): (() => void) | null {
  const key = event.key.toLowerCase();
  const undoes = key === "z" && atWork(active) && !isTextField(event.target) && !inTree(event.target);
  if (event.shiftKey) {
    if (undoes) return () => redoEdit(active);
    if (key === "c" && atWork(active)) return () => void copyCurl(active);
    return key === "t" ? () => (reopen(), goTo("requests")) : null;
  }
  if (undoes) return () => undoEdit(active);
  if (inTree(event.target) && (key === "d" || key === "x" || (key === "v" && treeView.get().cut))) return null;
  if (key === "o") return () => void openCollection();
  if (key === "e") return showEnvironments;
  if (key === "k") return () => navigation.set({ palette: true });
  if (key === "n") return () => (openRequest(), goTo("requests"), setTimeout(focusUrl));
  if (key === "\\") return toggleSidebar;
  if (key === "v" && !isTextField(event.target)) return () => void pasteKey();
  if (atPage() && key === "s") return () => click("page-save");
  if (atPage() && key === "w") return closePage;
  if (!atWork(active)) return null;
  if (key === "enter") return () => sendRequest(active);
  if (key === "s") return () => void saveRequest(active);
  if (key === "l") return focusUrl;
  if (key === "w") {
    return () => {
      closeRequest(active);
      requestAnimationFrame(() => document.querySelector<HTMLElement>('.req-tab[aria-selected="true"]')?.focus());
    };
  }
  if (key === "d") return () => void duplicateTab(active);
  if (key === "pageup") return () => step(-1);
  if (key === "pagedown") return () => step(1);
  if (key === "f" && !isTextField(event.target) && !document.activeElement?.closest(".cm-editor"))
    return () => click("body-search");
  return null;
}

function plain(event: KeyboardEvent, active: string | null): (() => void) | null {
  if (event.key === "F6") return () => walkRegions(event.shiftKey ? -1 : 1);
  if (!atWork(active)) return null;
  if (event.key === "Escape" && answerOf(active).sending) return () => cancelSending(active);
  if (event.altKey && /^[1-9]$/.test(event.key)) {
    const tab = ANSWER_TABS[Number(event.key) - 1];
    return tab && answerOf(active).exchange ? () => showTab(active, tab) : null;
  }
  return null;
}

/** What takes the keys while it is open; what closes stays a moment longer, to fade. */
const IN_FRONT = ["dialog", "alertdialog", "menu"].map((role) => `[role="${role}"]:not([data-state="closed"])`).join();

/** What a key stroke does in the window as a whole; dialogs and menus come first. */
export function shortcutOf(event: KeyboardEvent): (() => void) | null {
  const { active } = requests.get();
  if (document.querySelector(IN_FRONT)) {
    const { open } = imports.get();
    const pastes = open && event.ctrlKey && event.key.toLowerCase() === "v" && !isTextField(event.target);
    return pastes ? () => void pasteKey() : null;
  }
  return event.ctrlKey || event.metaKey ? withCtrl(event, active) : plain(event, active);
}

/** Listens to the whole window; answers how to stop. */
export function listenToKeys(): () => void {
  const onKey = (event: KeyboardEvent) => {
    const act = shortcutOf(event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  // What is pasted outside of text fields is read by Rust, never by the page.
  const onPaste = (event: ClipboardEvent) => {
    if (!isTextField(event.target)) event.preventDefault();
  };
  window.addEventListener("keydown", onKey, true);
  window.addEventListener("paste", onPaste, true);
  return () => {
    window.removeEventListener("keydown", onKey, true);
    window.removeEventListener("paste", onPaste, true);
  };
}
