import { describe, expect, it } from 'vitest';
import { LoudnessMeter } from '../../../src/audio/shared/loudness.js';
import { LEAST_GAIN_DB, MOST_GAIN_DB, VOICE_LUFS, voiceLoudness } from '../../../src/audio/shared/voice_loudness.js';
import { noiseOf, singing, type Singing } from './rendered_voice.js';

function integrated(sound: Float32Array): number {
  const meter = new LoudnessMeter();
  meter.add(sound);
  return meter.integrated;
}

function gainOf(sound: Float32Array): number {
  const found = voiceLoudness(sound);
  if (found.kind === 'refused') expect.fail(found.reason);
  return found.gainDb;
}

const refusal = (sound: Float32Array): string | null => {
  const found = voiceLoudness(sound);
  return found.kind === 'refused' ? found.reason : null;
};

describe('the gain for a voice', () => {
  it.each<[string, Partial<Singing>]>([
    ['a bass', { hz: 82 }],
    ['a tenor', { hz: 150 }],
    ['a soprano', { hz: 520 }],
    ['a soft voice', { amplitude: 0.02 }],
    ['a loud voice', { amplitude: 0.9 }],
    ['a voice in a noisy room', { amplitude: 0.1, noise: 0.004 }],
    ['a voice with long pauses', { pauseS: 0.25 }],
  ])('brings %s to the target, measured as a whole, within 2 dB', (_, change) => {
    for (let seed = 1; seed <= 3; seed++) {
      const sound = singing({ ...change, seed });
      const factor = 10 ** (gainOf(sound) / 20);
      expect(Math.abs(integrated(sound.map((x) => x * factor)) - VOICE_LUFS)).toBeLessThan(2);
    }
  });

  it('follows the voice decibel by decibel', () => {
    const loud = gainOf(singing({ amplitude: 0.4, noise: 0 }));
    expect(gainOf(singing({ amplitude: 0.04, noise: 0 })) - loud).toBeCloseTo(20, 3);
  });

  it('is moved little by one shout, or by a cough', () => {
    const sound = singing();
    const shout = singing();
    for (let i = 100_000; i < 120_000; i++) shout[i] = (shout[i] as number) * 3;
    const cough = singing();
    const noise = noiseOf(0.5, 0.3);
    noise.forEach((x, i) => (cough[150_000 + i] = x));
    for (const disturbed of [shout, cough]) expect(Math.abs(gainOf(disturbed) - gainOf(sound))).toBeLessThan(1.5);
  });

  it('is not below its least one: the limiter does the rest', () => {
    const square = singing({ amplitude: 30 }).map((x) => Math.max(-0.99, Math.min(0.99, x)));
    expect(gainOf(square)).toBe(LEAST_GAIN_DB);
  });
});

describe('no gain is made of', () => {
  it('a microphone that gives nothing', () => {
    expect(refusal(new Float32Array(240_000))).toBe('silent');
    expect(refusal(new Float32Array(240_000).fill(0.01))).toBe('silent');
  });

  it('a voice that no gain would lift to the target', () => {
    expect(refusal(singing({ amplitude: 0.25 * 10 ** (-(MOST_GAIN_DB + 4) / 20), noise: 1e-6 }))).toBe('quiet');
    expect(refusal(noiseOf(1e-3, 5))).toBe('quiet');
  });

  it('noise, however loud', () => {
    for (const [seed, amplitude] of [0.01, 0.05, 0.5].entries()) expect(refusal(noiseOf(amplitude, 5, seed + 1))).toBe('noisy');
  });

  it('a voice that drowns in noise', () => {
    expect(refusal(singing({ amplitude: 0.1, noise: 0.3 }))).toBe('noisy');
  });

  it('a note that is over at once', () => {
    const sound = noiseOf(0.01, 5);
    sound.set(singing({ seconds: 0.65 }), 48_000);
    expect(refusal(sound)).toBe('short');
  });

  it('a voice that is too loud for the microphone', () => {
    expect(refusal(singing({ amplitude: 3 }).map((x) => Math.max(-1, Math.min(1, x))))).toBe('overdriven');
  });
});
