import { describe, expect, it } from 'vitest';
import { Shelf } from '../../../src/features/library/shelf.js';
import type { LibraryResult } from '../../../src/net/library.js';
import type { ShelfPart } from '../../../src/net/library_shelves.js';

type Row = { id: number };
type Answer = LibraryResult<ShelfPart<Row>>;

const part = (ids: number[], total: number): Answer => ({ ok: true, value: { rows: ids.map((id) => ({ id })), total } });

describe('a list that comes in parts', () => {
  it('goes on where it stopped, until all is there', async () => {
    const asked: number[] = [];
    const shelf = new Shelf<Row>((from) => {
      asked.push(from);
      return Promise.resolve(from === 0 ? part([1, 2], 3) : part([3], 3));
    });
    await shelf.load();
    expect([shelf.rows.value?.length, shelf.more.value]).toEqual([2, true]);
    await shelf.goOn();
    expect([shelf.rows.value?.map(({ id }) => id), shelf.more.value, asked]).toEqual([[1, 2, 3], false, [0, 2]]);
  });

  it('keeps what it has when the next part does not come', async () => {
    let answer: Answer = part([1], 2);
    const shelf = new Shelf<Row>(() => Promise.resolve(answer));
    await shelf.load();
    answer = { ok: false, error: 'Too busy.', status: 503 };
    await shelf.goOn();
    expect([shelf.rows.value?.length, shelf.problem.value]).toEqual([1, 'Too busy.']);
  });

  it('takes no answer that comes too late', async () => {
    const waits: ((answer: Answer) => void)[] = [];
    const shelf = new Shelf<Row>(() => new Promise((resolve) => waits.push(resolve)));
    const [first, second] = [shelf.load(), shelf.load()];
    waits[1]?.(part([2], 1));
    await second;
    waits[0]?.(part([1], 1));
    await first;
    expect(shelf.rows.value).toEqual([{ id: 2 }]);
  });
});
