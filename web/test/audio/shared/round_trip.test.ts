import { describe, expect, it } from 'vitest';
import { MOST_SPREAD_MS, roundTripOf, type RoundTripResult } from '../../../src/audio/shared/round_trip.js';
import { chirp, CHIRP_FRAMES, MOST_ROUND_TRIP, ONSETS, PROBE_FRAMES } from '../../../src/audio/shared/round_trip_probe.js';
import { SAMPLE_RATE } from '../../../src/units.js';
import { anyCard, heard, noiseAlone, PLAIN, truthMs, type Card } from './rendered_card.js';

const MOST_ERROR_MS = 1;

/** What is wrong with it; null: it was measured, and well. */
function failing(card: Card): string | null {
  const result = roundTripOf(heard(card));
  if (result.kind === 'refused') return `${result.reason}: ${JSON.stringify(card)}`;
  return errorOf(result, card) < MOST_ERROR_MS && result.spreadMs <= MOST_SPREAD_MS ? null : `${result.ms} ms: ${JSON.stringify(card)}`;
}

function errorOf(result: RoundTripResult, card: Card): number {
  return result.kind === 'refused' ? 0 : Math.abs(result.ms - truthMs(card));
}

function seeds(count: number, first = 1): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}

function reasonOf(result: RoundTripResult): string {
  return result.kind === 'refused' ? result.reason : `${result.ms} ms`;
}

describe('the probe', () => {
  it('lasts under five seconds, is soft, and begins and ends in silence', () => {
    const sound = chirp();
    expect(PROBE_FRAMES / SAMPLE_RATE).toBeLessThan(5);
    expect(Math.max(...sound)).toBeLessThan(0.13);
    expect(Math.abs(sound[0] as number)).toBeLessThan(1e-4);
    expect(Math.abs(sound.at(-1) as number)).toBeLessThan(1e-4);
  });

  it('leaves every chirp alone with its round trip, at distances that differ', () => {
    const distances = ONSETS.slice(1).map((onset, i) => onset - (ONSETS[i] as number));
    expect(Math.min(...distances)).toBeGreaterThanOrEqual(CHIRP_FRAMES + MOST_ROUND_TRIP);
    expect(new Set(distances).size).toBe(distances.length);
  });
});

describe('a round trip that can be measured', () => {
  it('is measured in 400 cards, loudspeakers, rooms and noises down to 10 dB', () => {
    expect(
      seeds(400)
        .map((seed) => failing(anyCard(seed)))
        .filter((text) => text !== null),
    ).toEqual([]);
  }, 60_000);

  it('is measured in 100 cases with noise 10 dB below the probe', () => {
    const cards = seeds(100, 1_001).map((seed) => anyCard(seed, { snrDb: 10 }));
    expect(cards.map(failing).filter((text) => text !== null)).toEqual([]);
  }, 60_000);

  it('is right to a tenth of a millisecond where nothing disturbs, from 0 to 400 ms and of either polarity', () => {
    for (const delayMs of [0, 0.01, 2.667, 120, 380, 400]) {
      for (const gain of [0.3, -0.3]) {
        const result = roundTripOf(heard({ ...PLAIN, delayMs, gain }));
        expect(result.kind).toBe('measured');
        expect(errorOf(result, { ...PLAIN, delayMs })).toBeLessThan(0.1);
      }
    }
  });

  it('is that of the direct sound where an echo is twice as loud', () => {
    for (const seed of seeds(10, 2_001)) expect(failing(anyCard(seed, { echo: 2 }))).toBeNull();
  });

  it('is the median where the card drifts, and the spread tells of it', () => {
    const result = roundTripOf(heard({ ...PLAIN, driftPpm: 100 }));
    expect(result.kind).toBe('measured');
    expect(errorOf(result, { ...PLAIN, driftPpm: 100 })).toBeLessThan(0.1);
    expect(result.spreadMs).toBeGreaterThan(0.1);
  });
});

describe('a round trip that cannot be measured', () => {
  it('is refused, or right, in 120 cases with noise from 5 dB below the probe to 30 dB above', () => {
    const cards = seeds(120, 3_001).map((seed) => anyCard(seed, { snrDb: 5 - (35 * (seed - 3_001)) / 119 }));
    expect(cards.filter((card) => errorOf(roundTripOf(heard(card)), card) >= MOST_ERROR_MS)).toEqual([]);
  }, 60_000);

  it('is refused where white noise is 15 dB louder than the probe', () => {
    for (const seed of seeds(20, 4_001)) {
      expect(roundTripOf(heard(anyCard(seed, { snrDb: -15, noise: 'white' }))).kind).toBe('refused');
    }
  });

  it('is refused for noise alone: loud noise is named, soft noise is no probe', () => {
    for (const seed of seeds(10)) {
      for (const kind of ['white', 'pink'] as const) {
        expect(reasonOf(roundTripOf(noiseAlone(seed, 0.05, kind)))).toBe('noisy');
        expect(reasonOf(roundTripOf(noiseAlone(seed, 0.001, kind)))).toBe('not_heard');
      }
    }
  });

  it('is refused for a metronome and for beeps, which are loud but no probe', () => {
    for (const [everyMs, hz] of [
      [500, 1_000],
      [480, 2_500],
      [1_000, 440],
    ] as const) {
      const sound = new Float32Array(PROBE_FRAMES);
      for (let i = 0; i < sound.length; i++) {
        const inBeat = i % (everyMs * 48);
        if (inBeat < 2_400) sound[i] = 0.3 * Math.sin((2 * Math.PI * hz * i) / 48_000) * Math.exp(-inBeat / 600);
      }
      expect(['noisy', 'not_heard']).toContain(reasonOf(roundTripOf(sound)));
    }
  });

  it('is refused for silence', () => {
    expect(reasonOf(roundTripOf(new Float32Array(PROBE_FRAMES)))).toBe('silent');
    expect(reasonOf(roundTripOf(new Float32Array(0)))).toBe('silent');
  });

  it('is refused as too quiet where the probe is heard but hardly out of a soft noise', () => {
    const results = seeds(10).map((seed) => reasonOf(roundTripOf(heard({ ...PLAIN, seed, gain: 0.01, snrDb: -17 }))));
    expect(results.filter((text) => text !== 'quiet')).toEqual([]);
  });

  it('is refused as unsteady where it is longer than can be measured, and the next chirp is near', () => {
    for (const delayMs of [690, 710, 760]) {
      expect(['unsteady', 'not_heard']).toContain(reasonOf(roundTripOf(heard({ ...PLAIN, delayMs }))));
    }
  });

  it('is refused as unsteady where the card slips by 10 ms in the middle', () => {
    const sound = heard(PLAIN);
    const half = (ONSETS[3] as number) - 1_000;
    sound.copyWithin(half + 480, half, sound.length - 480);
    expect(reasonOf(roundTripOf(sound))).toBe('unsteady');
  });

  it('is refused where the probe comes twice, by ways of which one is far longer', () => {
    const sound = heard({ ...PLAIN, delayMs: 20 });
    const second = heard({ ...PLAIN, delayMs: 300 });
    expect(reasonOf(roundTripOf(sound.map((value, i) => value + (second[i] as number))))).toBe('twice');
  });
});
