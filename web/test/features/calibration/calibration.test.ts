import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../../src/audio/engine/engine.js';
import { PROBE_FRAMES, QUICK_FRAMES } from '../../../src/audio/shared/round_trip_probe.js';
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
/** Frames at which one taps on a key. */
let taps: number[];
let totalMs: number;
let calibration: Calibration;

beforeEach(() => {
  kept = new Map();
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value) };
  vi.stubGlobal('window', { localStorage: storage });
  correction = new Correction();
  correction.use(PAIR);
  used = signal<{ id: string; label: string } | null>({ id: 'headset', label: 'Headset' });
  during = () => undefined;
  taps = [];
  totalMs = 52;
  const engine = { resume: () => undefined, roundTrip: () => ({ outputMs: 30, baseMs: 10, inputMs: 5, correctionMs: 7, totalMs }) };
  calibration = new Calibration(
    { correction, used } as unknown as OwnMicrophone,
    () => Promise.resolve(engine as unknown as Engine),
    (_, __, ___, progress) => {
      progress(0.5);
      during();
      return Promise.resolve(sound);
    },
    () => Promise.resolve(taps),
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

  it('by tapping on a key is kept as such, with what the browser says of the microphone', async () => {
    taps = CLICK_ONSETS.map((onset) => onset + 48 * 100);
    await calibration.start('keys');
    expect(calibration.state.value).toMatchObject({ kind: 'measured', way: 'keys', ms: 105, spreadMs: 0 });
    expect([correction.ms.value, correction.source.value]).toEqual([60, 'tapped']);
    taps = taps.slice(0, 9);
    await calibration.start('keys');
    expect(calibration.state.value).toEqual({ kind: 'refused', reason: 'few_taps' });
  });

  it('gives way to a song, and says so; there is nothing to say where nothing is measured', async () => {
    calibration.songLasts(true);
    expect(calibration.state.value).toEqual({ kind: 'rest' });
    sound = heard({ ...PLAIN, delayMs: 123 });
    during = () => calibration.songLasts(true);
    await calibration.start('chirps');
    expect(calibration.state.value).toEqual({ kind: 'refused', reason: 'song' });
    expect(correction.source.value).toBeNull();
  });

  it('that waits for the end of a song begins by itself then, and not before', async () => {
    sound = heard({ ...PLAIN, delayMs: 123 });
    calibration.songLasts(true);
    calibration.waitForSongEnd();
    calibration.songLasts(true);
    expect(calibration.state.value).toEqual({ kind: 'waiting' });
    calibration.songLasts(false);
    await vi.waitFor(() => expect(calibration.state.value).toMatchObject({ kind: 'measured', way: 'chirps' }));
    calibration.waitForSongEnd();
    calibration.stop();
    calibration.songLasts(false);
    expect(calibration.state.value).toEqual({ kind: 'rest' });
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

describe('the quick way', () => {
  const quick = (delayMs: number): Float32Array => heard({ ...PLAIN, delayMs }).subarray(0, QUICK_FRAMES);

  it('takes two seconds', () => {
    expect(QUICK_FRAMES / 48_000).toBeLessThan(2.1);
  });

  it('confirms what is known to 2 ms, and changes nothing', async () => {
    correction.set(7, 'measured');
    for (const delayMs of [50.5, 53.5]) {
      sound = quick(delayMs);
      await calibration.start('quick');
      expect(calibration.state.value).toEqual({ kind: 'confirmed', ms: 52 });
    }
    expect([correction.ms.value, correction.source.value]).toEqual([7, 'measured']);
  });

  it('that finds something else sets nothing: all chirps are needed', async () => {
    correction.set(7, 'measured');
    sound = quick(55);
    await calibration.start('quick');
    expect(calibration.state.value).toMatchObject({ kind: 'differs', knownMs: 52 });
    sound = noiseAlone(1, 0.05, 'white').subarray(0, QUICK_FRAMES);
    await calibration.start('quick');
    expect(calibration.state.value).toEqual({ kind: 'refused', reason: 'noisy' });
    expect([correction.ms.value, correction.source.value]).toEqual([7, 'measured']);
  });
});

describe('what a song tells of the round trip, where the microphone hears the loudspeaker', () => {
  const song = (delayMs: number, looks: number): void => {
    for (let i = 0; i < looks; i++) calibration.overhear({ kind: 'open', delayMs, levelDb: -10 }, totalMs);
  };

  it('is believed after it was the same for five seconds, and measuring is offered again', () => {
    calibration.putAway.value = true;
    song(62, 4);
    expect(calibration.doubt.value).toBeNull();
    song(62, 1);
    expect([calibration.doubt.value, calibration.putAway.value]).toEqual([{ foundMs: 62, usedMs: 52 }, false]);
  });

  it('is the same within 5 ms, and once is not always', () => {
    song(57, 20);
    song(62, 4);
    song(52, 1);
    song(62, 4);
    for (let i = 0; i < 20; i++) calibration.overhear({ kind: 'closed' }, totalMs);
    expect(calibration.doubt.value).toBeNull();
  });

  it('is forgotten once it is measured, or set by hand', async () => {
    song(62, 5);
    correction.set(17);
    expect(calibration.doubt.value).toBeNull();
    song(62, 5);
    sound = heard({ ...PLAIN, delayMs: 62 });
    await calibration.start('chirps');
    expect(calibration.doubt.value).toBeNull();
  });
});
