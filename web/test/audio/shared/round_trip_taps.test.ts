import { describe, expect, it } from 'vitest';
import { click, CLICK_ONSETS, CLICKS_FRAMES, MOST_TAP_SPREAD_MS, tappedRoundTrip } from '../../../src/audio/shared/round_trip_taps.js';
import { random } from './rendered_card.js';

interface Tapper {
  delayMs: number;
  /** Of her times, as a standard deviation. */
  unevenMs: number;
  /** Which click she taps to. */
  taps: (click: number) => boolean;
  /** Root mean square of what else is heard. */
  noise: number;
  gain: number;
}

const PRACTISED: Tapper = { delayMs: 150, unevenMs: 15, taps: () => true, noise: 0.001, gain: 0.3 };

function tapped(seed: number, { delayMs, unevenMs, taps, noise, gain }: Tapper): Float32Array {
  const next = random(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const out = Float32Array.from({ length: CLICKS_FRAMES }, () => noise * normal());
  CLICK_ONSETS.forEach((onset, number) => {
    if (!taps(number)) return;
    const from = Math.round(onset + 48 * (delayMs + unevenMs * normal()));
    // A knock of 30 ms, of any loudness between half and whole.
    const height = gain * (0.5 + 0.5 * next());
    for (let i = Math.max(0, -from); i < 7_200 && from + i < out.length; i++) {
      out[from + i] = (out[from + i] as number) + height * Math.exp(-i / 480) * (2 * next() - 1);
    }
  });
  return out;
}

const seeds = Array.from({ length: 60 }, (_, i) => i + 1);

describe('the clicks', () => {
  it('are soft, and fade in and out', () => {
    const sound = click();
    expect(Math.max(...sound)).toBeLessThanOrEqual(0.25);
    expect([sound[0], Math.abs(sound.at(-1) as number) < 1e-6]).toEqual([0, true]);
  });
});

describe('the round trip by tapping', () => {
  it('is measured from 0 to 400 ms, as well as one taps', () => {
    for (const seed of seeds) {
      const delayMs = (seed * 400) / seeds.length;
      const result = tappedRoundTrip(tapped(seed, { ...PRACTISED, delayMs }));
      expect(result.kind).toBe('measured');
      const ms = result.kind === 'measured' ? result.ms : NaN;
      // Four times the error of the median of thirteen: 1.25 / sqrt(13) of the unevenness.
      expect(Math.abs(ms - delayMs)).toBeLessThan(4 * 1.25 * (15 / Math.sqrt(13)));
      expect(result.spreadMs).toBeGreaterThan(2);
      expect(result.spreadMs).toBeLessThanOrEqual(MOST_TAP_SPREAD_MS);
    }
  });

  it('is exact to 2 ms where the tapper is', () => {
    const result = tappedRoundTrip(tapped(7, { ...PRACTISED, unevenMs: 0 }));
    expect(result).toMatchObject({ kind: 'measured' });
    expect(Math.abs((result.kind === 'measured' ? result.ms : NaN) - 150)).toBeLessThan(2);
  });

  it('does with ten taps and not with nine', () => {
    const ten = tappedRoundTrip(tapped(1, { ...PRACTISED, taps: (number) => number < 13 }));
    const nine = tappedRoundTrip(tapped(1, { ...PRACTISED, taps: (number) => number < 12 }));
    expect([ten.kind, nine]).toEqual(['measured', { kind: 'refused', reason: 'few_taps', spreadMs: null }]);
  });

  it('is refused for silence, for noise alone, and for who taps to every second click', () => {
    const few = { kind: 'refused', reason: 'few_taps' };
    // Not called few taps where nothing is heard.
    expect(tappedRoundTrip(new Float32Array(CLICKS_FRAMES))).toMatchObject({ kind: 'refused', reason: 'silent' });
    const hum = Float32Array.from({ length: CLICKS_FRAMES }, (_, i) => 0.000_5 * Math.sin((2 * Math.PI * 50 * i) / 48_000));
    expect(tappedRoundTrip(hum)).toMatchObject({ kind: 'refused', reason: 'no_taps' });
    for (const seed of seeds.slice(0, 10)) {
      expect(tappedRoundTrip(tapped(seed, { ...PRACTISED, taps: () => false, noise: 0.05 }))).toMatchObject({ kind: 'refused', reason: 'no_taps' });
      expect(tappedRoundTrip(tapped(seed, { ...PRACTISED, taps: (number) => number % 2 === 0 }))).toMatchObject(few);
    }
  });

  it('is refused for who taps unevenly', () => {
    const results = seeds.slice(0, 10).map((seed) => tappedRoundTrip(tapped(seed, { ...PRACTISED, unevenMs: 120, delayMs: 150 })).kind);
    expect(results.filter((kind) => kind !== 'refused')).toEqual([]);
  });

  it('is never less than nothing, for who taps early', () => {
    expect(tappedRoundTrip(tapped(3, { ...PRACTISED, delayMs: -40 }))).toMatchObject({ kind: 'measured', ms: 0 });
  });
});
