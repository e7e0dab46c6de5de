import { createContext, useContext } from "react";
import type { Origin } from "../bindings/Origin";
import type { VariableUse } from "../bindings/VariableUse";

/** What is known of the variables around a field. */
export interface VariableScope {
  /** The variables in use, by name; absent until they were asked for. */
  uses: ReadonlyMap<string, VariableUse>;
  /** Every variable that could be used, for completion. */
  all: ReadonlyArray<VariableUse>;
  /** Where an unknown variable can be set: "environment dev". */
  settable: string | null;
  /** Opens the place where a variable is set. */
  set: ((name: string) => void) | null;
}

export const NO_VARIABLES: VariableScope = { uses: new Map(), all: [], settable: null, set: null };

const Scope = createContext<VariableScope>(NO_VARIABLES);

export const VariableScopeProvider = Scope.Provider;

export function useVariableScope(): VariableScope {
  return useContext(Scope);
}

/** How a variable is drawn. */
export function lookOf(use: VariableUse | undefined): string {
  return use?.problem ? "variable unknown" : "variable";
}

const PLACES: Record<Origin["scope"], string> = {
  runtime: "This run",
  request: "Request",
  environment: "Environment",
  tenant: "Tenant",
  folder: "Folder",
  collection: "Collection",
  global: "Global",
  process: "Process environment",
  dynamic: "Made anew",
};

/** A place in the list of places: "Environment dev". */
export function placeOf({ scope, name }: Origin): string {
  return name && scope !== "collection" && scope !== "request" ? `${PLACES[scope]} ${name}` : PLACES[scope];
}

const TAGS: Record<Origin["scope"], string> = {
  runtime: "from this run",
  request: "from the request",
  environment: "from the environment",
  tenant: "from the tenant",
  folder: "from the folder",
  collection: "from the collection",
  global: "from the globals",
  process: "from the process environment",
  dynamic: "made anew with every send",
};

/** Where a value comes from, as a tag: "from the tenant". */
export function originTag(origin: Origin): string {
  return TAGS[origin.scope];
}
