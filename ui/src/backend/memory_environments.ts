import type { Input, OperationName, Output } from "./backend";
import { slug } from "./memory_collection_story";
import { outcome, refuse, type Shelf } from "./memory_shelf";

export type EnvironmentOperation = Extract<OperationName, `environment_${string}`>;

/** The environments of collections. */
export function memoryEnvironments(shelf: Shelf): { [K in EnvironmentOperation]: (input: Input<K>) => Output<K> } {
  const { find, tree, changed, removed } = shelf;
  return {
    environment_read: (input) => {
      const found = find(input.collection).environments.find((one) => one.environment.name === input.environment);
      if (!found) throw refuse("not_found", `There is no environment called ${input.environment}.`);
      return found;
    },
    environment_save: (input) => {
      const kept = find(input.collection);
      const name = input.environment.name;
      const found = kept.environments.find((one) => one.environment.name === input.before);
      if (name !== input.before && kept.environments.some((one) => one.environment.name === name))
        throw refuse("already_exists", `There is already an environment called ${name}.`, "Choose another name.");
      const stop = outcome(
        input.version ?? undefined,
        Number(found?.version ?? 1),
        input.environment,
        found?.environment,
        {
          with_secrets: true,
          move_secrets: false,
        },
      );
      if (found && stop) return stop;
      const version = String(Number(found?.version ?? 0) + 1);
      const next = {
        environment: input.environment,
        tenant: input.tenant ?? null,
        kept_secrets: found?.kept_secrets ?? [],
        version,
      };
      kept.environments = found
        ? kept.environments.map((one) => (one === found ? next : one))
        : [...kept.environments, next];
      if (kept.environment === input.before && input.before) kept.environment = name;
      changed(kept.id);
      return { outcome: "written", path: `environments/${slug(name)}.yml`, version };
    },
    environment_remove: (input) => {
      const kept = find(input.collection);
      const gone = kept.environments.find((one) => one.environment.name === input.environment);
      if (!gone) throw refuse("not_found", `There is no environment called ${input.environment}.`);
      const chosen = kept.environment === input.environment;
      kept.environments = kept.environments.filter((one) => one !== gone);
      if (chosen) kept.environment = null;
      const removal = crypto.randomUUID();
      removed.set(removal, () => {
        kept.environments = [...kept.environments, gone];
        if (chosen) kept.environment = gone.environment.name;
        changed(kept.id);
        return input.environment;
      });
      changed(kept.id);
      return removal;
    },
    environment_choose: (input) => {
      const kept = find(input.collection);
      kept.environment = input.environment ?? null;
      return tree(kept);
    },
  };
}
