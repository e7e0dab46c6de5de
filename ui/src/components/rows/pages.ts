/** Rows that are fetched and kept together. */
export const PAGE = 200;
/** Pages that are kept: never more than about 2,000 rows, however large the whole is. */
const KEPT = 10;
const AT_ONCE = 3;

export interface PagesOptions<T> {
  load(from: number, count: number): Promise<ReadonlyArray<T>>;
  onChange(): void;
  onFailure(thrown: unknown): void;
}

interface Page<T> {
  rows: ReadonlyArray<T>;
  /** Rows known in all when it was asked for; more of them later make it stale. */
  total: number;
  /** How far the rows reached then: a last row may have grown since. */
  reached: number;
}

/** A small part of a very long list, fetched on demand, the least used forgotten first. */
export class RowPages<T> {
  readonly #options: PagesOptions<T>;
  readonly #pages = new Map<number, Page<T>>();
  readonly #flying = new Set<number>();
  readonly #refused = new Set<number>();
  #queue: number[] = [];
  #kept = KEPT;
  #total = 0;
  #reached = 0;

  constructor(options: PagesOptions<T>) {
    this.#options = options;
  }

  get(row: number): T | undefined {
    return this.#pages.get(Math.floor(row / PAGE))?.rows[row % PAGE];
  }

  /** Rows in memory. */
  get size(): number {
    let rows = 0;
    for (const page of this.#pages.values()) rows += page.rows.length;
    return rows;
  }

  /** Asks for the pages of these rows, most wanted first; what was asked before and has not begun is dropped. */
  want(rows: ReadonlyArray<number>, total: number, reached = total): void {
    this.#total = total;
    this.#reached = reached;
    const shown = [...new Set(rows.map((row) => Math.floor(row / PAGE)))];
    const first = shown[0];
    const last = shown.at(-1);
    if (first === undefined || last === undefined) return;
    const near = [last + 1, first - 1].filter((page) => page >= 0 && page * PAGE < total);
    this.#kept = Math.max(KEPT, shown.length + 2);
    for (const page of [...near, ...shown]) this.#touch(page);
    this.#queue = [...shown, ...near].filter((page) => !this.#flying.has(page) && this.#lacks(page));
    this.#start();
  }

  /** Tries pages again that could not be fetched. */
  retry(): void {
    this.#refused.clear();
  }

  #touch(page: number): void {
    const kept = this.#pages.get(page);
    if (!kept) return;
    this.#pages.delete(page);
    this.#pages.set(page, kept);
  }

  #lacks(page: number): boolean {
    if (this.#refused.has(page)) return false;
    const kept = this.#pages.get(page);
    if (!kept) return true;
    if (kept.rows.length < PAGE && this.#total > kept.total) return true;
    return kept.total <= (page + 1) * PAGE && this.#reached > kept.reached;
  }

  #start(): void {
    while (this.#flying.size < AT_ONCE) {
      const page = this.#queue.shift();
      if (page === undefined) return;
      void this.#fetch(page);
    }
  }

  async #fetch(page: number): Promise<void> {
    const total = this.#total;
    const reached = this.#reached;
    this.#flying.add(page);
    try {
      const rows = await this.#options.load(page * PAGE, Math.min(PAGE, total - page * PAGE));
      this.#pages.delete(page);
      this.#pages.set(page, { rows, total, reached });
      this.#forget();
    } catch (thrown) {
      this.#refused.add(page);
      this.#options.onFailure(thrown);
    } finally {
      this.#flying.delete(page);
    }
    this.#options.onChange();
    this.#start();
  }

  #forget(): void {
    for (const page of this.#pages.keys()) {
      if (this.#pages.size <= this.#kept) return;
      this.#pages.delete(page);
    }
  }
}
