import { useEffect, useState } from "react";

/** Lines of the final size, after 200 ms. */
export function Skeleton({ lines = 3, label }: { lines?: number; label: string }) {
  const [due, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-label={label}>
      {due
        ? Array.from({ length: lines }, (_, line) => (
            <span key={line} className="skeleton" style={{ width: `${80 - ((line * 17) % 40)}%` }} />
          ))
        : null}
    </div>
  );
}
