import type { KeyImport } from "../bindings/KeyImport";
import { Chain } from "./Chain";
import { KeySummary } from "./KeySummary";
import { Problems } from "./Problems";

/** The right side of the dialog: what the key is and what is wrong with it. */
export function ImportFacts({ read }: { read: KeyImport }) {
  if (!read.facts) return null;
  return (
    <>
      <KeySummary read={read} />
      <Problems problems={read.facts.problems} />
      {read.facts.chain ? <Chain chain={read.facts.chain} keyFits={read.facts.private_key_fits} /> : null}
    </>
  );
}
