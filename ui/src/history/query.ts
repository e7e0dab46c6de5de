/** A word, phrase or term as it was typed. */
export interface Piece {
  /** As it stands in the query. */
  raw: string;
  field: string | null;
  value: string;
  /** The value's parts between bars and commas outside of quotes. */
  alternatives: string[];
  negated: boolean;
  /** Whether a space follows: nothing is added to it any more. */
  complete: boolean;
}

/** The terms a query may have, with what each is about. */
export const TERMS: ReadonlyArray<{ field: string; hint: string }> = [
  { field: "tenant", hint: "a name, acme-* or none" },
  { field: "status", hint: "404, 5xx, >=400 or none" },
  { field: "method", hint: "GET, POST" },
  { field: "since", hint: "2h, 2d, today, 2026-11-01" },
  { field: "before", hint: "2h, 2d, today, 2026-11-01" },
  { field: "door", hint: "window or terminal" },
  { field: "stage", hint: "dev, test, prod or sandbox" },
  { field: "host", hint: "a part of the host" },
  { field: "path", hint: "a part of the path" },
  { field: "title", hint: "the name of the request" },
  { field: "took", hint: ">1s, <200ms" },
  { field: "size", hint: ">1mb, <10kb" },
  { field: "pinned", hint: "yes or no" },
  { field: "note", hint: "a part of the note" },
];

const RAW = /(?:["“”„][^"“”„]*(?:["“”„]|$)|[^\s"“”„])+/gu;
// `https://…`, `localhost:8080` and `10:30` are text.
const TERM = /^-?(?!localhost:)([A-Za-z]+):(?!\/\/)(.*)$/su;

const ALTERNATIVE = /(?:["“”„][^"“”„]*(?:["“”„]|$)|[^,|"“”„])+/gu;
const withoutQuotes = (text: string) => text.replaceAll(/["“”„]/gu, "");

function pieceOf(raw: string, complete: boolean): Piece {
  const found = TERM.exec(raw);
  const negated = raw.startsWith("-") && raw.length > 1;
  const value = found ? (found[2] ?? "") : raw.slice(negated ? 1 : 0);
  const field = found?.[1]?.toLowerCase() ?? null;
  const alternatives = (value.match(ALTERNATIVE) ?? []).map(withoutQuotes).filter((part) => part.trim() !== "");
  return { raw, field, value: withoutQuotes(value), alternatives, negated, complete };
}

/** The pieces between the spaces, as the core reads them. */
export function piecesOf(text: string): Piece[] {
  return [...text.matchAll(RAW)].map((found) => pieceOf(found[0], found.index + found[0].length < text.length));
}

/** Takes the complete terms out of what is typed; the words stay. */
export function takeTerms(typed: string): { chips: string[]; rest: string } {
  const terms = piecesOf(typed).filter((piece) => piece.field !== null && piece.value !== "" && piece.complete);
  let rest = typed;
  for (const { raw } of terms) {
    const at = rest.indexOf(raw);
    rest = rest.slice(0, at) + rest.slice(at + raw.length).trimStart();
  }
  return { chips: terms.map((term) => term.raw), rest: terms.length > 0 ? rest.trimStart() : rest };
}

/** One query of chips and what is typed behind them. */
export function queryOf(chips: ReadonlyArray<string>, rest: string): string {
  return [...chips, rest.trim()].filter(Boolean).join(" ");
}

/** The values a query asks for under a field, negated ones left out. */
export function valuesOf(chips: ReadonlyArray<string>, field: string): string[] {
  return chips
    .flatMap(piecesOf)
    .filter((piece) => piece.field === field && !piece.negated)
    .flatMap((piece) => piece.alternatives);
}

// A quote within a name cannot be written: anything may stand in its place.
const written = (value: string) => (/[\s,|"“”„]/u.test(value) ? `"${value.replaceAll(/["“”„]/gu, "*")}"` : value);

/** A term as it is written. */
export function termOf(field: string, values: ReadonlyArray<string>): string {
  return `${field}:${values.map(written).join(",")}`;
}

/** The chips with this field asking for these values only. */
export function withValues(chips: ReadonlyArray<string>, field: string, values: ReadonlyArray<string>): string[] {
  const isOther = (chip: string) => {
    const piece = piecesOf(chip)[0];
    return piece?.field !== field || piece.negated;
  };
  const others = chips.filter(isOther);
  return values.length > 0 ? [...others, termOf(field, values)] : others;
}

/** Whether a value is asked for; `*` stands for anything. */
export function asksFor(values: ReadonlyArray<string>, value: string): boolean {
  return values.some((pattern) => {
    const source = pattern.replaceAll(/[\\^$.+?()[\]{}|]/gu, String.raw`\$&`).replaceAll("*", ".*");
    return new RegExp(`^${source}$`, "iu").test(value);
  });
}

/** What could be typed on from here: terms, or values of the term that is being typed. */
export function completions(rest: string, values: Record<string, ReadonlyArray<string>>): string[] {
  const last = /\S*$/u.exec(rest)?.[0] ?? "";
  if (last === "") return [];
  const sign = last.startsWith("-") ? "-" : "";
  const typed = last.slice(sign.length).toLowerCase();
  const colon = typed.indexOf(":");
  if (colon < 0)
    return typed.length < 2
      ? []
      : TERMS.filter(({ field }) => field.startsWith(typed)).map(({ field }) => `${sign}${field}:`);
  const field = typed.slice(0, colon);
  const begun = typed.slice(colon + 1);
  return (values[field] ?? [])
    .filter((value) => value.toLowerCase().startsWith(begun) && value.toLowerCase() !== begun)
    .slice(0, 8)
    .map((value) => `${sign}${termOf(field, [value])}`);
}

/** What is typed with its last piece replaced by a completion; a whole term is ended by a space. */
export function completed(rest: string, choice: string): string {
  return rest.replace(/\S*$/u, () => (choice.endsWith(":") ? choice : `${choice} `));
}
