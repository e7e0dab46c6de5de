import { useSyncExternalStore } from "react";
import { Folds } from "./folds";
import {
  endPosition,
  moveBy,
  placeBelow,
  positionShowing,
  ROW,
  rowsFrom,
  within,
  type Position,
  type Space,
} from "./geometry";
import { RowPages } from "./pages";

/** A piece of a row; its kind becomes its colour. */
export interface RowSpan {
  kind: string;
  text: string;
}

/** A line, or a piece of a very long one. */
export interface ViewRow {
  /** From 1; absent for further pieces of a long line. */
  line: number | null;
  depth: number;
  opens: boolean;
  spans: ReadonlyArray<RowSpan>;
}

export interface RowsSource {
  load(from: number, count: number): Promise<ReadonlyArray<ViewRow>>;
  /** The row on which the value ends that opens on a row. */
  foldEnd?(row: number): Promise<number | null>;
  onFailure(thrown: unknown): void;
}

/** What is seen of a list of rows of any length. Lives outside of React, so that a moved row renders only itself. */
export class RowsModel {
  readonly #source: RowsSource;
  readonly #listeners = new Set<() => void>();
  readonly #heights = new Map<number, number>();
  readonly pages: RowPages<ViewRow>;
  position: Position = { row: 0, offset: 0 };
  /** The row the keyboard is at. */
  current = 0;
  /** UTF-16 units before the place in the current row. */
  column = 0;
  /** Whether the user chose the current row. */
  touched = false;
  /** Whether everything is marked. */
  all = false;
  folds = new Folds();
  total = 0;
  /** Bytes the known rows were made of; more of them may make the last row longer. */
  reached = 0;
  viewport = 400;
  wrap = false;
  /** Characters that fit beside each other; counts for wrapped rows only. */
  columns = 80;
  /** The most characters a row had until now. */
  widest = 0;
  version = 0;

  constructor(source: RowsSource) {
    this.#source = source;
    this.pages = new RowPages({
      load: source.load,
      onChange: () => this.#changed(),
      onFailure: source.onFailure,
    });
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #changed(): void {
    this.version += 1;
    this.position = within(this.#space, this.position);
    this.pages.want(this.visible(), this.total, this.reached);
    for (const listener of this.#listeners) listener();
  }

  get #space(): Space {
    return {
      total: this.total,
      viewport: this.viewport,
      folds: this.folds,
      heightOf: (row) => (this.wrap ? this.#height(row) : ROW),
    };
  }

  #height(row: number): number {
    const measured = this.#heights.get(row);
    if (measured !== undefined) return measured;
    const spans = this.pages.get(row)?.spans ?? [];
    const length = spans.reduce((sum, span) => sum + span.text.length, 0);
    return Math.max(1, Math.ceil(length / this.columns)) * ROW;
  }

  /** The numbers of the rows that are seen. */
  visible(): number[] {
    return rowsFrom(this.#space, this.position);
  }

  /** The last position there is. */
  get end(): Position {
    return endPosition(this.#space);
  }

  get atEnd(): boolean {
    const { row, offset } = this.end;
    return this.position.row > row || (this.position.row === row && this.position.offset >= offset - 1);
  }

  /** Asks again for rows that could not be fetched. */
  retry(): void {
    this.pages.retry();
    this.#changed();
  }

  /**
   * More rows are known, or the last one grew; if asked to follow, who looks at the end goes on looking at it, and
   * begins there.
   */
  setTotal(total: number, follow = false, reached = total): void {
    if (total === this.total && reached === this.reached) return;
    const stay = follow && (this.total === 0 || this.atEnd);
    this.total = total;
    this.reached = reached;
    this.current = Math.min(this.current, Math.max(0, total - 1));
    if (stay) this.position = this.end;
    this.#changed();
  }

  setViewport(height: number, columns: number): void {
    if (height === this.viewport && columns === this.columns) return;
    if (columns !== this.columns) this.#heights.clear();
    this.viewport = height;
    this.columns = Math.max(1, columns);
    this.#changed();
  }

  setWrap(wrap: boolean): void {
    if (wrap === this.wrap) return;
    this.wrap = wrap;
    this.#heights.clear();
    this.position = { row: this.position.row, offset: 0 };
    this.#changed();
  }

  /** Remembers how high wrapped rows turned out to be. */
  measured(heights: ReadonlyArray<readonly [row: number, height: number]>): void {
    if (this.#heights.size > 5000) this.#heights.clear();
    let changed = false;
    for (const [row, height] of heights) {
      if (height <= 0 || this.#height(row) === height) continue;
      changed = true;
      this.#heights.set(row, height);
    }
    if (changed) this.#changed();
  }

  scrollBy(pixels: number): void {
    this.position = moveBy(this.#space, this.position, pixels);
    this.#changed();
  }

  /** Goes to a share of the whole, 0 to 1. */
  scrollTo(share: number): void {
    const at = Math.min(1, Math.max(0, share)) * (this.end.row + this.end.offset / ROW);
    const row = Math.floor(at);
    this.position = this.wrap ? { row, offset: 0 } : { row, offset: Math.round((at - row) * ROW) };
    this.#changed();
  }

  /** How far down the view is, 0 to 1. */
  get share(): number {
    const { row, offset } = this.end;
    const whole = row + offset / ROW;
    return whole === 0 ? 0 : Math.min(1, (this.position.row + this.position.offset / ROW) / whole);
  }

  /** Makes a row the current one and shows it, with some rows around it unless the least movement is wanted. */
  goTo(row: number, column = 0, least = false): void {
    const wanted = Math.min(Math.max(0, row), Math.max(0, this.total - 1));
    this.folds = this.folds.showing(wanted);
    this.current = wanted;
    this.column = column;
    this.touched = true;
    this.all = false;
    const seen = this.visible();
    const whole = seen.includes(wanted) && wanted !== seen[0] && wanted !== seen.at(-1);
    if (!whole) this.position = this.#showing(wanted, least);
    this.#changed();
  }

  #showing(row: number, least: boolean): Position {
    const space = this.#space;
    const at = least ? positionShowing(space, this.position, row) : placeBelow(space, row, this.viewport / 3);
    return within(space, at);
  }

  /** Says where in the current row the place is. */
  setColumn(row: number, column: number): void {
    if (row !== this.current || column === this.column) return;
    this.column = column;
    this.#changed();
  }

  /** Moves the current row over shown rows. */
  step(by: number): void {
    let row = this.current;
    for (let left = Math.abs(by); left > 0; left -= 1) {
      const next = by > 0 ? this.folds.next(row) : this.folds.previous(row);
      if (next < 0 || next >= this.total) break;
      row = next;
    }
    this.goTo(row, 0, true);
  }

  /** A screen further down, or up. */
  page(by: 1 | -1): void {
    const rows = Math.max(1, this.visible().length - 2);
    this.position = moveBy(this.#space, this.position, by * (this.viewport - ROW));
    this.step(by * rows);
  }

  markAll(all: boolean): void {
    if (all === this.all) return;
    this.all = all;
    this.#changed();
  }

  unfold(row: number): void {
    this.folds = this.folds.without(row);
    this.#changed();
  }

  async fold(row: number): Promise<void> {
    if (!this.pages.get(row)?.opens) return;
    try {
      const end = (await this.#source.foldEnd?.(row)) ?? null;
      if (end === null || end - row < 2) return;
      this.folds = this.folds.with(row, end);
      const shown = this.folds.shown(this.current);
      if (shown === this.current) this.#changed();
      else this.goTo(shown, 0, true);
    } catch (thrown) {
      this.#source.onFailure(thrown);
    }
  }

  toggleFold(row: number): void {
    if (this.folds.hidden(row) > 0) this.unfold(row);
    else void this.fold(row);
  }

  /** The longest row seen until now, so that the width does not jump about. */
  widestOf(rows: ReadonlyArray<number>): number {
    for (const row of rows) {
      const length = this.pages.get(row)?.spans.reduce((sum, span) => sum + span.text.length, 0) ?? 0;
      this.widest = Math.max(this.widest, length);
    }
    return this.widest;
  }
}

/** Reads a part of a model; the part must keep its identity while nothing changed. */
export function useRows<S>(model: RowsModel, select: (model: RowsModel) => S): S {
  return useSyncExternalStore(model.subscribe, () => select(model));
}
