// The way of a sound from the playback rings through a loudspeaker, a microphone and the capture ring into blocks, at a sound card that drifts: what was
// heard at a position is sung at it.
import { expect, it } from 'vitest';
import { BlockCutter } from '../../../src/audio/capture/block_cutter.js';
import { CaptureReader, CaptureWriter, createCaptureRing } from '../../../src/audio/shared/capture_ring.js';
import { BLOCK, QUANTUM } from '../../../src/units.js';
import { CutReader } from '../../../src/audio/capture/cut_reader.js';
import { MappingReader, MappingWriter, createMappingReports } from '../../../src/audio/shared/mapping_reports.js';
import { PlanReader, PlanWriter, createPlanMemory, noPlan } from '../../../src/audio/shared/plan.js';
import { PlaybackPart } from '../../../src/audio/playback/playback_part.js';
import { PlaybackReader, PlaybackWriter, createPlaybackRing } from '../../../src/audio/shared/playback_ring.js';
import { PlayedWriter, createPlayedRing } from '../../../src/audio/shared/played_ring.js';
import { PositionMap } from '../../../src/audio/shared/position_map.js';
import { SoundState, createSoundState } from '../../../src/audio/shared/sound_state.js';

const MIX_DELAY = 120;
const ENCODER_DELAY = 120;
const ROUND_TRIP = 33 * QUANTUM;
/** As large as positions are: samples since 1970. */
const FIRST = Math.floor((1.8e9 * 48_000) / BLOCK);
const HERTZ = 997;

/** The phase is counted from the first block, where a number still holds it exactly. */
const tone = (position: number): number => 0.5 * Math.sin((2 * Math.PI * HERTZ * (position - FIRST * BLOCK)) / 48_000);

it.each([
  ['never', [[0, 0]]],
  [
    'at first not, then fast, then slow',
    [
      [0, 0],
      [40_000, 300e-6],
      [120_000, -300e-6],
    ],
  ],
  ['by a little that changes', Array.from({ length: 20 }, (_, i): [number, number] => [i * 9_600, 50e-6 * Math.sin(i)])],
] as [string, [number, number][]][])('a tone is sung at the positions at which it was heard: drift %s', (_, slopes) => {
  const memories = [createPlaybackRing(), createPlaybackRing()];
  const ring = new PlaybackWriter(memories[0] as SharedArrayBuffer);
  const planMemory = createPlanMemory();
  const plans = new PlanWriter(planMemory);
  const state = new SoundState(createSoundState());
  state.setVolumes(0, 1);
  const reportMemory = createMappingReports();
  const reports = new MappingReader(reportMemory);
  const readers = memories.map((memory) => new PlaybackReader(memory));
  const part = new PlaybackPart(readers, new PlanReader(planMemory), new PlayedWriter(createPlayedRing()), state, new MappingWriter(reportMemory));
  const captureMemory = createCaptureRing();
  const capture = new CaptureWriter(captureMemory);
  const map = new PositionMap();
  const cutter = new BlockCutter(map, ENCODER_DELAY);
  cutter.setRoundTrip(ROUND_TRIP);
  const reader = new CutReader(new CaptureReader(captureMemory));

  const offset = FIRST * BLOCK;
  const air: Float32Array[] = [];
  const right = new Float32Array(QUANTUM);
  const sung = new Float32Array(BLOCK);
  let written = FIRST;
  let last: number | null = null;
  let worst = 0;
  let blocks = 0;
  for (let frame = 0; frame < 240_000; frame += QUANTUM) {
    for (; written < FIRST + 10 + frame / BLOCK; written++) {
      const label = written * BLOCK;
      ring.writeMix(
        written,
        Float32Array.from({ length: BLOCK }, (__, i) => tone(label + i - MIX_DELAY)),
      );
      ring.writeBacking(written, null, null);
    }
    const slope = slopes.findLast(([from]) => from <= frame)?.[1] ?? 0;
    plans.write({ ...noPlan(), generation: 1, active: true, offset, slope, mixDelay: MIX_DELAY, audibleFrom: offset });
    const left = new Float32Array(QUANTUM);
    part.process(frame, left, right);
    air.push(left);
    capture.write(frame, air.length > ROUND_TRIP / QUANTUM ? (air.shift() as Float32Array) : new Float32Array(QUANTUM));
    for (const report of reports.take()) {
      map.add({ from: report.frame, offset, slip: report.slip, slope: report.slope, song: 1, bucket: 1, joins: report.frame > 0 });
    }
    const oldest = frame - 100_000;
    for (let cut = cutter.next(frame + QUANTUM, oldest, offset + 1_000, Infinity); cut; cut = cutter.next(frame + QUANTUM, oldest, 0, Infinity)) {
      expect(reader.read(cut, sung)).toBe(true);
      if (last !== null) expect(cut.position).toBe(last + BLOCK);
      last = cut.position;
      blocks++;
      for (let i = 0; i < BLOCK; i++) worst = Math.max(worst, Math.abs((sung[i] as number) - tone(last + ENCODER_DELAY + i)));
    }
  }
  expect(blocks).toBeGreaterThan(235);
  // A thousandth of a sample off would be 7e-5; steps would be far more.
  expect(worst).toBeLessThan(1.5e-5);
  expect(state.missingFrames).toBe(0);
});
