import { createStore } from "../store";

/** Which variable has its card open, and at which place of the window. */
export interface Card {
  name: string;
  left: number;
  top: number;
  bottom: number;
  /** Where the focus goes back to when the card was opened by key. */
  back: HTMLElement | null;
}

export const card = createStore<{ open: Card | null }>({ open: null });

const OPENS_AFTER = 300;
const CLOSES_AFTER = 200;

let timer: ReturnType<typeof setTimeout> | undefined;
let wanted: string | null = null;

function later(ms: number, act: () => void): void {
  clearTimeout(timer);
  timer = setTimeout(act, ms);
}

/** The pointer rests on a variable. */
export function pointAt(name: string, box: DOMRect): void {
  const { open } = card.get();
  if (open?.name === name) return holdCard();
  if (wanted === name) return;
  wanted = name;
  later(OPENS_AFTER, () => showCard(name, box));
}

/** The pointer left the variable, or the card. */
export function pointAway(): void {
  if (wanted === null && card.get().open === null) return;
  wanted = null;
  // A card opened by key stays until it is closed by key.
  if (!card.get().open?.back) later(CLOSES_AFTER, closeCard);
}

/** The pointer is in the card, which therefore stays. */
export function holdCard(): void {
  clearTimeout(timer);
}

export function showCard(name: string, { left, top, bottom }: DOMRect, back: HTMLElement | null = null): void {
  clearTimeout(timer);
  wanted = null;
  card.set({ open: { name, left, top, bottom, back } });
}

export function closeCard(): void {
  clearTimeout(timer);
  wanted = null;
  const { open } = card.get();
  if (!open) return;
  card.set({ open: null });
  open.back?.focus();
}
