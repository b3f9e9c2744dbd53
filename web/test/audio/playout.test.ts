import { describe, expect, it } from 'vitest';
import { BLOCK, FRAMES_PER_MS } from '../../src/audio/constants.js';
import { LEAST_TARGET, Playout, audibleFrom } from '../../src/audio/playout.js';

const LEAD = 512;
const START = 960_000;

/** A simulated line: block n is ready at the time of its position, plus `delayMs(n)`. Returns the mapping after each block. */
function run(playout: Playout, first: number, blocks: number, delayMs: (n: number) => number): number[] {
  const offsets: number[] = [];
  let ready = -Infinity;
  for (let n = 0; n < blocks; n++) {
    const position = first + n * BLOCK;
    // Blocks keep their order: who waits behind a stalled one is late too.
    ready = Math.max(ready, position - first + delayMs(n) * FRAMES_PER_MS);
    offsets.push(playout.onReady(position, Math.round(ready)));
  }
  return offsets;
}

function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

describe('playout', () => {
  it('plays 60 ms behind the arrival on a steady line, and never moves', () => {
    const playout = new Playout(LEAD);
    playout.begin(START);
    const offsets = run(playout, START - 4 * BLOCK, 500, () => 35);
    expect(new Set(offsets).size).toBe(1);
    // A position is played when: frame = position - offset.
    const arrival = 35 * FRAMES_PER_MS;
    expect(START - 4 * BLOCK - (offsets[0] as number)).toBe(arrival + LEAST_TARGET);
    expect(playout.counters()).toMatchObject({ underruns: 0, shifts: 0, targetMs: 60 });
  });

  it('is not fooled by a slow first block: the mapping improves before anything is heard', () => {
    const playout = new Playout(LEAD);
    playout.begin(START);
    const offsets = run(playout, START - 4 * BLOCK, 300, (n) => (n === 0 ? 55 : 15));
    const heard = START - (offsets.at(-1) as number);
    expect(heard - 4 * BLOCK).toBeLessThanOrEqual((15 + 70) * FRAMES_PER_MS);
    expect(playout.counters()).toMatchObject({ underruns: 0, shifts: 0 });
  });

  it('holds the mapping through jitter of up to the target', () => {
    const playout = new Playout(LEAD);
    const random = noise(7);
    playout.begin(START);
    const offsets = run(playout, START - 4 * BLOCK, 3_000, () => 20 + random() * 35);
    expect(new Set(offsets.slice(10)).size).toBe(1);
    expect(playout.counters().underruns).toBe(0);
  });

  it('plays a little later after a block that came too late, and counts it', () => {
    const playout = new Playout(LEAD);
    playout.begin(START);
    const offsets = run(playout, START - 4 * BLOCK, 300, (n) => (n === 200 ? 140 : 20));
    const shift = (offsets[199] as number) - (offsets[250] as number);
    expect(shift).toBeGreaterThanOrEqual(80 * FRAMES_PER_MS);
    expect(shift).toBeLessThanOrEqual(120 * FRAMES_PER_MS);
    expect(playout.counters()).toMatchObject({ underruns: 1, shifts: 1 });
  });

  it('measures anew after a long stall, and does not stay late', () => {
    const playout = new Playout(LEAD);
    playout.begin(START);
    const offsets = run(playout, START - 4 * BLOCK, 500, (n) => (n === 200 ? 1_400 : 20));
    expect(Math.abs((offsets.at(-1) as number) - (offsets[100] as number))).toBeLessThanOrEqual(40 * FRAMES_PER_MS);
    expect(playout.counters().shifts).toBeLessThanOrEqual(2);
  });

  it('gives back a reserve that is far too large', () => {
    const playout = new Playout(LEAD);
    playout.begin(START);
    const offsets = run(playout, START - 4 * BLOCK, 400, (n) => (n < 30 ? 300 : 20));
    const late = START - (offsets.at(-1) as number) - 4 * BLOCK;
    expect(late).toBeLessThanOrEqual((20 + 80) * FRAMES_PER_MS);
    expect(playout.counters().shifts).toBe(1);
  });

  it('remembers the jitter of one song for the next', () => {
    const playout = new Playout(LEAD);
    const random = noise(3);
    playout.begin(START);
    run(playout, START - 4 * BLOCK, 2_000, () => 20 + random() * 90);
    playout.begin(2 * START);
    expect(playout.counters().targetMs).toBeGreaterThan(100);
    const again = noise(4);
    const before = playout.counters().underruns;
    run(playout, 2 * START - 4 * BLOCK, 2_000, () => 20 + again() * 90);
    expect(playout.counters().underruns).toBe(before);
  });
});

describe('audible from', () => {
  it('is the start of a whole song, and six blocks later for who joins in the middle', () => {
    expect(audibleFrom(START - 4 * BLOCK, START, 6, 256)).toBe(START - 256);
    expect(audibleFrom(START + 10 * BLOCK, START, 6, 256)).toBe(START + 16 * BLOCK);
  });
});
