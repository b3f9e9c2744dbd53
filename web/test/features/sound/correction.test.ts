import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Correction, type DevicePair } from '../../../src/features/sound/correction.js';

const HEADSET: DevicePair = { microphone: 'Headset', loudspeaker: 'Default - Headset' };
const LAPTOP: DevicePair = { microphone: 'Built-in', loudspeaker: '' };

let kept: Map<string, string>;
/** As after a reload. */
let correction: Correction;
const visit = (pair: DevicePair): void => {
  correction = new Correction();
  correction.use(pair);
};

beforeEach(() => {
  kept = new Map();
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value) };
  vi.stubGlobal('window', { localStorage: storage });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the correction by hand', () => {
  it('is kept for a pair of microphone and loudspeaker', () => {
    visit(HEADSET);
    expect([correction.ms.value, correction.question.value]).toEqual([0, null]);
    correction.set(150);
    visit(HEADSET);
    expect([correction.ms.value, correction.question.value]).toEqual([150, null]);
  });

  it('of a headset is not taken for the laptop’s own: one is asked, until one has answered', () => {
    visit(HEADSET);
    correction.set(150);
    correction.use(LAPTOP);
    expect(correction.ms.value).toBe(0);
    expect(correction.question.value).toEqual({
      formerMs: 150,
      text: 'The correction of 150 ms was for “Headset” with “Default - Headset”. “Built-in” has none yet.',
    });
    visit(LAPTOP);
    expect(correction.question.value?.formerMs).toBe(150);
    correction.set(0);
    expect(correction.question.value).toBe(null);
    visit(LAPTOP);
    expect([correction.ms.value, correction.question.value]).toEqual([0, null]);
    visit(HEADSET);
    expect(correction.ms.value).toBe(150);
  });

  it('can be taken back to none, now and for later; that of other devices stays', () => {
    visit(LAPTOP);
    correction.set(20);
    visit(HEADSET);
    correction.set(-1_000);
    expect(correction.source.value).toBe('hand');
    correction.takeBack();
    expect([correction.ms.value, correction.source.value]).toEqual([0, null]);
    visit(HEADSET);
    expect([correction.ms.value, correction.source.value]).toEqual([0, null]);
    visit(LAPTOP);
    expect([correction.ms.value, correction.source.value]).toEqual([20, 'hand']);
  });

  it('stays as it is where the same devices are told again', () => {
    visit(HEADSET);
    correction.set(150);
    correction.use({ ...HEADSET });
    expect(correction.ms.value).toBe(150);
  });

  it('of a time when there was one for all is asked for too', () => {
    kept.set('roundelay.correction_ms', '150');
    visit(LAPTOP);
    expect(correction.question.value).toEqual({
      formerMs: 150,
      text: 'The correction of 150 ms was for your sound before. “Built-in” has none yet.',
    });
    correction.set(150);
    visit(LAPTOP);
    expect([correction.ms.value, correction.question.value]).toEqual([150, null]);
  });

  it('begins at nothing where what was kept cannot be read', () => {
    for (const text of ['{', '7', '[null, {"key": 1, "ms": 2}, {"key": "a", "ms": 99999}]']) {
      kept.set('roundelay.corrections', text);
      visit(LAPTOP);
      expect([correction.ms.value, correction.question.value]).toEqual([0, null]);
    }
  });
});
