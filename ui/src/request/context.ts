import type { Draft } from "../bindings/Draft";
import type { SendContext } from "../bindings/SendContext";

/** Where a draft stands in its collection, for what it inherits and its variables. */
export function contextOf({ file, details }: Pick<Draft, "file" | "details">): SendContext | undefined {
  if (!file) return undefined;
  return { collection: file.collection, path: file.path, variables: details.variables };
}
