import { describe, expect, it } from 'vitest';
import { moved, placeByKey } from '../../src/page/parts/mover.js';

describe('a thing of a list', () => {
  it('goes where the keys say, and not beyond the ends', () => {
    expect(['ArrowUp', 'ArrowDown', 'Home', 'End', 'Tab'].map((key) => placeByKey(key, 1, 4))).toEqual([0, 2, 0, 3, null]);
    expect([placeByKey('ArrowUp', 0, 4), placeByKey('Home', 0, 4), placeByKey('ArrowDown', 3, 4), placeByKey('End', 3, 4)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('is put in another place, and the others keep their order', () => {
    expect(moved(['S', 'A', 'T', 'B'], 3, 0)).toEqual(['B', 'S', 'A', 'T']);
    expect(moved(['S', 'A', 'T', 'B'], 0, 2)).toEqual(['A', 'T', 'S', 'B']);
    expect(moved(['S'], 0, 0)).toEqual(['S']);
  });
});
