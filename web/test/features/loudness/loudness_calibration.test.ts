import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../../src/audio/engine/engine.js';
import { VOICE_LUFS } from '../../../src/audio/shared/voice_loudness.js';
import { InputGain } from '../../../src/features/loudness/input_gain.js';
import { LoudnessCalibration } from '../../../src/features/loudness/loudness_calibration.js';
import { gainWords, loudnessRefusalWords } from '../../../src/features/loudness/words.js';
import type { OwnMicrophone } from '../../../src/features/sound/own_microphone.js';
import { remembered } from '../../../src/state/storage.js';
import { noiseOf, singing } from '../../audio/shared/rendered_voice.js';

const HEADSET = 'Headset\nDefault - Headset';
const LAPTOP = 'Built-in\n';

let gain: InputGain;
let used: ReturnType<typeof signal<{ id: string; label: string } | null>>;
/** What the microphone hears. */
let sound: Float32Array | null;
let during: () => void;
let loudness: LoudnessCalibration;

beforeEach(() => {
  const kept = new Map<string, string>();
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value) };
  vi.stubGlobal('window', { localStorage: storage });
  gain = new InputGain();
  gain.use(HEADSET);
  used = signal<{ id: string; label: string } | null>({ id: 'headset', label: 'Headset' });
  during = () => undefined;
  loudness = new LoudnessCalibration(
    { gain, used } as unknown as OwnMicrophone,
    () => Promise.resolve({ resume: () => undefined } as unknown as Engine),
    (_, __, progress) => {
      progress(0.5);
      during();
      return Promise.resolve(sound);
    },
  );
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('singing some notes', () => {
  it('sets the gain that brings the voice to the loudness of all voices', async () => {
    sound = singing({ amplitude: 0.02 });
    during = () => expect(loudness.state.value).toEqual({ kind: 'listening', share: 0.5 });
    await loudness.start();
    const soft = gain.db.value;
    expect(loudness.state.value).toEqual({ kind: 'measured', gainDb: soft });
    sound = singing({ amplitude: 0.2 });
    await loudness.start();
    expect(soft - gain.db.value).toBeCloseTo(20, 0);
    expect(gain.source.value).toBe('measured');
    expect(VOICE_LUFS).toBe(-20);
  });

  it('is kept for the pair of devices, beside the correction, and asked again with another pair', async () => {
    remembered.setCorrection(HEADSET, 78, 'measured');
    sound = singing({ amplitude: 0.02 });
    await loudness.start();
    const found = gain.db.value;
    expect([remembered.correction(HEADSET), remembered.correctionSource(HEADSET)]).toEqual([78, 'measured']);
    gain.use(LAPTOP);
    expect([gain.db.value, gain.source.value]).toEqual([0, null]);
    remembered.setCorrection(HEADSET, 80, 'measured');
    const later = new InputGain();
    later.use(HEADSET);
    expect([later.db.value, later.source.value]).toEqual([found, 'measured']);
    // The gain alone is no correction.
    later.use(LAPTOP);
    later.set(6, 'hand');
    expect([remembered.correction(LAPTOP), remembered.correctionSource(LAPTOP), remembered.lastCorrection?.key]).toEqual([null, null, HEADSET]);
  });

  it.each([
    ['nothing is heard', () => new Float32Array(240_000), 'silent'],
    ['only noise is heard', () => noiseOf(0.05, 5), 'noisy'],
    ['it is too loud for the microphone', () => singing({ amplitude: 3 }).map((x) => Math.max(-1, Math.min(1, x))), 'overdriven'],
    ['the sound card stands still', () => null, 'interrupted'],
  ])('is refused where %s, with the way on, and changes nothing', async (_, heard, reason) => {
    gain.set(3, 'hand');
    sound = heard();
    await loudness.start();
    expect(loudness.state.value).toEqual({ kind: 'refused', reason });
    expect([gain.db.value, gain.source.value]).toEqual([3, 'hand']);
    expect(loudnessRefusalWords(reason as 'silent')).toMatch(/^Not measured: .*[.:] .+\.$/);
  });

  it('is broken off by a song, and by another microphone', async () => {
    sound = singing();
    during = () => loudness.songLasts(true);
    await loudness.start();
    expect(loudness.state.value).toEqual({ kind: 'refused', reason: 'song' });
    during = () => (used.value = { id: 'other', label: 'Other' });
    await loudness.start();
    expect(loudness.state.value).toEqual({ kind: 'rest' });
    expect(gain.source.value).toBe(null);
  });
});

it('says what becomes of the voice', () => {
  expect([gainWords(0.2), gainWords(12.4), gainWords(-3)]).toEqual([
    'Your voice goes out as it is.',
    'Your voice is made louder by 12 dB, so that all voices are alike.',
    'Your voice is made softer by 3 dB, so that all voices are alike.',
  ]);
});
