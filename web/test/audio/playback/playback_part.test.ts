import { beforeEach, describe, expect, it } from 'vitest';
import { BLOCK, QUANTUM } from '../../../src/units.js';
import { FADE_FRAMES, PlaybackPart } from '../../../src/audio/playback/playback_part.js';
import { MappingReader, MappingWriter, createMappingReports, type MappingReport } from '../../../src/audio/shared/mapping_reports.js';
import { PlanReader, PlanWriter, createPlanMemory, noPlan, type Plan } from '../../../src/audio/shared/plan.js';
import { PlaybackReader, PlaybackWriter, createPlaybackRing } from '../../../src/audio/shared/playback_ring.js';
import { PlayedWriter, createPlayedRing } from '../../../src/audio/shared/played_ring.js';
import { SoundState, createSoundState } from '../../../src/audio/shared/sound_state.js';

const DELAY = 120;
const FLOOR = 1e-6;

let part: PlaybackPart;
let plans: PlanWriter;
let rings: PlaybackWriter[];
let state: SoundState;
let reports: MappingReader;
let frame: number;

beforeEach(() => {
  const memories = [createPlaybackRing(), createPlaybackRing()];
  const planMemory = createPlanMemory();
  rings = memories.map((memory) => new PlaybackWriter(memory));
  plans = new PlanWriter(planMemory);
  state = new SoundState(createSoundState());
  state.setVolumes(0.5, 1);
  const readers = memories.map((memory) => new PlaybackReader(memory));
  const reportMemory = createMappingReports();
  reports = new MappingReader(reportMemory);
  const played = new PlayedWriter(createPlayedRing());
  part = new PlaybackPart(readers, new PlanReader(planMemory), played, state, new MappingWriter(reportMemory));
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
    const mix = Float32Array.from({ length: BLOCK }, (_, i) => i / 2000);
    const backing = Float32Array.from({ length: BLOCK }, (_, i) => i / 700);
    fill(0, 100, 4, 0, 0);
    rings[0]?.writeMix(102, mix);
    rings[0]?.writeBacking(102, backing, null);
    plans.write(plan({ offset: 100 * BLOCK }));
    const { left, right } = render(26);
    const at = 2 * BLOCK;
    for (let i = DELAY; i < 500; i += 77) {
      expect(right[at - DELAY + i]).toBeCloseTo(i / 2000, 5);
      expect(left[at + i]).toBeCloseTo((i + DELAY) / 2000 + (0.5 * i) / 700, 5);
    }
    expect(reports.take()).toEqual([{ generation: 1, frame: 0, active: true, offset: 100 * BLOCK, slip: 0, slope: 0 }]);
    expect(state.missingFrames).toBe(0);
  });

  it('adds the metronome at its positions, at its own volume, and misses nothing where it does not click', () => {
    fill(0, 100, 12, 0.25, 0);
    const click = Float32Array.from({ length: BLOCK }, (_, i) => (i % 100) / 1_000);
    rings[0]?.writeMetronome(102, click);
    rings[0]?.writeMetronome(106, click);
    state.metronomeVolume = 0.5;
    plans.write(plan({ offset: 100 * BLOCK }));
    const before = render(40);
    state.metronomeVolume = 0;
    const { left, right } = render(30);
    for (let i = 0; i < BLOCK; i += 77) {
      expect(before.left[2 * BLOCK + i]).toBeCloseTo(0.25 + 0.5 * (click[i] as number), 5);
      expect(before.right[2 * BLOCK + i]).toBeCloseTo(0.25 + 0.5 * (click[i] as number), 5);
      expect(before.left[4 * BLOCK + i]).toBeCloseTo(0.25, 5);
    }
    const silenced = 6 * BLOCK - 40 * QUANTUM + BLOCK - 1;
    expect(left[silenced]).toBeCloseTo(0.25, 5);
    expect(right[silenced]).toBeCloseTo(0.25, 5);
    expect(state.missingFrames).toBe(0);
  });

  it("adds one's own part at the positions of the mix, at its factor, and misses nothing where it does not come", () => {
    fill(0, 100, 12, 0.25, 0);
    const part = Float32Array.from({ length: BLOCK }, (_, i) => (i % 100) / 1_000);
    rings[0]?.writePart(102, part);
    rings[0]?.writePart(106, part);
    state.partVolume = 1;
    plans.write(plan({ offset: 100 * BLOCK }));
    const before = render(40);
    state.partVolume = 0;
    const { left, right } = render(30);
    for (let i = DELAY; i < BLOCK; i += 77) {
      // What its packet gives at i is heard where the mix of that packet is: its codec's delay earlier.
      expect(before.left[2 * BLOCK - DELAY + i]).toBeCloseTo(0.25 + (part[i] as number), 5);
      expect(before.right[2 * BLOCK - DELAY + i]).toBeCloseTo(0.25 + (part[i] as number), 5);
      expect(before.left[4 * BLOCK + i]).toBeCloseTo(0.25, 5);
    }
    const silenced = 6 * BLOCK - 40 * QUANTUM + BLOCK - 1 - DELAY;
    expect(left[silenced]).toBeCloseTo(0.25, 5);
    expect(right[silenced]).toBeCloseTo(0.25, 5);
    expect(state.missingFrames).toBe(0);
  });

  it('never sends more than full scale to the loudspeaker, whatever the volumes, and is as before when it was loud', () => {
    fill(0, 100, 20, 0.5, 0.9);
    fill(0, 120, 130);
    plans.write(plan({ offset: 100 * BLOCK }));
    state.setVolumes(3, 1);
    const loud = render(150);
    expect(Math.max(...loud.left.map(Math.abs), ...loud.right.map(Math.abs))).toBeLessThan(1);
    expect(largestStep(loud.left)).toBeLessThan(0.1);
    state.setVolumes(0.5, 1);
    render(700);
    expect(render(10).left.at(-1)).toBeCloseTo(0.25 + 0.25, 3);
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

  it('conceals a block that is missing without a step, counts it, and is exact again behind it', () => {
    const tone = (position: number): number => 0.5 * Math.sin((2 * Math.PI * 220 * position) / 48_000);
    for (let b = 100; b < 130; b++) {
      if (b === 110) continue;
      rings[0]?.writeMix(
        b,
        Float32Array.from({ length: BLOCK }, (_, i) => tone(b * BLOCK + i - DELAY)),
      );
      rings[0]?.writeBacking(b, null, null);
    }
    plans.write(plan({ offset: 100 * BLOCK, audibleFrom: 100 * BLOCK }));
    const { left } = render(170);
    const steepest = (0.5 * 2 * Math.PI * 220) / 48_000;
    expect(largestStep(left)).toBeLessThan(1.2 * steepest);
    const hole = 10 * BLOCK;
    // One block is short enough to be filled almost in full height.
    const inside = left.slice(hole - DELAY, hole + BLOCK - DELAY);
    expect(Math.max(...inside)).toBeGreaterThan(0.45);
    const behind = hole + 2 * BLOCK;
    for (let i = behind; i < behind + BLOCK; i++) expect(Math.abs((left[i] as number) - tone(100 * BLOCK + i) - FLOOR)).toBeLessThan(1e-6);
    expect(state.missingFrames).toBeGreaterThanOrEqual(BLOCK);
    expect(state.missingFrames).toBeLessThan(BLOCK + 2 * DELAY);
  });

  it('fades to silence over a long hole, and back', () => {
    fill(0, 100, 6);
    fill(0, 112, 6);
    plans.write(plan({ offset: 100 * BLOCK, audibleFrom: 100 * BLOCK }));
    const { left } = render(120);
    expect(largestStep(left)).toBeLessThan(0.5 / FADE_FRAMES + 1e-4);
    expect(left.slice(9 * BLOCK + 100, 11 * BLOCK).every((s) => Math.abs(s) < 2 * FLOOR)).toBe(true);
    expect(left[14 * BLOCK]).toBeCloseTo(0.5, 5);
  });

  it('follows a new slope without a seam, and tells it', () => {
    const tone = (position: number): number => 0.5 * Math.sin((2 * Math.PI * 1_000 * position) / 48_000);
    for (let b = 100; b < 200; b++) {
      rings[0]?.writeMix(
        b,
        Float32Array.from({ length: BLOCK }, (_, i) => tone(b * BLOCK + i - DELAY)),
      );
      rings[0]?.writeBacking(b, null, null);
    }
    plans.write(plan({ offset: 100 * BLOCK, audibleFrom: 100 * BLOCK }));
    const straight = render(100);
    const exact = straight.left.map((_, i) => Math.fround(Math.fround(tone(100 * BLOCK + i)) + FLOOR));
    expect(straight.left.slice(1_000)).toEqual(exact.slice(1_000));
    plans.write(plan({ offset: 100 * BLOCK, audibleFrom: 100 * BLOCK, slope: 3e-4 }));
    const faster = render(300);
    plans.write(plan({ offset: 100 * BLOCK, audibleFrom: 100 * BLOCK, slope: -2e-4 }));
    const slower = render(200);
    const [first, second, third] = reports.take() as [MappingReport, MappingReport, MappingReport];
    expect(first).toMatchObject({ frame: 0, slip: 0, slope: 0 });
    expect(second).toMatchObject({ frame: 100 * QUANTUM, slip: 0, slope: 3e-4 });
    expect(third).toMatchObject({ frame: 400 * QUANTUM, slope: -2e-4 });
    expect(third.slip).toBeCloseTo(300 * QUANTUM * 3e-4, 9);
    // Every frame sounds as its position does.
    const all = [...straight.left, ...faster.left, ...slower.left];
    let worst = 0;
    for (let f = 1_000; f < all.length; f++) {
      const report = f < second.frame ? first : f < third.frame ? second : third;
      const position = f + 100 * BLOCK + report.slip + report.slope * (f - report.frame);
      worst = Math.max(worst, Math.abs((all[f] as number) - tone(position) - FLOOR));
    }
    expect(worst).toBeLessThan(5e-6);
    expect(state.missingFrames).toBe(0);
  });

  it('fades out, jumps and fades in when the mapping changes, and tells the frame', () => {
    fill(0, 100, 40);
    fill(1, 200, 40, 0.1, 0.1);
    plans.write(plan({ offset: 100 * BLOCK }));
    const before = render(20);
    plans.write(plan({ generation: 2, bank: 1, offset: 200 * BLOCK - frame }));
    const after = render(20);
    expect(largestStep([...before.left, ...after.left])).toBeLessThan(0.5 / FADE_FRAMES + 1e-4);
    expect(reports.take().at(-1)).toMatchObject({ generation: 2, frame: 22 * QUANTUM });
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
