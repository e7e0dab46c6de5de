import { CircleCheck } from "lucide-react";
import { useEffect, useState } from "react";
import { createStore, useStore } from "../store";
import { Icon } from "./Icon";

interface Shown {
  id: number;
  text: string;
  undo?: () => void;
}

const shown = createStore<{ toast: Shown | null }>({ toast: null });
let count = 0;

/** Says that something was just done; never an error. */
export function toast(text: string, undo?: () => void): void {
  count += 1;
  shown.set({ toast: { id: count, text, undo } });
}

const SECONDS = 6;

export function Toasts() {
  const current = useStore(shown, (state) => state.toast);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!current || held) return;
    const timer = setTimeout(() => shown.set({ toast: null }), SECONDS * 1000);
    return () => clearTimeout(timer);
  }, [current, held]);
  const undo = () => {
    current?.undo?.();
    shown.set({ toast: null });
    setHeld(false);
  };
  return (
    <div role="status" aria-live="polite">
      {current ? (
        <div
          className="toast"
          key={current.id}
          onMouseEnter={() => setHeld(true)}
          onMouseLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <Icon of={CircleCheck} />
          <span>{current.text}</span>
          {current.undo ? (
            <button type="button" onClick={undo}>
              Undo
            </button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
