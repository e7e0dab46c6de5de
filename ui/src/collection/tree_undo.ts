import { toast } from "../components/Toast";

const MOST = 100;

/** How the last changes of the tree are taken back, the latest at the end. */
const steps: Array<() => void> = [];

/** Says what was done in the tree; the toast and Ctrl Z take it back, once. */
export function didInTree(said: string, undo: () => void): void {
  const step = () => {
    const at = steps.indexOf(step);
    if (at < 0) return;
    steps.splice(at, 1);
    undo();
  };
  steps.push(step);
  if (steps.length > MOST) steps.shift();
  toast(said, step);
}

/** Takes back the latest change of the tree that still stands. */
export function undoInTree(): void {
  steps.at(-1)?.();
}
