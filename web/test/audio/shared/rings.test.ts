import { describe, expect, it } from 'vitest';
import { CAPTURE_FRAMES, CaptureReader, CaptureWriter, createCaptureRing } from '../../../src/audio/shared/capture_ring.js';
import { FrameCounter } from '../../../src/audio/shared/frame_counter.js';
import { MappingReader, MappingWriter, createMappingReports } from '../../../src/audio/shared/mapping_reports.js';
import { PlanReader, PlanWriter, createPlanMemory, noPlan } from '../../../src/audio/shared/plan.js';
import { PLAYBACK_SLOTS, PlaybackReader, PlaybackWriter, createPlaybackRing } from '../../../src/audio/shared/playback_ring.js';
import { PLAYED_FRAMES, PlayedReader, PlayedWriter, createPlayedRing } from '../../../src/audio/shared/played_ring.js';
import { BLOCK, QUANTUM } from '../../../src/units.js';

const ramp = (from: number, length: number): Float32Array => Float32Array.from({ length }, (_, i) => from + i);

describe('capture ring', () => {
  it('gives back the samples of a frame, over its edge too', () => {
    const memory = createCaptureRing();
    const writer = new CaptureWriter(memory);
    const reader = new CaptureReader(memory);
    const first = CAPTURE_FRAMES - 256;
    for (let f = first; f < first + 1024; f += QUANTUM) writer.write(f, ramp(f, QUANTUM));
    const out = new Float32Array(960);
    expect(reader.read(first + 10, out)).toBe(true);
    expect(out).toEqual(ramp(first + 10, 960));
  });

  it('has no samples that were not written yet, and none that were overwritten', () => {
    const memory = createCaptureRing();
    const writer = new CaptureWriter(memory);
    const reader = new CaptureReader(memory);
    for (let f = 0; f < CAPTURE_FRAMES + 4096; f += QUANTUM) writer.write(f, ramp(f, QUANTUM));
    const out = new Float32Array(960);
    expect(reader.read(CAPTURE_FRAMES + 4096 - 959, out)).toBe(false);
    expect(reader.read(CAPTURE_FRAMES + 4096 - 960, out)).toBe(true);
    expect(reader.read(0, out)).toBe(false);
  });

  it('fills frames that the context skipped with silence', () => {
    const memory = createCaptureRing();
    const writer = new CaptureWriter(memory);
    const reader = new CaptureReader(memory);
    writer.write(0, ramp(1, QUANTUM));
    writer.write(3 * QUANTUM, ramp(1, QUANTUM));
    const out = new Float32Array(4 * QUANTUM);
    expect(reader.read(0, out)).toBe(true);
    expect([...out.subarray(QUANTUM, 3 * QUANTUM)].every((s) => s === 0)).toBe(true);
    expect(out[0]).toBe(1);
    expect(out[3 * QUANTUM]).toBe(1);
  });

  it('survives the wrap of frames at 32 bits', () => {
    const memory = createCaptureRing();
    const writer = new CaptureWriter(memory);
    const reader = new CaptureReader(memory);
    const frames = new FrameCounter();
    const first = 2 ** 31 - 512;
    expect(frames.unwrap((2 ** 30) | 0)).toBe(2 ** 30);
    for (let f = first; f < first + 2048; f += QUANTUM) writer.write(f, ramp(f % 4096, QUANTUM));
    expect(frames.unwrap(reader.written)).toBe(first + 2048);
    const out = new Float32Array(960);
    expect(reader.read(first, out)).toBe(true);
    expect(out[0]).toBe(first % 4096);
    expect(out[512]).toBe((first + 512) % 4096);
  });
});

describe('playback ring', () => {
  const block = 90_000_000_123;

  it('gives the blocks of consecutive positions as one stretch', () => {
    const memory = createPlaybackRing();
    const writer = new PlaybackWriter(memory);
    const reader = new PlaybackReader(memory);
    writer.writeMix(block, ramp(0, BLOCK));
    writer.writeMix(block + 1, ramp(BLOCK, BLOCK));
    writer.writeBacking(block, null, null);
    writer.writeBacking(block + 1, null, null);
    const out = new Float32Array(QUANTUM + 3);
    expect(reader.stretch(block * BLOCK + 900, 0, QUANTUM)).toBe(QUANTUM);
    reader.copyMix(block * BLOCK + 900, out, 3, QUANTUM + 3);
    expect(out.subarray(3)).toEqual(ramp(900, QUANTUM));
  });

  it('counts a stale block as missing', () => {
    const memory = createPlaybackRing();
    const writer = new PlaybackWriter(memory);
    const reader = new PlaybackReader(memory);
    writer.writeMix(block, null);
    writer.writeBacking(block, ramp(1, BLOCK), ramp(2, BLOCK));
    expect(reader.stretch((block + PLAYBACK_SLOTS) * BLOCK, 0, QUANTUM)).toBe(-QUANTUM);
    expect(reader.stretch(block * BLOCK + 900, 0, QUANTUM)).toBe(60);
    const left = new Float32Array(60);
    const right = new Float32Array(60);
    reader.copyBacking(block * BLOCK + 900, left, right, 0, 60);
    expect(left).toEqual(ramp(901, 60));
    expect(right).toEqual(ramp(902, 60));
  });

  it('needs mix and backing, each where its packets hold the position, and forgets all when cleared', () => {
    const memory = createPlaybackRing();
    const writer = new PlaybackWriter(memory);
    const reader = new PlaybackReader(memory);
    writer.writeMix(block, null);
    expect(reader.stretch(block * BLOCK, 0, QUANTUM)).toBe(-QUANTUM);
    writer.writeBacking(block, null, null);
    // The mix of the last 120 positions lies in the next packet.
    expect(reader.stretch(block * BLOCK + 800, 120, QUANTUM)).toBe(40);
    expect(reader.stretch(block * BLOCK + 840, 120, QUANTUM)).toBe(-QUANTUM);
    writer.clear();
    expect(reader.stretch(block * BLOCK, 0, QUANTUM)).toBe(-QUANTUM);
  });
});

describe('mapping reports', () => {
  it('come in order, with numbers as large as positions are', () => {
    const memory = createMappingReports();
    const writer = new MappingWriter(memory);
    const reader = new MappingReader(memory);
    expect(reader.take()).toEqual([]);
    writer.write(1, 128, true, 2 ** 52 + 1, 0, 0);
    writer.write(1, 256, true, 2 ** 52 + 1, 0.25, -1e-4);
    expect(reader.take()).toEqual([
      { generation: 1, frame: 128, active: true, offset: 2 ** 52 + 1, slip: 0, slope: 0 },
      { generation: 1, frame: 256, active: true, offset: 2 ** 52 + 1, slip: 0.25, slope: -1e-4 },
    ]);
    expect(reader.take()).toEqual([]);
  });

  it('of a reader that was away for long are the newest', () => {
    const memory = createMappingReports();
    const writer = new MappingWriter(memory);
    const reader = new MappingReader(memory);
    for (let i = 0; i < 40; i++) writer.write(i, i, false, 0, 0, 0);
    const generations = reader.take().map((report) => report.generation);
    expect(generations.length).toBeGreaterThan(10);
    expect(generations).toEqual(generations.map((_, i) => 40 - generations.length + i));
  });
});

describe('plan', () => {
  it('is handed over once, with numbers as large as positions are', () => {
    const memory = createPlanMemory();
    const writer = new PlanWriter(memory);
    const reader = new PlanReader(memory);
    const plan = { generation: 3, active: true, offset: 2 ** 52 + 1, slope: -3e-4, bank: 1, mixDelay: 120, audibleFrom: 960, end: Infinity };
    const out = noPlan();
    expect(reader.poll(out)).toBe(false);
    writer.write(plan);
    expect(reader.poll(out)).toBe(true);
    expect(out).toEqual(plan);
    expect(reader.poll(out)).toBe(false);
  });
});

describe('played ring', () => {
  it('tells the position of each quantum, and when it was too late', () => {
    const memory = createPlayedRing();
    const writer = new PlayedWriter(memory);
    const reader = new PlayedReader(memory);
    const left = new Float32Array(QUANTUM);
    const right = new Float32Array(QUANTUM);
    writer.write(0, NaN, ramp(0, QUANTUM), ramp(1, QUANTUM));
    writer.write(QUANTUM, 4800, ramp(5, QUANTUM), ramp(6, QUANTUM));
    expect(reader.read(0, left, right)).toBeNaN();
    expect(reader.read(QUANTUM, left, right)).toBe(4800);
    expect(left).toEqual(ramp(5, QUANTUM));
    expect(right).toEqual(ramp(6, QUANTUM));
    for (let f = 2 * QUANTUM; f < 2 * PLAYED_FRAMES; f += QUANTUM) writer.write(f, f, left, right);
    expect(reader.read(QUANTUM, left, right)).toBeNull();
  });
});
