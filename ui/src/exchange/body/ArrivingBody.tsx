import { useMemo } from "react";
import type { BodyFacts } from "../../bindings/BodyFacts";
import type { BodyName } from "../../bindings/BodyName";
import type { Shown } from "../../bindings/Shown";
import { BodyRows } from "./BodyRows";
import { nameOf, useFacts } from "./facts";

/** What is there of a body that arrives; nothing before its first bytes. */
export function useArriving(exchange: string): { body: BodyName; facts: BodyFacts | null } {
  const body = useMemo<BodyName>(() => ({ exchange, part: [] }), [exchange]);
  const probe = useMemo<Shown>(() => ({ body, form: "pretty" }), [body]);
  return { body, facts: useFacts(probe).facts };
}

/** The rows of a body while it arrives, in the form that suits what it is by now. */
export function ArrivingBody({ body, first }: { body: BodyName; first: BodyFacts }) {
  const form = first.forms[0] ?? "raw";
  const shown = useMemo<Shown>(() => ({ body, form }), [body, form]);
  const { facts } = useFacts(shown);
  return facts ? <BodyRows key={nameOf(shown)} shown={shown} facts={facts} looks={null} /> : null;
}
