import { ArrowRight, LockKeyhole, Trash2, Workflow } from "lucide-react";
import type { Key } from "../bindings/Key";
import type { KeyFacts } from "../bindings/KeyFacts";
import { Icon } from "../components/Icon";
import { shortClientId } from "../format/address";
import { day } from "../format/time";
import { KIND_SHORT } from "./words";

function ends(chain: Key["chain"]): string {
  const leaf = chain?.certificates[0];
  return leaf ? day(leaf.not_after) : "no end date";
}

export interface ImportRenewProps {
  /** The key as it is saved; absent when it was removed meanwhile. */
  saved: Key | null;
  facts: KeyFacts;
}

/** What changes when a key takes the place of another, and what stays. */
export function ImportRenew({ saved, facts }: ImportRenewProps) {
  const rows = saved
    ? [
        ["Kind", KIND_SHORT[saved.kind], KIND_SHORT[facts.kind]],
        ["Client id", shortClientId(saved.client_id), shortClientId(facts.client_id)],
        ["Ends", ends(saved.chain), ends(facts.chain)],
      ]
    : [];
  return (
    <section aria-label="What changes">
      <h3 className="h3">What changes</h3>
      <dl className="renewal">
        {rows.map(([name, before, after]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <span className="mono-s dim cut">{before}</span>
              <Icon of={ArrowRight} />
              <span className="mono-s cut">{after}</span>
            </dd>
          </div>
        ))}
      </dl>
      <ul className="goes">
        <li>
          <Icon of={Workflow} className="ok" />
          <span>
            <b>Requests and environments</b> go on under the same name
          </span>
        </li>
        <li>
          <Icon of={LockKeyhole} className="ok" />
          <span>
            <b>The new secret</b> goes to where the old one is
          </span>
        </li>
        <li>
          <Icon of={Trash2} />
          <span>
            <b>The old secret</b> leaves after the new key got a token
          </span>
        </li>
      </ul>
    </section>
  );
}
