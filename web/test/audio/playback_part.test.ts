import { beforeEach, describe, expect, it } from 'vitest';
import { BLOCK, QUANTUM } from '../../src/audio/constants.js';
import { FADE_FRAMES, PlaybackPart } from '../../src/audio/playback_part.js';
import { PlanReader, PlanWriter, createPlanMemory, noPlan, type Plan } from '../../src/audio/plan.js';
import { PlaybackReader, PlaybackWriter, createPlaybackRing } from '../../src/audio/playback_ring.js';
import { PlayedWriter, createPlayedRing } from '../../src/audio/played_ring.js';
import { SoundState, createSoundState } from '../../src/audio/sound_state.js';

const DELAY = 120;
const FLOOR = 1e-6;

let part: PlaybackPart;
let plans: PlanWriter;
let rings: PlaybackWriter[];
let state: SoundState;
let frame: number;

beforeEach(() => {
  const memories = [createPlaybackRing(), createPlaybackRing()];
  const planMemory = createPlanMemory();
  rings = memories.map((memory) => new PlaybackWriter(memory));
  plans = new PlanWriter(planMemory);
  state = new SoundState(createSoundState());
  state.setVolumes(0.5, 1);
  const readers = memories.map((memory) => new PlaybackReader(memory));
  part = new PlaybackPart(readers, new PlanReader(planMemory), new PlayedWriter(createPlayedRing()), state);
  frame = 0;
});

/** Blocks whose mix and backing are constant: so that only the fades are seen. */
function fill(ring: number, from: number, blocks: number, mix = 0.25, backing = 0.5): void {
  for (let b = from; b < from + blocks; b++) {
    rings[ring]?.writeMix(b, new Float32Array(BLOCK).fill(mix));
    rings[ring]?.writeBacking(b, new Float32Array(BLOCK).fill(backing), new Float32Array(BLOCK).fill(-backing));
  }
}

function plan(change: Partial<Plan>): Plan {
  return { ...noPlan(), generation: 1, active: true, mixDelay: DELAY, audibleFrom: 0, ...change };
}

function render(quanta: number): { left: number[]; right: number[] } {
  const left: number[] = [];
  const right: number[] = [];
  for (let q = 0; q < quanta; q++) {
    const l = new Float32Array(QUANTUM);
    const r = new Float32Array(QUANTUM);
    part.process(frame, l, r);
    frame += QUANTUM;
    left.push(...l);
    right.push(...r);
  }
  return { left, right };
}

function largestStep(samples: number[]): number {
  return Math.max(...samples.slice(1).map((s, i) => Math.abs(s - (samples[i] as number))));
}

describe('playback', () => {
  it('is almost, but never exactly silent without a plan', () => {
    const { left, right } = render(3);
    expect([...left, ...right].every((s) => s > 0 && s < 2 * FLOOR)).toBe(true);
    expect(state.heardPosition).toBeNaN();
  });

  it('plays mix and backing at their positions, the mix by its delay later in the packet', () => {
    const mix = Float32Array.from({ length: BLOCK }, (_, i) => i / 1000);
    const backing = Float32Array.from({ length: BLOCK }, (_, i) => i / 100);
    fill(0, 100, 4, 0, 0);
    rings[0]?.writeMix(102, mix);
    rings[0]?.writeBacking(102, backing, null);
    plans.write(plan({ offset: 100 * BLOCK }));
    const { left, right } = render(26);
    const at = 2 * BLOCK;
    for (let i = DELAY; i < 500; i += 77) {
      expect(right[at - DELAY + i]).toBeCloseTo(i / 1000, 5);
      expect(left[at + i]).toBeCloseTo((i + DELAY) / 1000 + (0.5 * i) / 100, 5);
    }
    expect(state.adoptedGeneration).toBe(1);
    expect(state.adoptedFrame).toBe(0);
    expect(state.missingFrames).toBe(0);
  });

  it('fades in where it may be heard first, and out before the end', () => {
    fill(0, 100, 20);
    const start = 100 * BLOCK;
    plans.write(plan({ offset: start, audibleFrom: start + 1_000, end: start + 10_000 }));
    const { left } = render(90);
    expect(left.slice(0, 900).every((s) => s < 2 * FLOOR)).toBe(true);
    expect(left[5_000]).toBeCloseTo(0.25 + 0.25, 5);
    expect(left.slice(10_000).every((s) => s < 2 * FLOOR)).toBe(true);
    expect(largestStep(left)).toBeLessThan(0.5 / FADE_FRAMES + 1e-4);
  });

  it('fades around blocks that are missing, and counts what was missed', () => {
    fill(0, 100, 6);
    fill(0, 108, 6);
    plans.write(plan({ offset: 100 * BLOCK, audibleFrom: 100 * BLOCK }));
    const { left } = render(90);
    expect(largestStep(left)).toBeLessThan(0.5 / FADE_FRAMES + 1e-4);
    expect(left[6 * BLOCK]).toBeLessThan(0.01);
    expect(left[7 * BLOCK]).toBeLessThan(2 * FLOOR);
    expect(left[10 * BLOCK]).toBeCloseTo(0.5, 5);
    expect(state.missingFrames).toBeGreaterThanOrEqual(2 * BLOCK);
    expect(state.missingFrames).toBeLessThan(2 * BLOCK + 2 * QUANTUM + DELAY);
  });

  it('fades out, jumps and fades in when the mapping changes, and tells the frame', () => {
    fill(0, 100, 40);
    fill(1, 200, 40, 0.1, 0.1);
    plans.write(plan({ offset: 100 * BLOCK }));
    const before = render(20);
    plans.write(plan({ generation: 2, bank: 1, offset: 200 * BLOCK - frame }));
    const after = render(20);
    expect(largestStep([...before.left, ...after.left])).toBeLessThan(0.5 / FADE_FRAMES + 1e-4);
    expect(state.adoptedGeneration).toBe(2);
    expect(state.adoptedFrame).toBe(22 * QUANTUM);
    expect(state.heardPosition).toBe(frame - QUANTUM + 200 * BLOCK - 20 * QUANTUM);
    expect(after.left.at(-1)).toBeCloseTo(0.15, 5);
  });

  it('takes a new end without a seam', () => {
    fill(0, 100, 40);
    plans.write(plan({ offset: 100 * BLOCK }));
    const before = render(20);
    plans.write(plan({ offset: 100 * BLOCK, end: 100 * BLOCK + 40 * QUANTUM }));
    const after = render(30);
    expect(largestStep([...before.left, ...after.left])).toBeLessThan(0.5 / FADE_FRAMES + 1e-4);
    expect(after.left[5 * QUANTUM]).toBeCloseTo(0.5, 5);
    expect(after.left[20 * QUANTUM + 1]).toBeLessThan(2 * FLOOR);
  });

  it('ramps volumes over a quantum', () => {
    fill(0, 100, 40);
    plans.write(plan({ offset: 100 * BLOCK }));
    const before = render(10);
    state.setVolumes(0, 0.5);
    const after = render(4);
    expect(largestStep([...before.left, ...after.left])).toBeLessThan(0.01);
    expect(after.left.at(-1)).toBeCloseTo(0.125, 5);
  });
});
