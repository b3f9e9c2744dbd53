import { describe, expect, it } from 'vitest';
import { RecordReader, RecordWriter, createRecordRing } from '../../../src/audio/shared/record_ring.js';

const LENGTH = 3;

class Pair {
  readonly memory = createRecordRing(LENGTH);
  readonly writer = new RecordWriter(this.memory);
  readonly reader = new RecordReader(this.memory);
  readonly record = new Float64Array(LENGTH);
  private written = 0;

  /** Records whose numbers are all the same: 1, 2, 3, ... */
  write(count: number): void {
    for (let i = 0; i < count; i++) this.writer.write(new Float64Array(LENGTH).fill(++this.written));
  }

  take(): number[] {
    const all: number[] = [];
    while (this.reader.next(this.record)) {
      expect(new Set(this.record).size).toBe(1);
      all.push(this.record[0] as number);
    }
    return all;
  }
}

describe('record ring', () => {
  it('gives each record once, in order, over its edge too', () => {
    const pair = new Pair();
    expect(pair.take()).toEqual([]);
    for (let i = 0; i < 20; i++) {
      pair.write(3);
      expect(pair.take()).toEqual([3 * i + 1, 3 * i + 2, 3 * i + 3]);
    }
    expect(pair.take()).toEqual([]);
  });

  it('gives a reader that was away for long the last ones without the slot in which the writer may be at work', () => {
    const pair = new Pair();
    pair.write(40);
    expect(pair.take()).toEqual(Array.from({ length: 15 }, (_, i) => 26 + i));
  });

  it('passes over all but the newest when asked for that', () => {
    const pair = new Pair();
    expect(pair.reader.newest(pair.record)).toBe(false);
    for (const count of [1, 2, 40]) {
      pair.write(count);
      expect(pair.reader.newest(pair.record)).toBe(true);
      expect(pair.reader.newest(pair.record)).toBe(false);
    }
    expect([...pair.record]).toEqual([43, 43, 43]);
  });

  it.each(['next', 'newest'] as const)('never gives half a record: %s', (ask) => {
    const pair = new Pair();
    pair.write(2);
    // The writer goes all around the ring while the reader copies.
    const overtaken = new Proxy(new Float64Array(LENGTH), {
      set: (target, index, value) => {
        if (index === '1') pair.write(16);
        return Reflect.set(target, index, value);
      },
      get: (target, key) => Reflect.get(target, key) as unknown,
    });
    expect(pair.reader[ask](overtaken)).toBe(false);
    expect(pair.take()).toEqual(Array.from({ length: 15 }, (_, i) => 4 + i));
  });

  it('goes on when its count wraps', () => {
    const pair = new Pair();
    new Int32Array(pair.memory)[0] = 0x7ffffffe;
    pair.take();
    pair.write(4);
    expect(pair.take()).toEqual([1, 2, 3, 4]);
    pair.write(17);
    expect(pair.reader.newest(pair.record)).toBe(true);
    expect(pair.record[0]).toBe(21);
  });
});
