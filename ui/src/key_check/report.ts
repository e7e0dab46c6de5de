import type { KeyFinding } from "../bindings/KeyFinding";
import type { Checked } from "./state";
import { aspectWord, lightMark, markOf, summaryOf } from "./words";

const oneLine = (text: string): string => text.replaceAll(/\s+/gu, " ").trim();

function findingLines({ aspect, light, message, hint }: KeyFinding): string[] {
  const mark = lightMark(light).word.toLowerCase();
  const next = hint ? [`    Next: ${oneLine(hint)}`] : [];
  return [`  - ${aspectWord(aspect)}, ${mark}: ${oneLine(message)}`, ...next];
}

function linesOf(one: Checked): string[] {
  const head = oneLine(`${markOf(one).word}: ${one.tenant} (${one.stage}), key ${one.key}, plan ${one.plan}`);
  if (one.state === "checked") return [head, ...one.check.findings.flatMap(findingLines)];
  if (one.state !== "failed") return [head];
  const { message, hint } = one.failure;
  return [head, `  - ${oneLine(message)}`, ...(hint ? [`    Next: ${oneLine(hint)}`] : [])];
}

/** The report as text, in the order it is shown; it holds no secret, since no finding does. */
export function reportOf(list: ReadonlyArray<Checked>, at: string): string {
  return [`Key check, ${at}: ${summaryOf(list)}`, ...list.map((one) => linesOf(one).join("\n"))].join("\n\n");
}
