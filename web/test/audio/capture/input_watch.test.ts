import { beforeEach, expect, it } from 'vitest';
import { CapturePart } from '../../../src/audio/capture/capture_part.js';
import { CaptureWriter, createCaptureRing } from '../../../src/audio/shared/capture_ring.js';
import { QUANTUM } from '../../../src/units.js';
import { SoundState, createSoundState } from '../../../src/audio/shared/sound_state.js';

let state: SoundState;
let part: CapturePart;
let frame: number;

beforeEach(() => {
  state = new SoundState(createSoundState());
  part = new CapturePart(new CaptureWriter(createCaptureRing()), state);
  frame = 0;
});

function feed(quanta: number, ...channels: ((i: number) => number)[]): void {
  for (let q = 0; q < quanta; q++) {
    part.process(
      frame,
      channels.map((channel) => Float32Array.from({ length: QUANTUM }, (_, i) => channel(frame + i))),
    );
    frame += QUANTUM;
  }
}

const softest = (i: number): number => (i % 2) * 2 ** -23;

it('counts exact silence, whatever the number of channels, until anything moves', () => {
  feed(10, () => 0);
  expect(state.silentFrames).toBe(10 * QUANTUM);
  feed(
    10,
    () => 0,
    () => 0.25,
  );
  expect(state.silentFrames).toBe(20 * QUANTUM);
  feed(1, () => 0, softest);
  expect(state.silentFrames).toBe(0);
});

it('takes no microphone for no silence', () => {
  feed(10, () => 0);
  feed(10);
  expect(state.silentFrames).toBe(0);
});

it('counts from the last clipping, not from a single loud sample', () => {
  feed(5, (i) => 0.9 * Math.sin(i));
  const quiet = state.unclippedFrames;
  feed(1, (i) => (i % QUANTUM === 7 ? 1 : 0.1));
  expect(state.unclippedFrames).toBeGreaterThanOrEqual(quiet);
  feed(1, softest, (i) => Math.max(-1, Math.min(1, 2 * Math.sin(i / 10))));
  expect(state.unclippedFrames).toBe(0);
  feed(3, softest);
  expect(state.unclippedFrames).toBe(3 * QUANTUM);
});
