import { describe, expect, it } from 'vitest';
import { CaptureReader, CaptureWriter, createCaptureRing } from '../../../src/audio/shared/capture_ring.js';
import { CapturedSource } from '../../../src/audio/capture/captured_source.js';
import { QUANTUM } from '../../../src/units.js';
import { FrameCounter } from '../../../src/audio/shared/frame_counter.js';
import { PlayedReader, PlayedWriter, createPlayedRing } from '../../../src/audio/shared/played_ring.js';
import { PositionMap } from '../../../src/audio/shared/position_map.js';
import { Recorder } from '../../../src/audio/shared/recorder.js';
import { WAV_HEADER_BYTES, wavHeader, writeFrames } from '../../../src/audio/playback/wav.js';
import { recordingName } from '../../../src/features/recording/recording_name.js';

describe('recorder', () => {
  it('copies what was played, and marks where the position jumps', () => {
    const memory = createPlayedRing();
    const writer = new PlayedWriter(memory);
    const recorder = new Recorder(new PlayedReader(memory));
    const positions = [NaN, NaN, 960, 960 + QUANTUM, 5_000, NaN];
    recorder.start();
    positions.forEach((position, i) => {
      const samples = new Float32Array(QUANTUM).fill(i);
      writer.write(
        i * QUANTUM,
        position,
        samples,
        samples.map((s) => -s),
      );
      if (i % 2 === 1) recorder.poll();
    });
    const { left, right, marks } = recorder.stop();
    expect(left.length).toBe(positions.length * QUANTUM);
    positions.forEach((_, i) => expect([left[i * QUANTUM], right[i * QUANTUM + 127]]).toEqual([i, -i]));
    expect(marks).toEqual([
      { index: 0, position: null },
      { index: 2 * QUANTUM, position: 960 },
      { index: 4 * QUANTUM, position: 5_000 },
      { index: 5 * QUANTUM, position: null },
    ]);
    expect(recorder.recording).toBe(false);
  });

  it("gives one's own voice the positions that were heard a round trip before", () => {
    const memory = createCaptureRing();
    const writer = new CaptureWriter(memory);
    const map = new PositionMap();
    map.add({ from: 0, offset: null, song: 1, bucket: 2 });
    map.add({ from: 200, offset: 9_000, song: 1, bucket: 2 });
    const source = new CapturedSource(new CaptureReader(memory), new FrameCounter(), map);
    source.roundTrip = 100;
    const recorder = new Recorder(source);
    recorder.start();
    for (let i = 0; i < 4; i++) writer.write(i * QUANTUM, new Float32Array(QUANTUM).fill(i));
    recorder.poll();
    const { left, marks } = recorder.stop();
    expect([0, 1, 2, 3].map((i) => left[i * QUANTUM])).toEqual([0, 1, 2, 3]);
    // Heard from frame 200 on, captured from 300 on: in the midst of the third quantum, which is left out.
    expect(marks).toEqual([
      { index: 0, position: null },
      { index: 3 * QUANTUM, position: 3 * QUANTUM - 100 + 9_000 },
    ]);
  });
});

describe('WAV file', () => {
  it('has two channels of 16 bits, held at full scale', () => {
    const bytes = new Uint8Array(WAV_HEADER_BYTES + 12);
    bytes.set(wavHeader(3));
    writeFrames(new DataView(bytes.buffer, WAV_HEADER_BYTES), 0, Float32Array.of(0, 2, 0.5), Float32Array.of(-1, -2, 0));
    const view = new DataView(bytes.buffer);
    expect(new TextDecoder().decode(bytes.subarray(0, 4))).toBe('RIFF');
    expect(view.getUint32(4, true)).toBe(bytes.byteLength - 8);
    expect(view.getUint32(24, true)).toBe(48_000);
    expect([0, 1, 2, 3, 4, 5].map((i) => view.getInt16(44 + i * 2, true))).toEqual([0, -32_767, 32_767, -32_767, 16_384, 0]);
  });

  it('is named with the room and the time', () => {
    const begun = new Date(2031, 2, 4, 9, 5);
    expect(recordingName('Montags/Chor: Übung', begun)).toBe('Montags Chor Übung 2031-03-04 09.05.wav');
    expect(recordingName('', begun)).toBe('Roundelay 2031-03-04 09.05.wav');
    expect(recordingName('x'.repeat(200), begun).length).toBeLessThan(90);
  });
});
