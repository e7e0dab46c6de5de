/** Which rows are hidden: those between a row that opens a value and the row that ends it. */
export class Folds {
  readonly #ends: ReadonlyMap<number, number>;

  constructor(ends: ReadonlyMap<number, number> = new Map()) {
    this.#ends = ends;
  }

  get any(): boolean {
    return this.#ends.size > 0;
  }

  with(row: number, end: number): Folds {
    return new Folds(new Map(this.#ends).set(row, end));
  }

  without(row: number): Folds {
    const ends = new Map(this.#ends);
    ends.delete(row);
    return new Folds(ends);
  }

  /** Opens everything that hides a row. */
  showing(row: number): Folds {
    const open = [...this.#ends].filter(([from, end]) => !(from < row && row < end));
    return open.length === this.#ends.size ? this : new Folds(new Map(open));
  }

  /** How many rows are hidden behind this one; 0 when it is not folded. */
  hidden(row: number): number {
    const end = this.#ends.get(row);
    return end === undefined ? 0 : end - row - 1;
  }

  /** The next shown row. */
  next(row: number): number {
    return this.#ends.get(row) ?? row + 1;
  }

  /** The row itself, or the outermost folded one that hides it. */
  shown(row: number): number {
    let found = row;
    for (const [from, end] of this.#ends) if (from < row && row < end && from < found) found = from;
    return found;
  }

  /** The shown row before. */
  previous(row: number): number {
    return this.any ? this.shown(row - 1) : row - 1;
  }
}
