import { expect, it } from 'vitest';
import { leftThenRight } from '../../../src/audio/shared/side_sounds.js';
import { SAMPLE_RATE } from '../../../src/units.js';

it('the sound for headphones is heard on the left alone, then on the right alone, at a comfortable level and without clicks', () => {
  const [left, right] = leftThenRight();
  expect(left.length).toBe(right.length);
  expect(left.length / SAMPLE_RATE).toBeLessThan(2);
  const sounding = (samples: Float32Array): [number, number] => [samples.findIndex((one) => one !== 0), samples.findLastIndex((one) => one !== 0)];
  expect(sounding(left)[1]).toBeLessThan(sounding(right)[0]);
  for (const side of [left, right]) {
    const peak = side.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(peak).toBeGreaterThan(0.1);
    expect(peak).toBeLessThan(0.2);
    const step = side.reduce((most, sample, i) => Math.max(most, Math.abs(sample - (side[i - 1] ?? 0))), 0);
    expect(step).toBeLessThan(0.03);
  }
});
