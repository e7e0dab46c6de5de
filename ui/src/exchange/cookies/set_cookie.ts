import type { Exchange } from "../../bindings/Exchange";
import type { Segment } from "../../bindings/Segment";

/** A cookie as an answer sets it. */
export interface SetCookie {
  /** Which call's answer set it, from 0. */
  call: number;
  name: string;
  value: Segment[];
  /** `Path=/http; Secure` as it came. */
  attributes: string;
}

function parse(call: number, segments: ReadonlyArray<Segment>): SetCookie {
  const value: Segment[] = [];
  let name = "";
  let attributes = "";
  let at: "name" | "value" | "attributes" = "name";
  for (const segment of segments) {
    if (segment.kind === "masked") {
      if (at !== "attributes") value.push(segment);
      continue;
    }
    let { text } = segment;
    if (at === "name") {
      const equals = text.indexOf("=");
      name += equals < 0 ? text : text.slice(0, equals);
      if (equals < 0) continue;
      text = text.slice(equals + 1);
      at = "value";
    }
    if (at === "value") {
      const end = text.indexOf(";");
      const shown = end < 0 ? text : text.slice(0, end);
      if (shown) value.push({ kind: "text", text: shown });
      if (end < 0) continue;
      text = text.slice(end + 1);
      at = "attributes";
    }
    attributes += text;
  }
  return { call, name: name.trim(), value, attributes: attributes.trim() };
}

/** Every cookie the calls of an exchange were told to keep, in order. */
export function cookiesSet(exchange: Exchange): SetCookie[] {
  return exchange.calls.flatMap((call, place) =>
    (call.received?.headers ?? [])
      .filter((header) => header.name.toLowerCase() === "set-cookie")
      .map((header) => parse(place, header.value)),
  );
}
