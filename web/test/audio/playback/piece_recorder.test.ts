import { beforeEach, describe, expect, it } from 'vitest';
import { QUANTUM } from '../../../src/units.js';
import { PIECE_FRAMES, PieceRecorder } from '../../../src/audio/playback/piece_recorder.js';
import { PlayedReader, PlayedWriter, createPlayedRing } from '../../../src/audio/shared/played_ring.js';

let writer: PlayedWriter;
let recorder: PieceRecorder;
let pieces: Int16Array[];
let nowMs: number;
let frame: number;

/** Plays quanta of which every frame holds the number of the quantum, on the left, and its negative on the right. */
function play(quanta: number): void {
  for (let i = 0; i < quanta; i++) {
    const samples = new Float32Array(QUANTUM).fill(((frame / QUANTUM) % 32_768) / 32_767);
    writer.write(
      frame,
      frame,
      samples,
      samples.map((s) => -s),
    );
    frame += QUANTUM;
    nowMs += (QUANTUM * 1000) / 48_000;
  }
}

beforeEach(() => {
  const memory = createPlayedRing();
  writer = new PlayedWriter(memory);
  pieces = [];
  nowMs = 0;
  frame = 0;
  play(3);
  recorder = new PieceRecorder(
    new PlayedReader(memory),
    () => nowMs,
    (bytes) => pieces.push(new Int16Array(bytes.slice().buffer)),
  );
});

const heard = (): number[] => {
  const all = pieces.flatMap((piece) => [...piece]);
  return Array.from({ length: all.length / (2 * QUANTUM) }, (_, i) => all[i * 2 * QUANTUM] as number);
};

describe('the recorder in pieces', () => {
  it('hands on all that was played since its beginning, both channels, in pieces of one size', () => {
    for (let i = 0; i < 40; i++) {
      play(37);
      recorder.poll();
    }
    recorder.finish();
    expect(heard()).toEqual(Array.from({ length: 40 * 37 }, (_, i) => i + 3));
    expect(pieces.every((piece) => [...piece].every((sample, i) => i % 2 === 0 || sample === -(piece[i - 1] as number)))).toBe(true);
    expect(pieces.slice(0, -1).every((piece) => piece.length === 2 * PIECE_FRAMES)).toBe(true);
    expect([recorder.frames, recorder.lostFrames]).toEqual([40 * 37 * QUANTUM, 0]);
  });

  it('has no more to do at its end after minutes than after a moment', () => {
    for (let i = 0; i < 1_000; i++) {
      play(100);
      recorder.poll();
    }
    const before = pieces.length;
    recorder.finish();
    recorder.finish();
    expect(pieces.length - before).toBeLessThanOrEqual(1);
    expect(pieces.at(-1)?.length).toBeLessThanOrEqual(2 * PIECE_FRAMES);
  });

  it('keeps the time where it came too late for what the ring held', () => {
    play(100);
    recorder.poll();
    play(1_000);
    recorder.poll();
    play(10);
    recorder.poll();
    recorder.finish();
    expect(recorder.frames).toBe(1_110 * QUANTUM);
    expect(recorder.lostFrames).toBe(1_000 * QUANTUM);
    expect(heard().slice(0, 100)).toEqual(Array.from({ length: 100 }, (_, i) => i + 3));
    expect(
      heard()
        .slice(100, 1_100)
        .every((sample) => sample === 0),
    ).toBe(true);
    expect(heard().slice(-10)).toEqual(Array.from({ length: 10 }, (_, i) => i + 1_103));
  });

  it('goes on where the sound was begun anew, and counts no time while it stood still', () => {
    play(10);
    recorder.poll();
    nowMs += 60_000;
    play(10);
    recorder.poll();
    recorder.finish();
    expect(recorder.frames).toBe(20 * QUANTUM);
    // Another sound card: its frames lie more than a ring behind.
    frame += 1 << 16;
    nowMs += 500;
    play(10);
    recorder.poll();
    expect(recorder.frames / QUANTUM).toBeGreaterThan(200);
    expect(recorder.frames / QUANTUM).toBeLessThan(225);
  });
});
