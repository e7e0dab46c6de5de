import type { Tenant } from "../bindings/Tenant";
import type { Variable } from "../bindings/Variable";
import type { VariableUse } from "../bindings/VariableUse";
import type { Input, OperationName, Output } from "./backend";
import { variable } from "./memory_collection_story";
import { parentOf, type Shelf } from "./memory_shelf";

export type VariableOperation = Extract<
  OperationName,
  `global_${string}` | `variable_${string}` | "secret_variable_set"
>;

const NAMED = /\{\{\s*([^{}\s]+)\s*\}\}/g;

type Place = [VariableUse["origin"], Variable[]];

/** What variables are worth, and those of this computer. */
export function memoryVariables(
  empty: boolean,
  shelf: Shelf,
  tenants: () => Tenant[],
): { [K in VariableOperation]: (input: Input<K>) => Output<K> } {
  let globals: Variable[] = empty ? [] : [variable("team", "integration")];
  const known = ({ context, tenant }: Input<"variable_query">): VariableUse[] => {
    const kept = context ? shelf.open.find((one) => one.id === context.collection) : undefined;
    const environment = kept?.environments.find((one) => one.environment.name === kept.environment);
    const folders = (context ? parentOf(context.path) : "").split("/").filter(Boolean);
    const at = tenants().find((one) => one.name === tenant);
    const places: Place[] = [
      [{ scope: "request", name: null }, context?.variables ?? []],
      ...folders.map((_, index): Place => {
        const path = folders.slice(0, folders.length - index).join("/");
        const found = kept?.entries.find((one) => one.path === path)?.folder;
        return [{ scope: "folder", name: found?.name ?? path }, found?.variables ?? []];
      }),
      ...(environment
        ? [[{ scope: "environment", name: environment.environment.name }, environment.environment.variables] as Place]
        : []),
      ...(at
        ? [
            [
              { scope: "tenant", name: at.name },
              [variable("runtimeUrl", at.runtime_url ?? ""), variable("tenant", at.name)],
            ] as Place,
          ]
        : []),
      ...(kept ? [[{ scope: "collection", name: kept.name }, kept.root.variables] as Place] : []),
      [{ scope: "global", name: null }, globals],
    ];
    const names = new Set(places.flatMap(([, list]) => list.map((one) => one.name)));
    return [...names].map((name) => {
      const asked = places.flatMap(([origin, list]) => {
        const found = list.find((one) => one.name === name && one.enabled);
        const value = found ? (found.secret ? "••••••••" : found.value) : null;
        return origin ? [{ origin, value, secret: found?.secret ?? false }] : [];
      });
      const hit = asked.find((one) => one.value !== null);
      return {
        name,
        value: hit?.value ?? null,
        secret: hit?.secret ?? false,
        origin: hit?.origin ?? null,
        problem: hit ? null : `${name} is not set anywhere.`,
        asked: asked.map(({ origin, value }) => ({ origin, value })),
      };
    });
  };

  return {
    global_variables: () => globals,
    global_variables_change: (input) => (globals = input),
    secret_variable_set: (input) => {
      if (!input.collection || !input.environment) return null;
      const found = shelf.find(input.collection).environments.find((one) => one.environment.name === input.environment);
      if (found)
        found.kept_secrets = [
          ...found.kept_secrets.filter((name) => name !== input.name),
          ...(input.value ? [input.name] : []),
        ];
      return null;
    },
    variable_query: (input) => {
      const all = known(input);
      const names = new Set(input.texts.flatMap((text) => [...text.matchAll(NAMED)].map((match) => match[1] ?? "")));
      return [...names].map(
        (name) =>
          all.find((one) => one.name === name) ?? {
            name,
            value: name.startsWith("$") ? "made anew" : null,
            secret: false,
            origin: name.startsWith("$") ? { scope: "dynamic", name: null } : null,
            problem: name.startsWith("$") ? null : `${name} is not set anywhere.`,
            asked: [],
          },
      );
    },
    variable_list: known,
  };
}
