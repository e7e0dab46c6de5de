import type { Draft } from "../bindings/Draft";
import type { RequestDetails } from "../bindings/RequestDetails";
import type { RequestItem } from "../bindings/RequestItem";
import { pathOf } from "../format/address";

/** Nothing beside what is sent. */
export function emptyDetails(): RequestDetails {
  return { tags: [], variables: [], scripts: [], assertions: [], docs: "" };
}

export function titleOf(draft: Pick<Draft, "title" | "request">): string {
  return draft.title || pathOf(draft.request.url) || "New request";
}

/** A draft as its file would say it. */
export function itemOf(draft: Draft): RequestItem {
  return { name: titleOf(draft), request: draft.request, details: draft.details };
}

// What the file of a draft said when it was read last; lost at the end of the run.
const baselines = new Map<string, RequestItem>();

export function keepBaseline(id: string, item: RequestItem): void {
  baselines.set(id, item);
}

/** Whether a file says what it said when the draft was opened. */
export function saysTheSame(id: string, item: RequestItem): boolean {
  const baseline = baselines.get(id);
  return baseline !== undefined && same(baseline, item);
}

/** Whether two values say the same; a missing property and an undefined one do. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left: Record<string, unknown> = { ...a };
  const right: Record<string, unknown> = { ...b };
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => same(left[key], right[key]));
}

/** The draft with the right mark of whether it differs from its file. */
export function marked(draft: Draft): Draft {
  if (!draft.file) return draft;
  const baseline = baselines.get(draft.id);
  // Without the file's words nobody can say that an edit was taken back.
  const changed = baseline === undefined || !same(baseline, itemOf(draft));
  return changed === draft.file.changed ? draft : { ...draft, file: { ...draft.file, changed } };
}

/** Whether a draft was opened from this file. */
export function standsInFile(draft: Draft, collection: string, path: string): boolean {
  return draft.file?.collection === collection && draft.file.path === path;
}
