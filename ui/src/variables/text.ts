/** A stretch of text; one that is a variable carries its name. */
export interface Piece {
  text: string;
  from: number;
  name: string | null;
}

const VARIABLE = /\{\{([^{}\r\n]+)\}\}/gu;

/** The text in pieces, in order and without a gap: plain text and `{{name}}`. */
export function splitText(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const hit of text.matchAll(VARIABLE)) {
    if (hit.index > at) pieces.push({ text: text.slice(at, hit.index), from: at, name: null });
    pieces.push({ text: hit[0], from: hit.index, name: (hit[1] ?? "").trim() });
    at = hit.index + hit[0].length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), from: at, name: null });
  return pieces;
}

/** The names of the variables in a text. */
export function namesIn(text: string): string[] {
  return splitText(text).flatMap((piece) => (piece.name ? [piece.name] : []));
}

/** The variable the caret stands in or at the edge of. */
export function nameAt(text: string, caret: number): string | null {
  const piece = splitText(text).find(
    ({ name, from, text }) => name !== null && caret >= from && caret <= from + text.length,
  );
  return piece?.name ?? null;
}

/** The beginning of a variable before the caret: where its name starts, and what is typed of it. */
export function startedAt(text: string, caret: number): { from: number; typed: string } | null {
  const hit = /\{\{\s*([^{}\s]*)$/u.exec(text.slice(0, caret));
  const typed = hit?.[1];
  return typed === undefined ? null : { from: caret - typed.length, typed };
}

/** The text with a started variable finished, and where the caret goes. */
export function finish(text: string, caret: number, name: string): { text: string; caret: number } {
  const started = startedAt(text, caret);
  if (!started) return { text, caret };
  const rest = text.slice(caret).replace(/^[^{}\s]*\}\}/u, "");
  const before = `${text.slice(0, started.from)}${name}}}`;
  return { text: before + rest, caret: before.length };
}
