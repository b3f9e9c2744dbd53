import { describe, expect, it } from 'vitest';
import { BLOCK, FRAMES_PER_MS, SAMPLE_RATE } from '../../../src/units.js';
import { FIRST_TARGET, LEAST_TARGET, Playout, RESERVE, audibleFrom } from '../../../src/audio/playback/playout.js';

const LEAD = 144;
const START = 960_000;
const PREROLL = START - 4 * BLOCK;
const OFFSET = 25 * BLOCK;

interface Line {
  /** Blocks per message, by the number of the message's first block. */
  batch?: (n: number) => number;
  /** Of the sound card against the server, in parts. */
  drift?: number;
  /** The frame at which the stream begins; for the playout only. */
  begun?: number;
}

interface Ran {
  /** How late each block was played, in frames after its position on the server's timeline, which begins with the stream. */
  lateness: number[];
  /** How long each waited until then. */
  reserves: number[];
}

/** A simulated line: block n is ready when its message is full, plus `delayMs(n)`. */
function simulate(playout: Playout, first: number, blocks: number, delayMs: (n: number) => number, line: Line = {}): Ran {
  const lateness: number[] = [];
  const reserves: number[] = [];
  const rate = 1 / (1 + (line.drift ?? 0));
  let ready = -Infinity;
  let slip = 0;
  let mapping = NaN;
  let lastFrame = NaN;
  let size = 0;
  for (let n = 0; n < blocks; n += size) {
    size = line.batch?.(n) ?? 1;
    if (n === 0) playout.begin(first < START ? START : first, size, OFFSET, line.begun ?? 0);
    else playout.message(size);
    // Blocks keep their order: who waits behind a stalled one is late too.
    ready = Math.max(ready, (n + size - 1) * BLOCK + delayMs(n) * FRAMES_PER_MS);
    const frame = Math.round(ready * rate);
    for (let k = 0; k < size; k++) {
      const position = first + (n + k) * BLOCK;
      if (playout.offset === mapping && !Number.isNaN(lastFrame)) slip += playout.slope * (frame - lastFrame);
      else slip = 0;
      mapping = playout.offset ?? NaN;
      lastFrame = frame;
      playout.ready({ position, behind: size - 1 - k, frame, evenFrame: frame, slip });
      const moved = playout.offset === mapping ? slip : 0;
      const playedAt = position - (playout.offset as number) - moved;
      lateness.push(playedAt / rate - (position - first));
      reserves.push(playedAt - frame);
    }
  }
  return { lateness, reserves };
}

const run = (...line: Parameters<typeof simulate>): number[] => simulate(...line).lateness;

function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** Mostly quick, seldom slow, as networks are: the mean is `ms` above none. */
function tail(random: () => number, ms: number): number {
  return Math.min(-Math.log(1 - random()) * ms, 8 * ms);
}

const ms = (frames: number): number => frames / FRAMES_PER_MS;
const underruns = (playout: Playout): number => playout.counters().underruns;

describe('playout', () => {
  it('plays 60 ms behind the arrival on a line that it does not know, and never moves', () => {
    const playout = new Playout(LEAD);
    const lateness = run(playout, PREROLL, 500, () => 35);
    expect(new Set(lateness)).toEqual(new Set([35 * FRAMES_PER_MS + FIRST_TARGET]));
    expect(playout.counters()).toMatchObject({ underruns: 0, shifts: 0, targetMs: 60 });
  });

  it('plays as early as the jitter allows in the next song', () => {
    const playout = new Playout(LEAD);
    run(playout, PREROLL, 600, () => 35);
    const quiet = run(playout, PREROLL, 500, () => 35);
    expect(quiet.at(-1)).toBe(35 * FRAMES_PER_MS + LEAST_TARGET);
  });

  it('raises its target where the jitter is large', () => {
    const playout = new Playout(LEAD);
    const random = noise(3);
    run(playout, PREROLL, 2_000, () => 20 + random() * 90);
    const before = underruns(playout);
    run(playout, PREROLL, 2_000, () => 20 + random() * 90);
    expect(playout.counters().targetMs).toBeGreaterThan(90);
    expect(playout.counters().targetMs).toBeLessThan(90 + ms(RESERVE));
    expect(underruns(playout)).toBe(before);
  });

  it('learns the jitter from probes before the first song', () => {
    const playout = new Playout(LEAD);
    const random = noise(5);
    let heardAt = 0;
    const at = (n: number): number => (n - 250) * 2 * BLOCK;
    for (let n = 0; n < 250; n++) heardAt = playout.probe(PREROLL + at(n), OFFSET, at(n) + (35 + random() * 40) * FRAMES_PER_MS) - at(n);
    expect(ms(heardAt)).toBeGreaterThan(35 + 40);
    expect(ms(heardAt)).toBeLessThan(35 + 40 + ms(RESERVE) + 3);
    // All blocks until the song is heard are slow: the probes knew better.
    const lateness = run(playout, PREROLL, 2_000, (n) => 35 + (n < 12 ? 30 : random() * 40));
    expect(ms(lateness.at(-1) as number)).toBeLessThan(35 + 40 + ms(RESERVE) + 3);
    expect(playout.counters()).toMatchObject({ underruns: 0, shifts: 0 });
  });

  it('does not believe probes that cannot be true', () => {
    const playout = new Playout(LEAD);
    for (let n = -250; n < 0; n++) playout.probe(n * BLOCK - 5 * OFFSET, OFFSET, n * BLOCK);
    const lateness = run(playout, PREROLL, 500, () => 20);
    expect(lateness.at(-1)).toBe(20 * FRAMES_PER_MS + LEAST_TARGET);
  });

  it('is not fooled by a slow first block: the mapping improves before anything is heard', () => {
    const playout = new Playout(LEAD);
    const lateness = run(playout, PREROLL, 300, (n) => (n === 0 ? 55 : 15));
    expect(ms(lateness.at(-1) as number)).toBeLessThanOrEqual(15 + 70);
    expect(playout.counters()).toMatchObject({ underruns: 0, shifts: 0 });
  });

  it('makes room for messages of several blocks, and does not take their length for jitter', () => {
    const playout = new Playout(LEAD);
    const random = noise(7);
    run(playout, PREROLL, 1_200, () => 20 + random() * 10, { batch: () => 3 });
    expect(playout.counters().jitterWorstMs).toBeLessThan(11);
    const lateness = run(playout, PREROLL, 3_000, () => 20 + random() * 10, { batch: () => 3 });
    expect(new Set(lateness.slice(12)).size).toBe(1);
    expect(ms(lateness.at(-1) as number)).toBeGreaterThan(40 + 20);
    expect(ms(lateness.at(-1) as number)).toBeLessThan(40 + 20 + 10 + 10 + ms(LEAST_TARGET));
    expect(playout.counters()).toMatchObject({ underruns: 0, shifts: 0, blocksPerMessage: 3 });
  });

  it('plays earlier when the server has gone over to shorter messages, not for a short last one', () => {
    const playout = new Playout(LEAD);
    run(playout, PREROLL, 601, () => 20, { batch: (n) => (n === 600 ? 1 : 3) });
    expect(playout.counters().shifts).toBe(0);
    const lateness = run(playout, PREROLL, 600, () => 20, { batch: (n) => (n < 300 ? 3 : 1) });
    expect(ms((lateness[299] as number) - (lateness.at(-1) as number))).toBe(40);
    expect(playout.counters()).toMatchObject({ underruns: 0, shifts: 1 });
  });

  it('plays later at once when messages get longer', () => {
    const playout = new Playout(LEAD);
    const lateness = run(playout, PREROLL, 600, () => 20, { batch: (n) => (n < 300 ? 1 : 5) });
    expect(ms((lateness.at(-1) as number) - (lateness[299] as number))).toBe(80);
    expect(playout.counters().shifts).toBe(1);
  });

  it('does not move for messages as long as it keeps room for, nor takes that room for too much reserve', () => {
    const playout = new Playout(LEAD);
    const random = noise(29);
    playout.keepRoomFor(5);
    // Some reserve too much is left alone, and stays above what is kept for longer messages.
    const batch = (n: number): number => (n < 900 ? 3 : n < 1_900 ? 5 : 3);
    const { lateness, reserves } = simulate(playout, PREROLL, 3_000, (n) => (n < 30 ? 60 : 20) + random() * 30, { batch });
    expect(new Set(lateness.slice(30)).size).toBe(1);
    expect(reserves.every((reserve) => reserve > LEAD)).toBe(true);
    expect(playout.counters()).toMatchObject({ underruns: 0, shifts: 0, blocksPerMessage: 3 });
  });

  it('gives back a reserve that is far too large, but not the room for longer messages', () => {
    const playout = new Playout(LEAD);
    const random = noise(31);
    playout.keepRoomFor(5);
    const { reserves } = simulate(playout, PREROLL, 1_200, (n) => (n < 30 ? 300 : 20 + random() * 30), { batch: (n) => (n < 600 ? 3 : 5) });
    // As much as with messages that never change.
    expect(Math.min(...reserves.slice(600))).toBeGreaterThan(LEAST_TARGET - 30 * FRAMES_PER_MS);
    expect(playout.counters()).toMatchObject({ shifts: 1, underruns: 0 });
  });

  it('has room for longer messages also after a delay that came to stay', () => {
    const playout = new Playout(LEAD);
    playout.keepRoomFor(5);
    const { reserves } = simulate(playout, PREROLL, 1_200, (n) => (n < 300 ? 20 : 170), { batch: (n) => (n < 600 ? 3 : 5) });
    expect(reserves.slice(600).every((reserve) => reserve > LEAD)).toBe(true);
    expect(playout.counters().shifts).toBe(1);
  });

  it('plays earlier once no room has to be kept any more: a listener begins to sing', () => {
    const playout = new Playout(LEAD);
    playout.keepRoomFor(5);
    const lateness = run(playout, PREROLL, 300, () => 20, { batch: () => 3 });
    expect(ms(lateness.at(-1) as number)).toBe(20 + ms(FIRST_TARGET) + 80);
    const before = playout.offset as number;
    playout.keepRoomFor(1);
    for (let n = 0; n < 25; n++) playout.message(1);
    expect((playout.offset as number) - before).toBe(4 * BLOCK);
    expect(playout.counters().shifts).toBe(1);
  });

  it('does not count what changes before anything is heard', () => {
    const playout = new Playout(LEAD);
    const lateness = run(playout, PREROLL, 600, () => 20, { batch: (n) => (n === 0 ? 1 : 3) });
    expect(ms(lateness.at(-1) as number)).toBe(20 + ms(FIRST_TARGET) + 40);
    expect(playout.counters()).toMatchObject({ underruns: 0, shifts: 0 });
  });

  it('does not move for a single late block: that is concealed', () => {
    const playout = new Playout(LEAD);
    const lateness = run(playout, PREROLL, 600, (n) => (n === 200 ? 140 : 20));
    expect(new Set(lateness).size).toBe(1);
    expect(playout.counters().shifts).toBe(0);
    expect(underruns(playout)).toBeGreaterThan(0);
    expect(underruns(playout)).toBeLessThan(6);
  });

  it('plays later when blocks keep coming late', () => {
    const playout = new Playout(LEAD);
    const lateness = run(playout, PREROLL, 600, (n) => (n < 200 ? 20 : 110));
    expect(ms(lateness.at(-1) as number)).toBeGreaterThan(110);
    expect(ms(lateness.at(-1) as number)).toBeLessThan(110 + 40);
    expect(playout.counters().shifts).toBe(1);
    expect(underruns(playout)).toBeLessThan(8);
  });

  it.each([100, 180, 250, 700])('ends being late, however large the delay of %i ms is that came to stay, and once more', (more) => {
    const playout = new Playout(LEAD);
    const { reserves } = simulate(playout, PREROLL, 1_500, (n) => 20 + (n < 200 ? 0 : n < 700 ? more : 2 * more));
    expect(reserves.slice(300, 700).every((reserve) => reserve > LEAD)).toBe(true);
    expect(reserves.slice(800).every((reserve) => reserve > LEAD)).toBe(true);
    expect(playout.counters().shifts).toBe(2);
  });

  it('gets over any unrest: once it is quiet no block is late', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const playout = new Playout(LEAD);
      const random = noise(seed);
      let wave = 0;
      const { reserves } = simulate(playout, PREROLL, 2_000, (n) => {
        if (n < 1_000 && random() < 0.05) wave = random() * 400;
        return n < 1_000 ? wave * random() : 20;
      });
      expect(reserves.slice(1_100).every((reserve) => reserve > LEAD)).toBe(true);
    }
  });

  it('plays later when single blocks come late again and again', () => {
    const playout = new Playout(LEAD);
    const lateness = run(playout, PREROLL, 1_000, (n) => (n > 100 && n % 50 === 0 ? 100 : 20));
    expect(ms(lateness.at(-1) as number)).toBeGreaterThan(100);
    expect(playout.counters().shifts).toBe(1);
  });

  it('waits a long stall out, and goes on where it was', () => {
    const playout = new Playout(LEAD);
    const lateness = run(playout, PREROLL, 500, (n) => (n === 200 ? 1_400 : 20));
    expect(lateness.at(-1)).toBe(lateness[100]);
    expect(playout.counters().shifts).toBe(0);
  });

  it('gives back a reserve that is far too large', () => {
    const playout = new Playout(LEAD);
    const lateness = run(playout, PREROLL, 400, (n) => (n < 30 ? 300 : 20));
    expect(ms(lateness.at(-1) as number)).toBeLessThanOrEqual(20 + 80);
    expect(playout.counters().shifts).toBe(1);
  });
});

describe('sound cards that drift', () => {
  const HOURS = 2;
  const blocks = (HOURS * 3_600 * SAMPLE_RATE) / BLOCK;

  it.each([-300, -100, -20, 20, 100, 300])('%i ppm for two hours: no gap and no growing delay', (ppm) => {
    const playout = new Playout(LEAD);
    const random = noise(11 + Math.abs(ppm));
    const delay = (): number => 30 + tail(random, 2);
    run(playout, PREROLL, 600, delay);
    const { lateness, reserves } = simulate(playout, PREROLL, blocks, delay, { drift: ppm * 1e-6 });
    // A card that is `drift` slow makes fewer frames, so that each has to play more positions.
    const settled = lateness.slice(10_000);
    const middle = settled[0] as number;
    const farthest = settled.reduce((most, late) => Math.max(most, Math.abs(late - middle)), 0);
    expect(ms(farthest)).toBeLessThan(8);
    expect(reserves.slice(10_000).reduce((least, reserve) => Math.min(least, reserve))).toBeGreaterThan(LEAD);
    expect(playout.counters().shifts).toBe(0);
    expect(playout.counters().driftPpm).toBeGreaterThan(ppm - 25);
    expect(playout.counters().driftPpm).toBeLessThan(ppm + 25);
  });

  it('without drift nothing is touched for two hours', () => {
    const playout = new Playout(LEAD);
    const random = noise(17);
    const lateness = run(playout, PREROLL, blocks, () => 30 + tail(random, 4));
    expect(new Set(lateness.slice(100)).size).toBe(1);
    expect(playout.slope).toBe(0);
  });

  it('what is no drift is not followed: a line that gets slower or faster at once, again and again', () => {
    const playout = new Playout(LEAD);
    const random = noise(23);
    run(playout, PREROLL, 30_000, (n) => 30 + 6 * (Math.floor(n / 1_500) % 2) + tail(random, 2));
    expect(playout.slope).toBe(0);
  });

  it('a drift that is known is followed from the next song on', () => {
    const playout = new Playout(LEAD);
    const random = noise(19);
    const delay = (): number => 30 + tail(random, 2);
    run(playout, PREROLL, 10_000, delay, { drift: 200e-6 });
    playout.begin(START, 1, OFFSET, 0);
    expect(playout.slope * 1e6).toBeGreaterThan(180);
    expect(playout.slope * 1e6).toBeLessThan(220);
  });
});

describe('audible from', () => {
  it('is the start of a whole song, and six blocks later for who joins in the middle', () => {
    expect(audibleFrom(PREROLL, START, 6, 256)).toBe(START - 256);
    expect(audibleFrom(START + 10 * BLOCK, START, 6, 256)).toBe(START + 16 * BLOCK);
  });
});
