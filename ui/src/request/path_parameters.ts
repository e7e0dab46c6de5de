import type { Field } from "../bindings/Field";

/** The names of the `:name` segments of a URL's path, each once, in their order. */
export function pathNames(url: string): string[] {
  const path = url.replace(/[?#].*$/su, "").replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/iu, "");
  const names = path.split("/").flatMap((segment) => (/^:[^:{}]/u.test(segment) ? [segment.slice(1)] : []));
  return [...new Set(names)];
}

/** The rows for a URL: a name that stays keeps its row, one that is being typed keeps what stood in its place. */
export function followUrl(url: string, before: ReadonlyArray<Field>): Field[] {
  const names = pathNames(url);
  const gone = before.filter((row) => !names.includes(row.name));
  return names.map((name) => {
    const own = before.find((row) => row.name === name);
    if (own) return own;
    const renamed = names.length === before.length && gone.length === 1 ? gone[0] : undefined;
    return renamed ? { ...renamed, name } : { name, value: "", enabled: true };
  });
}
