import { CircleCheck, CircleDashed, CircleMinus, CircleX, TriangleAlert, type LucideIcon } from "lucide-react";
import type { KeyAspect } from "../bindings/KeyAspect";
import type { Light } from "../bindings/Light";
import { count } from "../format/time";
import type { Checked } from "./state";

/** What stands for a state: never colour alone. */
export interface Mark {
  word: string;
  tone: "ok" | "warn" | "bad" | "dim";
  icon: LucideIcon;
}

const LIGHTS: Record<Light, Mark> = {
  red: { word: "Does not work", tone: "bad", icon: CircleX },
  amber: { word: "Needs attention", tone: "warn", icon: TriangleAlert },
  green: { word: "Works", tone: "ok", icon: CircleCheck },
};

const ASPECTS: Record<KeyAspect, string> = {
  token: "Token",
  roles: "Roles",
  host: "Host",
  certificate: "Certificate",
  plan: "Plan",
};

export function lightMark(light: Light): Mark {
  return LIGHTS[light];
}

export function aspectWord(aspect: KeyAspect): string {
  return ASPECTS[aspect];
}

export function markOf(one: Checked): Mark {
  if (one.state === "checked") return LIGHTS[one.check.light];
  if (one.state === "failed") return { word: "Not checked", tone: "bad", icon: CircleX };
  if (one.state === "skipped") return { word: "Not checked", tone: "dim", icon: CircleMinus };
  if (one.state === "checking") return { word: "Checking", tone: "dim", icon: CircleDashed };
  return { word: "Waiting", tone: "dim", icon: CircleDashed };
}

const ofLight = (light: Light) => (one: Checked) => one.state === "checked" && one.check.light === light;

/** "1 does not work, 2 need attention, 9 work"; what there is none of is left out. */
export function summaryOf(list: ReadonlyArray<Checked>): string {
  const many = (number: number, one: string, more: string) =>
    number > 0 ? `${number} ${number === 1 ? one : more}` : "";
  const parts = [
    many(list.filter(ofLight("red")).length, "does not work", "do not work"),
    many(list.filter(ofLight("amber")).length, "needs attention", "need attention"),
    many(list.filter(ofLight("green")).length, "works", "work"),
    many(list.filter(({ state }) => state === "failed" || state === "skipped").length, "not checked", "not checked"),
  ];
  return parts.filter(Boolean).join(", ");
}

/** "4 of 12 keys checked". */
export function progressOf(list: ReadonlyArray<Checked>): string {
  const done = list.filter(({ state }) => state === "checked" || state === "failed").length;
  return `${done} of ${count(list.length, "key")} checked`;
}
