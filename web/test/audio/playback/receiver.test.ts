// The way of mix messages through the receiver, its rings and the worklet's playback half: what is heard at a position is what was mixed there.
import { beforeEach, describe, expect, it } from 'vitest';
import { AudioClock } from '../../../src/audio/shared/audio_clock.js';
import { BLOCK, FRAMES_PER_MS, PREROLL_BLOCKS, QUANTUM } from '../../../src/units.js';
import { FrameCounter } from '../../../src/audio/shared/frame_counter.js';
import { LoopTrace } from '../../../src/audio/shared/loop_trace.js';
import { MappingReader, MappingWriter } from '../../../src/audio/shared/mapping_reports.js';
import type { DecoderFactory } from '../../../src/audio/playback/opus_in.js';
import { PlanReader, PlanWriter } from '../../../src/audio/shared/plan.js';
import { PlaybackPart } from '../../../src/audio/playback/playback_part.js';
import { PlaybackReader, PlaybackWriter } from '../../../src/audio/shared/playback_ring.js';
import { PlayedWriter } from '../../../src/audio/shared/played_ring.js';
import { PositionMap } from '../../../src/audio/shared/position_map.js';
import { Receiver } from '../../../src/audio/playback/receiver.js';
import { createSharedSound } from '../../../src/audio/shared/shared_sound.js';
import { SoundState } from '../../../src/audio/shared/sound_state.js';
import { SOLO_BUCKET } from '../../../src/wire/header.js';
import type { MixBlock, MixMessage } from '../../../src/wire/mix.js';
import { song } from '../../samples.js';

const MIX_DELAY = 120;
const START = 960_000;
const FIRST = START - PREROLL_BLOCKS * BLOCK;
const BUCKET = 1;
/** What the worklet adds so that the sound is never exactly silent. */
const FLOOR = 1e-6;

/** What is sung at a position: never the same within a second. */
const voice = (position: number): number => ((position - START) % 48_000) / 60_000;

/** A packet says which position its first sample has; the decoder answers at once. */
function packet(position: number): Uint8Array {
  return new Uint8Array(Float64Array.of(position).buffer);
}

const decoders: DecoderFactory = {
  decoder: (output) => ({
    state: 'configured',
    configure: () => undefined,
    flush: () => Promise.resolve(),
    close: () => undefined,
    decode: (chunk) => {
      const { first } = chunk as unknown as { first: number };
      const data = {
        numberOfFrames: BLOCK,
        numberOfChannels: 1,
        copyTo: (plane: Float32Array) => plane.forEach((_, i) => (plane[i] = voice(first + i))),
        close: () => undefined,
      };
      output(data as unknown as AudioData);
    },
  }),
  chunk: (bytes) => ({ first: new Float64Array(Uint8Array.from(bytes).buffer)[0] }) as unknown as EncodedAudioChunk,
};

let receiver: Receiver;
let map: PositionMap;
let part: PlaybackPart;
let anotherPart: () => PlaybackPart;
let state: SoundState;
let frame: number;

beforeEach(() => {
  const shared = createSharedSound();
  frame = 0;
  state = new SoundState(shared.state);
  state.setVolumes(0, 1);
  const writers = shared.playback.map((memory) => new PlaybackWriter(memory));
  const nowMs = (): number => frame / FRAMES_PER_MS;
  const clock = new AudioClock();
  clock.note(0, 0);
  map = new PositionMap();
  receiver = new Receiver(
    writers,
    new PlanWriter(shared.plan),
    new MappingReader(shared.reports),
    state,
    map,
    new FrameCounter(),
    clock,
    nowMs,
    new LoopTrace(clock, nowMs),
    decoders,
  );
  anotherPart = () => {
    const readers = shared.playback.map((memory) => new PlaybackReader(memory));
    return new PlaybackPart(readers, new PlanReader(shared.plan), new PlayedWriter(shared.played), state, new MappingWriter(shared.reports));
  };
  part = anotherPart();
});

/** Blocks from the one at `position` on, as the server sends them: a mix packet holds what was sung MIX_DELAY before its label. */
function message(position: number, blocks: number): MixMessage {
  const block = (i: number): MixBlock => ({
    people: 1,
    mix: packet(position + i * BLOCK - MIX_DELAY),
    backing: new Uint8Array(),
    metronome: new Uint8Array(),
    part: new Uint8Array(),
  });
  return { flags: 0, bucket: BUCKET, song: 1, position, blocks: Array.from({ length: blocks }, (_, i) => block(i)) };
}

interface Heard {
  position: number;
  sample: number;
}

/** Renders until `to`, and tells what was heard of the song itself, from where it has faded in. */
function render(to: number): Heard[] {
  const heard: Heard[] = [];
  for (; frame < to; frame += QUANTUM) {
    const left = new Float32Array(QUANTUM);
    part.process(frame, left, new Float32Array(QUANTUM));
    state.frame = frame + QUANTUM;
    receiver.poll();
    left.forEach((sample, i) => heard.push({ position: state.heardPosition + i, sample }));
  }
  return heard.filter(({ position }) => position >= START + QUANTUM);
}

/** Time goes by: the server sends the blocks from the `from`th to the one before `to`, `size` in a message, each `lateMs` after its last block; the page plays. */
function sing(from: number, to: number, size = 1, lateMs: (n: number) => number = () => 0): Heard[] {
  let heard: Heard[] = [];
  for (let n = from; n < to; n += size) {
    heard = heard.concat(render((n + size) * BLOCK + lateMs(n) * FRAMES_PER_MS));
    receiver.take(message(FIRST + n * BLOCK, size));
  }
  return heard;
}

const worstOf = (heard: Heard[]): number =>
  heard.reduce((worst, { position, sample }) => Math.max(worst, Math.abs(sample - FLOOR - voice(position))), 0);

describe('the receiver', () => {
  it('plays the clicks beside what is sung, where they belong', () => {
    receiver.setMixDelay(MIX_DELAY);
    const silent = new Uint8Array();
    let heard: Heard[] = [];
    for (let n = 0; n < 60; n++) {
      heard = heard.concat(render((n + 1) * BLOCK));
      const position = FIRST + n * BLOCK;
      const metronome = n >= 20 && n < 23 ? packet(position) : silent;
      receiver.take({ flags: 1, bucket: BUCKET, song: 1, position, blocks: [{ people: 0, mix: silent, backing: silent, metronome, part: silent }] });
    }
    const from = FIRST + 20 * BLOCK;
    const clicks = heard.filter(({ sample }) => Math.abs(sample) > 2 * FLOOR).map(({ position }) => position);
    expect([Math.min(...clicks), Math.max(...clicks)]).toEqual([from, from + 3 * BLOCK - 1]);
    expect(
      Math.max(...heard.map(({ position, sample }) => (clicks.includes(position) ? Math.abs(sample - FLOOR - voice(position)) : 0))),
    ).toBeLessThan(1e-5);
    expect(receiver.counters.decoderFailures).toBe(0);
  });

  it('plays what was mixed at a position at this position', () => {
    receiver.setMixDelay(MIX_DELAY);
    receiver.setSong(song({ start: START }));
    const heard = sing(0, 60);
    expect(heard.length).toBeGreaterThan(40 * BLOCK);
    expect(worstOf(heard)).toBeLessThan(1e-6);
    expect(state.missingFrames).toBe(0);
  });

  it('begins the solo mix anew where its offset changes: its positions jump back', () => {
    receiver.setMixDelay(MIX_DELAY);
    receiver.setSong(song({ start: START }));
    receiver.setSoloOffset(50);
    const solo = (position: number): void => receiver.take({ ...message(position, 1), bucket: SOLO_BUCKET });
    for (let n = 0; n < 60; n++) {
      render(n * BLOCK);
      solo(FIRST + n * BLOCK);
    }
    expect(receiver.counters).toMatchObject({ streams: 1, blocksLost: 0 });
    receiver.setSoloOffset(50);
    expect(receiver.currentPlan.active).toBe(true);
    receiver.setSoloOffset(90);
    for (let n = 60; n < 110; n++) {
      render(n * BLOCK);
      solo(FIRST + (n - 40) * BLOCK);
    }
    expect(receiver.counters).toMatchObject({ streams: 2, blocksLost: 0 });
    expect(receiver.currentPlan.active).toBe(true);
    expect(worstOf(render(112 * BLOCK).filter(({ sample }) => sample > 2 * FLOOR))).toBeLessThan(1e-5);
  });

  it('leaves out sound that overtakes the welcome, and plays what comes after it at its positions', () => {
    receiver.take(message(FIRST, 1));
    receiver.take(message(FIRST + BLOCK, 1));
    expect(receiver.counters).toMatchObject({ blocksReceived: 0, streams: 0 });
    expect(receiver.playout.offset).toBeNull();
    expect(receiver.currentPlan.active).toBe(false);

    // As the codec worker tells what is in the welcome.
    receiver.setMixDelay(MIX_DELAY);
    receiver.setSong(song({ start: START }));
    const heard = sing(2, 60);
    expect(receiver.counters).toMatchObject({ blocksReceived: 58, blocksLost: 0, streams: 1 });
    expect(receiver.currentPlan).toMatchObject({ active: true, mixDelay: MIX_DELAY });
    expect(heard[0]?.position).toBe(START + QUANTUM);
    expect(heard.length).toBeGreaterThan(40 * BLOCK);
    expect(worstOf(heard)).toBeLessThan(1e-6);
    expect(state.missingFrames).toBe(0);
  });

  it.each([
    ['on a quiet line', () => 0],
    ['on a line that jitters', (n: number) => (n * 7) % 50],
  ])('conceals and repeats nothing when a listener gets longer messages in mid-song, and shorter ones again, %s', (_, lateMs) => {
    receiver.setMixDelay(MIX_DELAY);
    receiver.setListening(true);
    receiver.setSong(song({ start: START }));
    const parts = [sing(0, 300, 3, lateMs), sing(300, 600, 5, lateMs), sing(600, 900, 3, lateMs), sing(900, 1_000, 5, lateMs)];
    const heard = parts.flat();
    expect(heard.length).toBeGreaterThan(980 * BLOCK);
    expect(heard.findIndex(({ position }, i) => position !== (heard[0] as Heard).position + i)).toBe(-1);
    expect(worstOf(heard)).toBeLessThan(1e-6);
    expect(state.missingFrames).toBe(0);
    expect(receiver.playout.counters()).toMatchObject({ shifts: 0, underruns: 0, blocksPerMessage: 5 });
  });

  it('goes on in the middle of a song when the audio context was made anew, and takes nothing of the gap for heard', () => {
    receiver.setMixDelay(MIX_DELAY);
    receiver.setSong(song({ start: START }));
    sing(0, 200);
    const ended = frame;
    receiver.pause();
    // A second without sound: the server sends on.
    for (let n = 200; n < 250; n++) receiver.take(message(FIRST + n * BLOCK, 1));
    expect(receiver.takeProbe(message(FIRST + 250 * BLOCK, 1))).toBe(null);
    // The next context's frames lie further on, by more than the time that went by.
    const jump = 100_000 - (100_000 % QUANTUM);
    frame += 50 * BLOCK + jump;
    frame -= frame % QUANTUM;
    const begun = frame;
    part = anotherPart();
    receiver.resume(begun);
    // The context is said to run, but has rendered nothing: this would be planned with the count of before, a second too early.
    receiver.poll();
    receiver.take(message(FIRST + 249 * BLOCK, 1));
    expect(receiver.counters.streams).toBe(1);
    const later = jump / FRAMES_PER_MS;
    const heard = sing(250, 400, 1, () => later);
    const loud = heard.slice(heard.findIndex(({ position }) => position >= receiver.currentPlan.audibleFrom + 3 * QUANTUM));
    expect(loud.length).toBeGreaterThan(120 * BLOCK);
    expect(loud.findIndex(({ position }, i) => position !== (loud[0] as Heard).position + i)).toBe(-1);
    expect(worstOf(loud)).toBeLessThan(1e-6);
    expect(map.positionAt(ended - 1)).not.toBe(null);
    for (const gap of [ended, (ended + begun) / 2, begun]) expect(map.positionAt(gap)).toBe(null);
    expect(receiver.playout.counters()).toMatchObject({ shifts: 0, underruns: 0 });
  });
});
