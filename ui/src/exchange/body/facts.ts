import { useEffect, useState } from "react";
import { backend, failureOf } from "../../backend";
import type { BodyFacts } from "../../bindings/BodyFacts";
import type { BodyForm } from "../../bindings/BodyForm";
import type { BodyKind } from "../../bindings/BodyKind";
import type { Error as Failure } from "../../bindings/Error";
import type { Shown } from "../../bindings/Shown";

const AGAIN = 250;

/** How a body is looked at. */
export type Look = BodyForm | "preview";

export interface FactsState {
  facts: BodyFacts | null;
  failure: Failure | null;
}

const NONE: FactsState = { facts: null, failure: null };

/** One name for a body in a form, equal when they are. */
export function nameOf({ body, form }: Shown): string {
  return `${body.exchange}/${body.part.join(",")}/${form}`;
}

/** What is known of a body; asked again while it still arrives or is still looked through. */
export function useFacts(shown: Shown, follow = true): FactsState {
  const name = nameOf(shown);
  const [known, setKnown] = useState<FactsState & { of: string }>({ ...NONE, of: name });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let current = true;
    const ask = async () => {
      try {
        const facts = await backend().call("body_facts", shown);
        if (!current) return;
        setKnown({ of: name, facts, failure: null });
        if (follow && !(facts.done && facts.whole)) timer = setTimeout(() => void ask(), AGAIN);
      } catch (thrown) {
        if (current) setKnown({ of: name, facts: null, failure: failureOf(thrown) });
      }
    };
    void ask();
    return () => {
      current = false;
      clearTimeout(timer);
    };
    // The name stands for all of it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [name, follow]);
  return known.of === name ? known : NONE;
}

const PICTURED: BodyKind[] = ["image", "pdf", "multipart", "zip", "csv"];

function isSvg(facts: BodyFacts): boolean {
  return facts.content_type?.startsWith("image/svg") ?? false;
}

/** Whether there is more to see of a body than its text or bytes. */
export function hasPreview(facts: BodyFacts): boolean {
  return PICTURED.includes(facts.kind) || facts.kind === "html" || isSvg(facts);
}

/** How a body is looked at first. */
export function firstLook(facts: BodyFacts): Look {
  if (PICTURED.includes(facts.kind) || isSvg(facts)) return "preview";
  return facts.forms[0] ?? "raw";
}

const LABELS: Record<Look, string> = { pretty: "Pretty", raw: "Raw", hex: "Hex", preview: "Preview" };
const ORDER: Look[] = ["pretty", "raw", "hex", "preview"];

/** The ways a body can be looked at, in the order they are shown. */
export function looksOf(facts: BodyFacts): Array<{ value: Look; label: string }> {
  const there: Look[] = hasPreview(facts) ? [...facts.forms, "preview"] : facts.forms;
  return ORDER.filter((look) => there.includes(look)).map((value) => ({ value, label: LABELS[value] }));
}

/** What the body is called where it should be valid and is not. */
export function troubleWords(facts: BodyFacts): string | null {
  if (!facts.trouble) return null;
  const { message, line, column } = facts.trouble;
  const what = facts.kind === "json" ? "JSON" : "XML";
  return `Not valid ${what}: ${message}, line ${line.toLocaleString("en")}, column ${column.toLocaleString("en")}`;
}
