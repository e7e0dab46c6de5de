import { useEffect, type KeyboardEvent } from "react";

export interface BodyKeys {
  openFind(): void;
  openLine(): void;
  step(by: 1 | -1): void;
}

const OVER = '[role="dialog"], [role="alertdialog"], [role="menu"]';

/** Keys of the body: Ctrl F and Ctrl G within it, F3 and Ctrl G from anywhere in the window. */
export function useBodyKeys({ openFind, openLine, step }: BodyKeys): (event: KeyboardEvent) => void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      // An editor that has the focus searches itself.
      if (event.defaultPrevented || document.querySelector(OVER)) return;
      const ctrl = event.ctrlKey || event.metaKey;
      if (event.key === "F3") step(event.shiftKey ? -1 : 1);
      else if (ctrl && !event.shiftKey && event.key.toLowerCase() === "g") openLine();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [openLine, step]);
  return (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key.toLowerCase() !== "f") return;
    event.preventDefault();
    event.stopPropagation();
    openFind();
  };
}
