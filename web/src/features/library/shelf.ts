// A list of the library that comes in parts: artists, albums, or the songs of one.
import { signal, type Signal } from '@preact/signals';
import type { LibraryResult } from '../../net/library.js';
import type { ShelfPart } from '../../net/library_shelves.js';

export class Shelf<Row extends { id: number }> {
  /** Null: nothing has come yet. */
  readonly rows: Signal<readonly Row[] | null> = signal(null);
  readonly more: Signal<boolean> = signal(false);
  readonly problem: Signal<string | null> = signal(null);
  /** What was asked last; an answer to something else comes too late. */
  private asked = 0;

  constructor(private readonly ask: (from: number) => Promise<LibraryResult<ShelfPart<Row>>>) {}

  /** From the beginning. */
  load(): Promise<void> {
    return this.look([]);
  }

  goOn(): Promise<void> {
    return this.look(this.rows.value ?? []);
  }

  private async look(before: readonly Row[]): Promise<void> {
    const mine = ++this.asked;
    this.problem.value = null;
    const answer = await this.ask(before.length);
    if (mine !== this.asked) return;
    if (!answer.ok) {
      this.problem.value = answer.error;
      return;
    }
    this.rows.value = [...before, ...answer.value.rows];
    this.more.value = answer.value.rows.length > 0 && this.rows.value.length < answer.value.total;
  }
}
