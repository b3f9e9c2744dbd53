// Takes mix messages: decodes them into the playback rings and plans when they are heard; and probes. Runs in the codec worker.
import { MAX_BLOCKS, SOLO_BUCKET } from '../../wire/header.js';
import type { Song } from '../../wire/control/control.js';
import type { MixBlock, MixMessage } from '../../wire/mix.js';
import type { AudioClock } from '../shared/audio_clock.js';
import { BLOCK, SETTLING_BLOCKS, indexOfBucket, type BucketNumber } from '../../units.js';
import type { FrameCounter } from '../shared/frame_counter.js';
import type { LoopTrace } from '../shared/loop_trace.js';
import type { MappingReader } from '../shared/mapping_reports.js';
import { OpusIn, type DecoderFactory } from './opus_in.js';
import { noPlan, type Plan, type PlanWriter } from '../shared/plan.js';
import type { PlaybackWriter } from '../shared/playback_ring.js';
import { FADE_FRAMES, READ_AHEAD } from './playback_part.js';
import { Playout, audibleFrom } from './playout.js';
import type { PositionMap } from '../shared/position_map.js';
import type { SoundState } from '../shared/sound_state.js';

/** Blocks lost in a row after which the decoder has to settle anew. */
const MANY_LOST = 3;
/** Samples behind a song's end for which the mapping is kept: what was sung last still has to pass the sound card. */
const LINGER = 48_000;
const PLANS_KEPT = 32;

interface Stream {
  song: number;
  bucket: BucketNumber;
  ring: PlaybackWriter;
  mixIn: OpusIn;
  backingIn: OpusIn;
  metronomeIn: OpusIn;
  partIn: OpusIn;
  /** Label of the block that should come next. */
  expected: number;
  /** Blocks being decoded, by label. */
  waiting: Map<number, Waiting>;
}

interface Waiting {
  /** Of mix, backing, metronome and one's own part, how many are not decoded yet. */
  parts: number;
  /** Blocks that came behind it in the same message. */
  behind: number;
}

interface Planned {
  plan: Plan;
  song: number;
  bucket: BucketNumber;
}

export interface ReceiverCounters {
  blocksReceived: number;
  blocksDecoded: number;
  blocksLost: number;
  decoderFailures: number;
  streams: number;
  probes: number;
}

export class Receiver {
  playout = new Playout(READ_AHEAD);
  readonly counters: ReceiverCounters = { blocksReceived: 0, blocksDecoded: 0, blocksLost: 0, decoderFailures: 0, streams: 0, probes: 0 };
  private stream: Stream | null = null;
  private song: Song | null = null;
  private plan: Plan = noPlan();
  private bank = 0;
  /** Null until the server has told it. */
  private mixDelay: number | null = null;
  private planned: Planned[] = [];
  private adopted = 0;
  private paused = false;
  /** It is known to go on, but no frame behind this one was rendered yet. */
  private resumeBehind: number | null = null;
  private listening = false;
  /** Of each bucket, in blocks. */
  private offsets: number[] = [];
  /** Of the solo mix, in blocks. */
  private soloOffset = 0;

  constructor(
    private readonly rings: PlaybackWriter[],
    private readonly plans: PlanWriter,
    private readonly reports: MappingReader,
    private readonly state: SoundState,
    private readonly map: PositionMap,
    private readonly frames: FrameCounter,
    private readonly clock: AudioClock,
    private readonly nowMs: () => number,
    private readonly trace: LoopTrace,
    private readonly decoders: DecoderFactory,
  ) {}

  setMixDelay(samples: number): void {
    this.mixDelay = samples;
  }

  /** Who only listens is sent more blocks in a message when the server must save work, at any time: room for that is kept from the beginning. */
  setListening(listening: boolean): void {
    this.listening = listening;
    this.playout.keepRoomFor(listening ? MAX_BLOCKS : 1);
  }

  /** The audio context stands still: nothing can be heard or measured until it goes on. */
  pause(): void {
    this.resumeBehind = null;
    if (this.paused) return;
    this.paused = true;
    this.stop();
    this.map.add({ from: this.now(), offset: null, song: 0, bucket: 0 });
  }

  /**
   * It goes on behind `frame`, or another one does: its burst and drift are its own. The next message then begins a new stream, but not before a frame was
   * rendered: with the count of before, what comes would be planned for a moment long past, and heard before it was sent.
   */
  resume(frame: number): void {
    if (this.paused) this.resumeBehind = frame;
  }

  setOffsets(blocks: number[]): void {
    this.offsets = blocks;
  }

  /** The solo mix reads so far behind now from now on: its positions jump. */
  setSoloOffset(blocks: number): void {
    if (blocks !== this.soloOffset && this.stream?.bucket === SOLO_BUCKET) this.stop();
    this.soloOffset = blocks;
  }

  /** The song as the server told it last: where the sound that comes begins and ends. */
  setSong(song: Song): void {
    this.song = song;
    if (!this.stream || song.number !== this.stream.song) return;
    const over = song.state === 'none' && song.end === null;
    if (over) this.stop();
    else if (song.end !== null && song.end !== this.plan.end) this.amend({ ...this.plan, end: song.end });
  }

  take(message: MixMessage): void {
    const { mixDelay } = this;
    // Sound may overtake the welcome; without the delay it would lie beside its positions.
    if (mixDelay === null || this.paused) return;
    const { song, bucket, position, blocks } = message;
    let stream = this.stream;
    if (!stream || stream.song !== song || stream.bucket !== bucket) stream = this.begin(message, mixDelay);
    else this.playout.message(blocks.length);
    blocks.forEach((block, i) => {
      this.trace.arrived(position + i * BLOCK);
      this.takeBlock(stream, position + i * BLOCK, block, blocks.length - 1 - i);
    });
  }

  /** A message of song 0: nothing to be heard, but the line shows how fast it is. Returns the frame at which its position would be heard, or null. */
  takeProbe(message: MixMessage): number | null {
    if (this.paused) return null;
    this.counters.probes++;
    return this.playout.probe(message.position, this.offsetOf(message.bucket), this.now());
  }

  /** Nothing is played any more. */
  stop(): void {
    this.endStream();
    if (this.plan.active) this.publish({ ...this.plan, active: false, generation: this.plan.generation + 1 });
  }

  /** Looks at what the worklet has done since; call often. */
  poll(): void {
    if (this.resumeBehind !== null && this.now() > this.resumeBehind) this.goOn();
    for (const report of this.reports.take()) {
      const { generation, frame, active, offset, slip, slope } = report;
      const joins = generation === this.adopted;
      const planned = this.planned.find((candidate) => candidate.plan.generation === generation);
      this.adopted = generation;
      if (!planned) continue;
      const { song, bucket } = planned;
      this.map.add({ from: frame, offset: active ? offset : null, slip, slope, song, bucket, joins });
    }
    if (this.plan.active && this.now() + this.plan.offset > this.plan.end + LINGER) this.stop();
  }

  /** What may be sung: from where one hears something to the end; null while nothing plays. */
  get singable(): { start: number; end: number } | null {
    if (!this.stream || !this.plan.active) return null;
    const start = this.song?.number === this.stream.song ? this.song.start : 0;
    return { start: Math.max(start, this.plan.audibleFrom), end: this.plan.end };
  }

  get currentPlan(): Readonly<Plan> {
    return this.plan;
  }

  private goOn(): void {
    this.resumeBehind = null;
    this.paused = false;
    this.playout = new Playout(READ_AHEAD);
    this.setListening(this.listening);
  }

  private now(): number {
    return this.frames.unwrap(this.state.frame);
  }

  /** How far behind now a bucket reads, in samples. */
  private offsetOf(bucket: BucketNumber): number {
    const blocks = bucket === SOLO_BUCKET ? this.soloOffset : (this.offsets[indexOfBucket(bucket)] ?? 0);
    return blocks * BLOCK;
  }

  private begin(message: MixMessage, mixDelay: number): Stream {
    this.endStream();
    this.bank = 1 - this.bank;
    const ring = this.rings[this.bank] as PlaybackWriter;
    ring.clear();
    const waiting = new Map<number, Waiting>();
    const { song, bucket, position } = message;
    const mixIn = new OpusIn(1, this.decoders, (label, channels) => {
      if (channels) ring.writeMix(label / BLOCK, channels[0] as Float32Array);
      this.done(stream, label);
    });
    const backingIn = new OpusIn(2, this.decoders, (label, channels) => {
      if (channels) ring.writeBacking(label / BLOCK, channels[0] as Float32Array, channels[1] as Float32Array);
      this.done(stream, label);
    });
    const metronomeIn = new OpusIn(1, this.decoders, (label, channels) => {
      if (channels) ring.writeMetronome(label / BLOCK, channels[0] as Float32Array);
      this.done(stream, label);
    });
    const partIn = new OpusIn(1, this.decoders, (label, channels) => {
      if (channels) ring.writePart(label / BLOCK, channels[0] as Float32Array);
      this.done(stream, label);
    });
    const stream: Stream = { song, bucket, ring, mixIn, backingIn, metronomeIn, partIn, expected: position, waiting };
    this.stream = stream;
    this.counters.streams++;
    const known = this.song?.number === song ? this.song : null;
    const from = audibleFrom(position, known?.start ?? position, SETTLING_BLOCKS, FADE_FRAMES);
    this.playout.begin(from, message.blocks.length, this.offsetOf(bucket), this.now());
    const end = known?.end ?? Infinity;
    const { generation } = this.plan;
    const { slope } = this.playout;
    this.plan = { generation, active: false, offset: 0, slope, bank: this.bank, mixDelay, audibleFrom: from, end };
    return stream;
  }

  private takeBlock(stream: Stream, position: number, block: MixBlock, behind: number): void {
    this.counters.blocksReceived++;
    if (position < stream.expected) return;
    const lost = (position - stream.expected) / BLOCK;
    stream.expected = position + BLOCK;
    if (lost > 0) this.skip(position, lost);
    const clicks = block.metronome.byteLength > 0;
    const withPart = block.part.byteLength > 0;
    stream.waiting.set(position, { parts: 2 + (clicks ? 1 : 0) + (withPart ? 1 : 0), behind });
    if (block.mix.byteLength === 0) {
      stream.mixIn.refresh();
      stream.ring.writeMix(position / BLOCK, null);
      this.done(stream, position);
    } else {
      stream.mixIn.decode(position, block.mix);
    }
    if (block.backing.byteLength === 0) {
      stream.backingIn.refresh();
      stream.ring.writeBacking(position / BLOCK, null, null);
      this.done(stream, position);
    } else {
      stream.backingIn.decode(position, block.backing);
    }
    if (clicks) stream.metronomeIn.decode(position, block.metronome);
    else stream.metronomeIn.refresh();
    if (withPart) stream.partIn.decode(position, block.part);
    else stream.partIn.refresh();
  }

  private skip(position: number, lost: number): void {
    this.counters.blocksLost += lost;
    if (lost < MANY_LOST) return;
    const from = Math.max(this.plan.audibleFrom, position + SETTLING_BLOCKS * BLOCK);
    this.amend({ ...this.plan, audibleFrom: from });
  }

  /** A part of a block was decoded (or given up). */
  private done(stream: Stream, position: number): void {
    const waiting = stream.waiting.get(position);
    if (!waiting || --waiting.parts > 0) return;
    stream.waiting.delete(position);
    if (stream !== this.stream) return;
    this.counters.blocksDecoded++;
    this.trace.decoded(position);
    const frame = this.now();
    const evenFrame = this.clock.frameAt(this.nowMs());
    // The first sample of the packet is heard `mixDelay` before its label.
    this.playout.ready({ position: position - this.plan.mixDelay, behind: waiting.behind, frame, evenFrame, slip: this.slip(frame) });
    const { offset, slope } = this.playout;
    if (offset === null) return;
    if (!this.plan.active || offset !== this.plan.offset) {
      this.publish({ ...this.plan, active: true, offset, slope, generation: this.plan.generation + 1 });
    } else if (slope !== this.plan.slope) {
      this.amend({ ...this.plan, slope });
    }
  }

  /** How far the mapping has moved by its slope; a mapping that the worklet has not taken over yet has not. */
  private slip(frame: number): number {
    const run = this.map.current;
    return this.adopted === this.plan.generation && run && !run.silent ? run.slipAt(frame) : 0;
  }

  /** Changes what does not move the mapping; the worklet takes it over without a fade. */
  private amend(plan: Plan): void {
    this.plan = plan;
    if (plan.active) this.plans.write(plan);
  }

  private publish(plan: Plan): void {
    this.plan = plan;
    const stream = this.stream;
    this.planned.push({ plan, song: stream?.song ?? 0, bucket: stream?.bucket ?? 0 });
    if (this.planned.length > PLANS_KEPT) this.planned.shift();
    this.plans.write(plan);
  }

  private endStream(): void {
    if (!this.stream) return;
    const { mixIn, backingIn, metronomeIn, partIn } = this.stream;
    for (const decoder of [mixIn, backingIn, metronomeIn, partIn]) {
      this.counters.decoderFailures += decoder.failures;
      decoder.stop();
    }
    this.stream = null;
  }
}
