import { describe, expect, it } from 'vitest';
import { HALF_TAPS, sampleAt } from '../../../src/audio/shared/interpolation.js';

const LENGTH = 4_000;

/** Of the error of a sine of full scale, read at places everywhere in between its samples. */
function errorDb(hertz: number): number {
  const sine = (place: number): number => Math.sin((2 * Math.PI * hertz * place) / 48_000);
  const samples = Float32Array.from({ length: LENGTH }, (_, i) => sine(i));
  let error = 0;
  let power = 0;
  for (let i = HALF_TAPS; i < LENGTH - HALF_TAPS; i++) {
    const fraction = (i * 0.61803398875) % 1;
    error += (sampleAt(samples, i, fraction) - sine(i + fraction)) ** 2;
    power += sine(i) ** 2;
  }
  return 10 * Math.log10(error / power);
}

describe('interpolation', () => {
  it.each([
    [100, -100],
    [1_000, -100],
    [4_000, -100],
    [8_000, -100],
    [12_000, -100],
    [16_000, -100],
    [18_000, -90],
  ])('at %i Hz the error is below %i dB', (hertz, most) => {
    expect(errorDb(hertz)).toBeLessThan(most);
  });

  it('is as good at a fraction that was rounded up to the next sample', () => {
    const samples = Float32Array.from({ length: 64 }, (_, i) => Math.sin(i * i));
    expect(sampleAt(samples, 30, 1)).toBeCloseTo(samples[31] as number, 6);
  });

  it('gives the very sample at a whole place', () => {
    const samples = Float32Array.from({ length: 64 }, (_, i) => Math.sin(i * i));
    for (let i = HALF_TAPS; i < 64 - HALF_TAPS; i++) expect(sampleAt(samples, i, 0)).toBe(samples[i]);
  });
});
