import { describe, expect, it } from 'vitest';
import { Presses, SETTLING_MS } from '../../../src/features/song/presses.js';

const START = { sign: 'play' } as const;
const STOP = { sign: 'stop' } as const;

describe('presses of the song’s buttons', () => {
  it('count, but for the second one of a double click', () => {
    const presses = new Presses();
    expect(presses.counts(STOP, 1, 100)).toBe(true);
    expect(presses.counts(START, 2, 200)).toBe(false);
    expect(presses.counts(START, 1, 300)).toBe(true);
    // By keyboard.
    expect(presses.counts(START, 0, 400)).toBe(true);
    expect(presses.counts(STOP, 0, 401)).toBe(true);
  });

  it('that come again where Start was do not stop the song that has just been started', () => {
    const presses = new Presses();
    presses.counts(START, 1, 1_000);
    expect(presses.counts(STOP, 1, 1_400)).toBe(false);
    expect(presses.counts(STOP, 1, 1_000 + SETTLING_MS - 1)).toBe(false);
    expect(presses.counts(STOP, 1, 1_000 + SETTLING_MS)).toBe(true);
    // Halt has taken its place.
    expect(presses.counts(STOP, 1, 1_000 + SETTLING_MS + 300)).toBe(false);
    expect(presses.counts(STOP, 1, 1_000 + 2 * SETTLING_MS)).toBe(true);
  });
});
