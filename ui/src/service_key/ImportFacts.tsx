import type { KeyImport } from "../bindings/KeyImport";
import { Callout } from "../components/Callout";
import { Chain } from "./Chain";
import { KeySummary } from "./KeySummary";
import { Problems } from "./Problems";

/** The right side of the dialog: what the key is and what is wrong with it. */
export function ImportFacts({ read }: { read: KeyImport }) {
  if (!read.facts) return null;
  return (
    <>
      <KeySummary read={read} />
      {read.private_key?.requested && read.private_key.fits ? (
        <Callout tone="ok" title="Its private key was added by itself" testId="import-requested">
          <p>
            You asked for this certificate here, with the request <b>{read.private_key.name}</b>. Its private key came
            from the keyring.
          </p>
        </Callout>
      ) : null}
      <Problems problems={read.facts.problems} />
      {read.facts.chain ? <Chain chain={read.facts.chain} keyFits={read.facts.private_key_fits} /> : null}
    </>
  );
}
