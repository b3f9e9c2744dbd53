import { expect, it } from 'vitest';
import { decibels, meterShare } from '../../../src/audio/shared/decibels.js';
import { LevelMeter } from '../../../src/audio/shared/level_meter.js';
import { volumeFactor, volumeScale } from '../../../src/audio/shared/volume.js';

it.each([
  [0, 0],
  [0.5, 0.0316266],
  [1, 1.000245],
  [1.1, 1.995799],
])('the scale at %f is %f', (v, gain) => {
  expect(volumeScale(v)).toBeCloseTo(gain, 6);
});

it.each([
  [0, 0],
  [0.5, 0.177817],
  [1, 1],
  [1.5, 5.623757],
  [2, 31.626646],
  [7, 31.626646],
  [-1, 0],
])('a slider at %f is a factor of %f', (v, factor) => {
  expect(volumeFactor(v)).toBeCloseTo(factor, 5);
});

it('shows -60 dBFS and below as nothing, and full scale as full', () => {
  expect([0, 0.0005, 0.001, 1, 3].map(meterShare)).toEqual([0, 0, expect.closeTo(0, 6), 1, 1]);
  expect(meterShare(0.0316228)).toBeCloseTo(0.5, 4);
  expect(decibels(0)).toBe(-Infinity);
});

it('a level meter rises at once and falls slowly, and ends at zero', () => {
  const meter = new LevelMeter();
  meter.add(new Float32Array(128).fill(0.5));
  expect(meter.peak).toBe(0.5);
  for (let i = 0; i < 34; i++) meter.add(new Float32Array(128));
  expect(decibels(meter.peak)).toBeCloseTo(decibels(0.5) - 10.2, 0);
  for (let i = 0; i < 2_000; i++) meter.add(new Float32Array(128));
  expect([meter.peak, meter.rms]).toEqual([0, 0]);
});
