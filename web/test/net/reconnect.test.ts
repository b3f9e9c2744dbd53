import { describe, expect, it } from 'vitest';
import { endingOf, reconnectDelayMs } from '../../src/net/reconnect.js';
import { ServerClock } from '../../src/net/server_clock.js';

describe('reconnecting', () => {
  it('waits 0.2 s, doubling to 3 s at most', () => {
    const waits = [0, 1, 2, 3, 4, 5, 50].map((attempt) => reconnectDelayMs(attempt, () => 0.5));
    expect(waits).toEqual([200, 400, 800, 1_600, 3_000, 3_000, 3_000]);
  });

  it('spreads the waits by 30 % either way', () => {
    expect(reconnectDelayMs(0, () => 0)).toBeCloseTo(140);
    expect(reconnectDelayMs(0, () => 1)).toBeCloseTo(260);
  });

  it('does not come back where the server said so', () => {
    expect([1001, 1006, 4009, 1009, 4001, 4003, 4008].map(endingOf)).toEqual([null, null, null, 'too_large', 'elsewhere', null, 'too_many_errors']);
  });
});

describe('server clock', () => {
  it('takes half of the way there and back for the way back', () => {
    const clock = new ServerClock();
    clock.answer(48_000, 1_000, 1_040);
    expect(clock.now(1_040)).toBe(48_000 + 20 * 48);
    expect(clock.now(2_040)).toBe(48_000 + 1_020 * 48);
  });

  it('does not let a slow answer spoil a good one, but lets the good one age', () => {
    const clock = new ServerClock();
    expect(clock.answer(0, 0, 10)).toBe(true);
    expect(clock.answer(48_000, 900, 1_100)).toBe(false);
    expect(clock.now(1_010)).toBe(5 * 48 + 48_000);
    expect(clock.answer(48_000 * 60, 60_000 - 30, 60_000)).toBe(true);
    expect(clock.roundTripMs).toBe(30);
  });
});
