import { Ellipsis, LoaderCircle } from "lucide-react";
import { useEffect, useState } from "react";
import { elapsed } from "../format/time";
import { Icon, type IconProps } from "./Icon";
import { useMedia } from "./media";

/** Milliseconds since a moment, asked for again and again. */
export function useElapsed(since: number, every = 100): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return Math.max(0, now - since);
}

function RunningTime() {
  const [since] = useState(() => Date.now());
  return <span aria-hidden="true">{elapsed(useElapsed(since))}</span>;
}

export interface SpinnerProps {
  size?: IconProps["size"];
  /** Whether the running time stands elsewhere already. */
  timed?: boolean;
  className?: string;
}

/** Something goes on: a turning circle, or three steady dots and the running time where nothing may move. */
export function Spinner({ size = 16, timed = false, className = "" }: SpinnerProps) {
  const still = useMedia("(prefers-reduced-motion: reduce)");
  if (!still) return <Icon of={LoaderCircle} size={size} className={`spin ${className}`} />;
  return (
    <span className={`spinner ${className}`} data-testid="steady-dots">
      <Icon of={Ellipsis} size={size} />
      {timed ? null : <RunningTime />}
    </span>
  );
}
