// A dialog is often opened from a menu that is gone when the dialog closes, so the place the user
// came from is remembered outside of menus and dialogs.
const PASSING = '[role="menu"], [role="dialog"], [role="alertdialog"], [role="listbox"]';

let place: HTMLElement | null = null;

function remember(target: EventTarget | null): void {
  if (!(target instanceof Element) || target.closest(PASSING)) return;
  place = target.closest<HTMLElement>("button, input, textarea, [tabindex], [contenteditable]") ?? place;
}

document.addEventListener("focusin", (event) => remember(event.target));
// A menu's button opens it without taking the focus.
document.addEventListener("pointerdown", (event) => remember(event.target), true);

/** Puts the focus where the user came from, or near it when that is gone. */
export function returnFocus(): void {
  const near =
    document.querySelector<HTMLElement>('main tr[tabindex="0"]') ??
    document.querySelector<HTMLElement>('main [tabindex="0"], main button:not(:disabled)');
  (place?.isConnected && place.offsetParent !== null ? place : near)?.focus();
}
