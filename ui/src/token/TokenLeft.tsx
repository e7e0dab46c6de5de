import type { TokenFacts } from "../bindings/TokenFacts";
import { countdown } from "../format/time";
import { useSecondsLeft } from "./state";

/** "41:07 left", ticking; under five minutes it warns. */
export function TokenLeft({ facts, prefix = "" }: { facts: TokenFacts; prefix?: string }) {
  const left = useSecondsLeft(facts);
  if (left === 0) return <span className="warn">{prefix} ended, next one by itself</span>;
  return (
    <span className={left < 300 ? "warn" : undefined}>
      {prefix} {countdown(left)} left
    </span>
  );
}
