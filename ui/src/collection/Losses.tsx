import type { Loss } from "../bindings/Loss";
import { Callout } from "../components/Callout";

/** What could not be carried over. */
export function Losses({ losses }: { losses: Loss[] }) {
  if (losses.length === 0) return <Callout tone="ok" title="Everything is carried over" />;
  return (
    <Callout
      tone="warn"
      title={losses.length === 1 ? "1 thing is not carried over" : `${losses.length} things are not carried over`}
    >
      <ul className="loss-list" aria-label="Not carried over">
        {losses.map((loss) => (
          <li key={loss.place + loss.what}>
            <b>{loss.place}</b>
            <p>{loss.what}</p>
          </li>
        ))}
      </ul>
    </Callout>
  );
}
