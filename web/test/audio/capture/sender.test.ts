// From captured samples to voice messages: real cutter, queue and batch, an encoder that shows what it was given.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ENCODER_CHOICES, type EncoderChoice } from '../../../src/audio/capture/opus_out.js';
import { Sender } from '../../../src/audio/capture/sender.js';
import { AudioClock } from '../../../src/audio/shared/audio_clock.js';
import { CAPTURE_FRAMES, CaptureReader, CaptureWriter, createCaptureRing } from '../../../src/audio/shared/capture_ring.js';
import { LoopTrace } from '../../../src/audio/shared/loop_trace.js';
import { PositionMap } from '../../../src/audio/shared/position_map.js';
import { BLOCK, QUANTUM, type BucketNumber } from '../../../src/units.js';
import { readVoice, type VoiceMessage } from '../../../src/wire/voice.js';
import { FakeEncoder, stubEncoder } from '../../fake_encoder.js';

const BUCKET = 2 as BucketNumber;
const SONG = 7;
/** Position = frame + OFFSET. */
const OFFSET = 960_000;
const ROUND_TRIP = 1_000;
const DELAY = 120;

let now: number;
let captured: number;
let writer: CaptureWriter;
let map: PositionMap;
let sender: Sender;
let sent: VoiceMessage[];
let taken: boolean;
/** What the microphone delivers at a frame. */
let sound: (frame: number) => number;

beforeEach(() => {
  stubEncoder();
  const ring = createCaptureRing();
  now = 0;
  captured = 0;
  writer = new CaptureWriter(ring);
  map = new PositionMap();
  sent = [];
  taken = true;
  sound = (frame) => (frame + 1) / 1e6;
  sender = new Sender(
    ENCODER_CHOICES[0] as EncoderChoice,
    new CaptureReader(ring),
    map,
    () => now,
    new LoopTrace(new AudioClock(), () => now),
    (bytes) => {
      const message = readVoice(Uint8Array.from(bytes));
      if (!message.ok) throw new Error(message.error);
      if (taken) sent.push(message.value);
      return taken;
    },
  );
  sender.setRoundTrip(ROUND_TRIP);
  sender.silent = false;
  map.add({ from: 0, offset: OFFSET, song: SONG, bucket: BUCKET });
});
afterEach(() => vi.unstubAllGlobals());

/** The microphone delivers so many frames, and the sender looks after each quantum. */
function sing(frames: number, end = Infinity): void {
  for (const until = captured + frames; captured < until; captured += QUANTUM) {
    writer.write(
      captured,
      Float32Array.from({ length: QUANTUM }, (_, i) => sound(captured + i)),
    );
    now += QUANTUM / 48;
    sender.poll(captured + QUANTUM, OFFSET, end);
    sender.tend(captured + QUANTUM);
  }
}
/** First and last sample of the block in a packet. */
const ends = (packet: Uint8Array): number[] => [...new Float32Array(Uint8Array.from(packet).buffer)];
const blocks = (): { position: number; packet: Uint8Array }[] =>
  sent.flatMap((message) => message.packets.map((packet, i) => ({ position: message.position + i * BLOCK, packet })));

describe('a voice', () => {
  it('goes out block by block, each with the sound of its own positions', () => {
    sing(BLOCK * 20);
    expect(blocks().length).toBeGreaterThan(15);
    blocks().forEach(({ position, packet }, i) => {
      expect(position).toBe((blocks()[0]?.position ?? NaN) + i * BLOCK);
      const frame = position - OFFSET + ROUND_TRIP + DELAY;
      // The very first block is faded in.
      expect(ends(packet)[0]).toBeCloseTo(i === 0 ? 0 : sound(frame), 6);
      expect(ends(packet)[1]).toBeCloseTo(sound(frame + BLOCK - 1), 6);
    });
    expect(sent.every((message) => message.song === SONG && message.bucket === BUCKET)).toBe(true);
    expect(sender.counters).toMatchObject({ blocksSent: sent.length, voicesSent: sent.length, blocksMissed: 0, encoderFailures: 0 });
  });

  it('comes in messages of as many blocks as the mix does', () => {
    sender.setBlocksPerMessage(3);
    sing(BLOCK * 20);
    expect(sent.length).toBeGreaterThan(3);
    for (const message of sent) expect(message.packets.length).toBe(3);
    expect(sender.counters.blocksSent).toBe(3 * sent.length);
  });

  it('ends with the song, and the last blocks do not wait for a full message', () => {
    sender.setBlocksPerMessage(5);
    sing(7 * BLOCK + ROUND_TRIP + DELAY + QUANTUM, OFFSET + 7 * BLOCK);
    expect(blocks().map(({ position }) => (position - OFFSET) / BLOCK)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('that the socket does not take is not counted as sent', () => {
    taken = false;
    sing(BLOCK * 10);
    expect(sender.counters).toMatchObject({ blocksSent: 0, voicesSent: 0 });
    expect(FakeEncoder.all[0]?.blocks.length).toBeGreaterThan(5);
  });

  it('begins anew, faded in, where the position jumped', () => {
    sing(BLOCK * 10);
    map.add({ from: captured, offset: OFFSET + 500, song: SONG, bucket: BUCKET });
    sing(BLOCK * 10);
    expect(FakeEncoder.all.length).toBe(2);
    expect(FakeEncoder.all[1]?.blocks[0]?.[0]).toBe(0);
    expect(FakeEncoder.all[1]?.blocks[1]?.[0]).not.toBe(0);
  });
});

describe('where nobody is to be heard', () => {
  it('blocks go out without a voice, so that the loop time stays known', () => {
    sender.silent = true;
    sing(BLOCK * 10);
    expect(blocks().length).toBeGreaterThan(5);
    for (const { packet } of blocks()) expect(packet.byteLength).toBe(0);
    expect(sender.counters.voicesSent).toBe(0);
    expect(FakeEncoder.all).toEqual([]);
  });

  it('half a second of exact silence is no voice; the first sound after it is one, faded in', () => {
    const until = BLOCK * 40;
    sound = (frame) => (frame < until ? 0 : 0.5);
    sing(BLOCK * 60);
    const empty = blocks().map(({ packet }) => packet.byteLength === 0);
    expect(empty.slice(0, 25)).toEqual(new Array(25).fill(false));
    const first = empty.lastIndexOf(true) + 1;
    expect(empty.slice(25, first)).toEqual(new Array(first - 25).fill(true));
    // The first block that has a sound of it.
    expect((blocks()[first]?.position ?? NaN) - OFFSET + ROUND_TRIP + DELAY + BLOCK).toBeGreaterThan(until);
    expect((blocks()[first]?.position ?? NaN) - OFFSET + ROUND_TRIP + DELAY).toBeLessThanOrEqual(until);
    expect(FakeEncoder.all.length).toBe(2);
  });
});

describe('what goes wrong', () => {
  it('samples that were overwritten before they were read are missed, and counted', () => {
    sing(BLOCK * 5);
    const before = sender.counters.voicesSent;
    // The microphone writes on while nobody looks.
    for (const until = captured + CAPTURE_FRAMES + 50 * BLOCK; captured < until; captured += QUANTUM) {
      writer.write(captured, new Float32Array(QUANTUM).fill(0.5));
    }
    sing(BLOCK * 5);
    expect(sender.counters.voicesSent).toBeGreaterThan(before);
    const gaps = blocks().filter(({ position }, i) => i > 0 && position !== (blocks()[i - 1]?.position ?? NaN) + BLOCK);
    expect(gaps.length).toBe(1);
  });

  it('an encoder that breaks costs its blocks, and the next one is fresh', () => {
    sing(BLOCK * 5);
    FakeEncoder.breaks = true;
    sing(BLOCK * 3);
    FakeEncoder.breaks = false;
    sing(BLOCK * 5);
    expect(sender.counters.encoderFailures).toBeGreaterThan(0);
    const positions = blocks().map(({ position }) => position);
    expect(positions).toEqual(positions.map((_, i) => (positions[0] as number) + i * BLOCK));
    expect(blocks().filter(({ packet }) => packet.byteLength === 0).length).toBe(sender.counters.encoderFailures);
    expect(blocks().at(-1)?.packet.byteLength).toBeGreaterThan(0);
  });

  it('a probe is answered when a voice would have been there, and not before', () => {
    const heardAt = 5_000;
    sender.probe(BUCKET, OFFSET + 10 * BLOCK, heardAt);
    sender.silent = true;
    // A voice of the block: heard, back by the microphone, its whole length captured, and encoded in 1 ms.
    const due = heardAt + ROUND_TRIP + DELAY + BLOCK + 48;
    sender.tend(due - 1);
    expect(sender.counters.probesAnswered).toBe(0);
    sender.tend(due);
    expect(sender.counters.probesAnswered).toBe(1);
    expect(sent.at(-1)?.song).toBe(0);
    expect(sent.at(-1)?.position).toBe(OFFSET + 10 * BLOCK);
  });
});
