import { expect, it } from 'vitest';
import { ProbeAnswers } from '../../../src/audio/capture/probe_answers.js';

it('answers each probe when a block sung to it would have left, in order', () => {
  const sent: [number, number, number, number[]][] = [];
  const probes = new ProbeAnswers(({ song, bucket, position, packets }) => sent.push([song, bucket, position, packets.map((p) => p.byteLength)]));
  probes.add(2, 960, 5_000);
  // The jitter buffer's target has become smaller meanwhile: positions must rise all the same.
  probes.add(2, 1_920, 4_500);
  probes.poll(4_999);
  expect(sent).toEqual([]);
  probes.poll(5_000);
  expect(sent).toEqual([
    [0, 2, 960, [0]],
    [0, 2, 1_920, [0]],
  ]);
  probes.poll(9_000);
  expect(sent).toHaveLength(2);
});

it('forgets the oldest when the microphone stands still', () => {
  const positions: number[] = [];
  const probes = new ProbeAnswers(({ position }) => positions.push(position));
  for (let n = 1; n <= 200; n++) probes.add(1, n * 960, n);
  probes.poll(200);
  expect(positions.length).toBeLessThan(200);
  expect(positions.at(-1)).toBe(200 * 960);
});
