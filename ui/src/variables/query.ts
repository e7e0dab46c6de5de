import { useEffect, useState } from "react";
import { backend } from "../backend";
import type { SendContext } from "../bindings/SendContext";
import type { VariableUse } from "../bindings/VariableUse";
import { namesIn } from "./text";

const AFTER = 200;

export interface Queried {
  uses: ReadonlyMap<string, VariableUse>;
  all: ReadonlyArray<VariableUse>;
}

/** What the variables in these texts are, asked for a moment after the last change. `again` asks anew when it changes. */
export function useVariableQuery(
  tenant: string | null,
  context: SendContext | undefined,
  texts: ReadonlyArray<string>,
  again: unknown,
): Queried {
  const [found, setFound] = useState<Queried>({ uses: new Map(), all: [] });
  // Only the names matter: what stands between them changes with every key stroke.
  const names = [...new Set(texts.flatMap(namesIn))].toSorted().join("\n");
  const where = JSON.stringify({ tenant, context });
  useEffect(() => {
    let current = true;
    const query = {
      tenant: tenant ?? undefined,
      context,
      texts: names === "" ? [] : names.split("\n").map((name) => `{{${name}}}`),
    };
    const timer = setTimeout(() => {
      Promise.all([backend().call("variable_query", query), backend().call("variable_list", query)]).then(
        ([uses, all]) => current && setFound({ uses: new Map(uses.map((use) => [use.name, use])), all }),
        // Without an answer the fields stay as they are: the send will say what is wrong.
        () => undefined,
      );
    }, AFTER);
    return () => {
      current = false;
      clearTimeout(timer);
    };
    // `where` holds tenant and context by value.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [where, names, again]);
  return found;
}
