import { useEffect, useState } from "react";
import { backend } from "../backend";
import type { DraftFile } from "../bindings/DraftFile";
import type { Field } from "../bindings/Field";
import { useCollection } from "../collection/state";

interface Inherited {
  header: Field;
  origin: string;
}

/** The folders above a path, the collection itself first. */
export function above(path: string): string[] {
  const folders = path.split("/").slice(0, -1);
  return ["", ...folders.map((_, place) => folders.slice(0, place + 1).join("/"))];
}

/** What counts of the headers of several places: of one name the nearest, and none the request has itself. */
export function nearest(all: ReadonlyArray<Inherited>, own: ReadonlyArray<Field>): Inherited[] {
  const taken = new Set(own.filter((header) => header.enabled).map((header) => header.name.toLowerCase()));
  const found = new Map<string, Inherited>();
  for (const one of all) if (one.header.enabled) found.set(one.header.name.toLowerCase(), one);
  return [...found].flatMap(([name, one]) => (taken.has(name) ? [] : [one]));
}

/** The headers a request gets from its folders and its collection; changed where they stand. */
export function InheritedHeaders({ file, own }: { file: DraftFile; own: ReadonlyArray<Field> }) {
  const { collection, path } = file;
  const tree = useCollection(collection);
  const [all, setAll] = useState<Inherited[]>([]);
  useEffect(() => {
    let current = true;
    const read = async (folder: string): Promise<Inherited[]> => {
      const { item } = await backend().call("folder_read", { collection, path: folder });
      return item.headers.map((header) => ({ header, origin: item.name }));
    };
    Promise.all(above(path).map(read)).then(
      (lists) => current && setAll(lists.flat()),
      // A broken folder is shown in the tree; here its headers are only missing.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [collection, path, tree]);
  const shown = nearest(all, own);
  if (shown.length === 0) return null;
  return (
    <table className="table dense cells inherited" aria-label="Inherited headers">
      <thead>
        <tr>
          <th>Inherited</th>
          <th>Value</th>
          <th>From</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ header, origin }) => (
          <tr key={header.name}>
            <td className="mono">{header.name}</td>
            <td className="mono">{header.value}</td>
            <td>{origin}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
