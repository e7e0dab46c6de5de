import { X } from "lucide-react";
import { IconButton } from "../components/IconButton";
import { Tag } from "../components/Tag";
import { useStore } from "../store";
import { FindingList } from "./Findings";
import { dropKept, keptOf, serviceInstance, type Form } from "./state";

const OF: Record<Form, string> = { instance: "service instance", key: "service key" };

/** Members of the JSON that no field shows; they go out as they came. */
export function KeptMembers() {
  const { instance, key, found } = useStore(serviceInstance, (state) => state);
  const kept = keptOf({ instance, key });
  if (kept.length === 0) return null;
  return (
    <section className="form" aria-labelledby="kept-members-head" data-testid="kept-members">
      <h3 className="h3" id="kept-members-head">
        Kept as they are
      </h3>
      <ul className="parameter-kept">
        {kept.map(({ of, name, value }) => {
          const findings = found[of].filter(({ parameter }) => parameter === name);
          const text = JSON.stringify(value);
          return (
            <li key={`${of} ${name}`}>
              <div className="row">
                <span className="mono strong">{name}</span>
                <span className="mono-s cut grow" title={text}>
                  {text}
                </span>
                {findings.length === 0 ? <Tag tone="warn">unverified</Tag> : null}
                <span className="dim small">{OF[of]}</span>
                <IconButton size="s" label={`Remove ${name}`} icon={X} onClick={() => dropKept(of, name)} />
              </div>
              <FindingList findings={findings} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
