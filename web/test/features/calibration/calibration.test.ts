import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../../src/audio/engine/engine.js';
import { PROBE_FRAMES } from '../../../src/audio/shared/round_trip_probe.js';
import { CLICK_ONSETS, CLICKS_FRAMES } from '../../../src/audio/shared/round_trip_taps.js';
import { Calibration } from '../../../src/features/calibration/calibration.js';
import { Correction } from '../../../src/features/sound/correction.js';
import type { OwnMicrophone } from '../../../src/features/sound/own_microphone.js';
import { heard, noiseAlone, PLAIN } from '../../audio/shared/rendered_card.js';

const PAIR = { microphone: 'Headset', loudspeaker: 'Default - Headset' };

let kept: Map<string, string>;
let correction: Correction;
let used: ReturnType<typeof signal<{ id: string; label: string } | null>>;
/** What the microphone hears. */
let sound: Float32Array | null;
let during: () => void;
let calibration: Calibration;

beforeEach(() => {
  kept = new Map();
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value) };
  vi.stubGlobal('window', { localStorage: storage });
  correction = new Correction();
  correction.use(PAIR);
  used = signal<{ id: string; label: string } | null>({ id: 'headset', label: 'Headset' });
  during = () => undefined;
  const engine = { resume: () => undefined, roundTrip: () => ({ outputMs: 30, baseMs: 10, inputMs: 5, correctionMs: 7, totalMs: 52 }) };
  calibration = new Calibration(
    { correction, used } as unknown as OwnMicrophone,
    () => Promise.resolve(engine as unknown as Engine),
    (_, __, ___, progress) => {
      progress(0.5);
      during();
      return Promise.resolve(sound);
    },
  );
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('measuring', () => {
  it('sets the correction, so that what the browser reports and the correction are what was measured', async () => {
    sound = heard({ ...PLAIN, delayMs: 123 });
    during = () => expect(calibration.state.value).toEqual({ kind: 'listening', way: 'chirps', share: 0.5 });
    await calibration.start('chirps');
    expect(calibration.state.value).toMatchObject({ kind: 'measured' });
    expect(correction.ms.value).toBeCloseTo(123 - 45, 5);
    expect(correction.source.value).toBe('measured');
  });

  it('is kept for the pair of devices, and told from what was set by hand', async () => {
    sound = heard({ ...PLAIN, delayMs: 123 });
    await calibration.start('chirps');
    const later = new Correction();
    later.use(PAIR);
    expect([later.ms.value, later.source.value]).toEqual([78, 'measured']);
    later.use({ microphone: 'Built-in', loudspeaker: '' });
    expect(later.source.value).toBeNull();
    later.set(20);
    expect(later.source.value).toBe('hand');
  });

  it('by tapping is kept as such', async () => {
    sound = new Float32Array(CLICKS_FRAMES);
    for (const onset of CLICK_ONSETS) sound.fill(0.1, onset + 48 * 100, onset + 48 * 100 + 1).fill(-0.1, onset + 48 * 100 + 1, onset + 48 * 100 + 2);
    await calibration.start('clicks');
    expect(calibration.state.value).toMatchObject({ kind: 'measured', way: 'clicks', ms: 100, spreadMs: 0 });
    const later = new Correction();
    later.use(PAIR);
    expect([later.ms.value, later.source.value]).toEqual([55, 'tapped']);
    sound = new Float32Array(CLICKS_FRAMES);
    await calibration.start('clicks');
    expect(calibration.state.value).toEqual({ kind: 'refused', reason: 'silent' });
  });

  it('gives way to a song, and says so; there is nothing to say where nothing is measured', async () => {
    calibration.giveWay();
    expect(calibration.state.value).toEqual({ kind: 'rest' });
    sound = heard({ ...PLAIN, delayMs: 123 });
    during = () => calibration.giveWay();
    await calibration.start('chirps');
    expect(calibration.state.value).toEqual({ kind: 'refused', reason: 'song' });
    expect(correction.source.value).toBeNull();
  });

  it('that is refused changes nothing', async () => {
    correction.set(20);
    sound = noiseAlone(1, 0.05, 'white');
    await calibration.start('chirps');
    expect(calibration.state.value).toEqual({ kind: 'refused', reason: 'noisy' });
    sound = new Float32Array(PROBE_FRAMES);
    await calibration.start('chirps');
    expect(calibration.state.value).toEqual({ kind: 'refused', reason: 'silent' });
    sound = null;
    await calibration.start('chirps');
    expect(calibration.state.value).toEqual({ kind: 'refused', reason: 'interrupted' });
    expect([correction.ms.value, correction.source.value]).toEqual([20, 'hand']);
  });

  it('that is given up, or whose microphone was exchanged meanwhile, changes nothing', async () => {
    sound = heard({ ...PLAIN, delayMs: 123 });
    during = () => calibration.stop();
    await calibration.start('chirps');
    expect(calibration.state.value).toEqual({ kind: 'rest' });
    during = () => (used.value = { id: 'usb', label: 'USB' });
    await calibration.start('chirps');
    expect(calibration.state.value).toEqual({ kind: 'rest' });
    expect([correction.ms.value, correction.source.value]).toEqual([0, null]);
  });
});
