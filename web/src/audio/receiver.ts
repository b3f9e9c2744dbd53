// Takes mix messages: decodes them into the playback rings and plans when they are heard. Runs in the codec worker.
import type { Song } from '../wire/model.js';
import type { MixBlock, MixMessage } from '../wire/mix.js';
import { BLOCK, SETTLING_BLOCKS } from './constants.js';
import type { FrameCounter } from './frame_counter.js';
import { OpusIn, type DecoderFactory } from './opus_in.js';
import { noPlan, type Plan, type PlanWriter } from './plan.js';
import type { PlaybackWriter } from './playback_ring.js';
import { FADE_FRAMES, LOOK_AHEAD } from './playback_part.js';
import { Playout, audibleFrom } from './playout.js';
import type { PositionMap } from './position_map.js';
import type { SoundState } from './sound_state.js';

/** Frames before it is played that a block must be in the ring: then its fade-out has begun. */
const LEAD = LOOK_AHEAD;
/** Blocks lost in a row after which the decoder has to settle anew. */
const MANY_LOST = 3;
/** Samples behind a song's end for which the mapping is kept: what was sung last still has to pass the sound card. */
const LINGER = 48_000;
const PLANS_KEPT = 32;

interface Stream {
  song: number;
  bucket: number;
  ring: PlaybackWriter;
  mixIn: OpusIn;
  backingIn: OpusIn;
  /** Label of the block that should come next. */
  expected: number;
  /** Parts still being decoded, by label. */
  waiting: Map<number, number>;
}

interface Planned {
  plan: Plan;
  song: number;
  bucket: number;
}

export interface ReceiverCounters {
  blocksReceived: number;
  blocksDecoded: number;
  blocksLost: number;
  decoderFailures: number;
  streams: number;
}

export class Receiver {
  readonly playout = new Playout(LEAD);
  readonly counters: ReceiverCounters = { blocksReceived: 0, blocksDecoded: 0, blocksLost: 0, decoderFailures: 0, streams: 0 };
  private stream: Stream | null = null;
  private song: Song | null = null;
  private plan: Plan = noPlan();
  private bank = 0;
  private mixDelay = 0;
  private planned: Planned[] = [];
  private adopted = 0;

  constructor(
    private readonly rings: PlaybackWriter[],
    private readonly plans: PlanWriter,
    private readonly state: SoundState,
    private readonly map: PositionMap,
    private readonly frames: FrameCounter,
    private readonly decoders: DecoderFactory,
  ) {}

  setMixDelay(samples: number): void {
    this.mixDelay = samples;
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
    let stream = this.stream;
    if (!stream || stream.song !== message.song || stream.bucket !== message.bucket) stream = this.begin(message);
    message.blocks.forEach((block, i) => this.takeBlock(stream, message.position + i * BLOCK, block));
  }

  /** Nothing is played any more. */
  stop(): void {
    this.endStream();
    if (this.plan.active) this.publish({ ...this.plan, active: false, generation: this.plan.generation + 1 });
  }

  /** Looks at what the worklet has done since; call often. */
  poll(): void {
    const generation = this.state.adoptedGeneration;
    if (generation !== this.adopted) {
      const frame = this.frames.unwrap(this.state.adoptedFrame);
      const planned = this.planned.find((candidate) => candidate.plan.generation === generation);
      this.adopted = generation;
      if (planned) {
        const { plan, song, bucket } = planned;
        this.map.add({ from: frame, offset: plan.active ? plan.offset : null, song, bucket });
      }
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

  private now(): number {
    return this.frames.unwrap(this.state.frame);
  }

  private begin(message: MixMessage): Stream {
    this.endStream();
    this.bank = 1 - this.bank;
    const ring = this.rings[this.bank] as PlaybackWriter;
    ring.clear();
    const waiting = new Map<number, number>();
    const { song, bucket, position } = message;
    const mixIn = new OpusIn(1, this.decoders, (label, channels) => {
      if (channels) ring.writeMix(label / BLOCK, channels[0] as Float32Array);
      this.done(stream, label);
    });
    const backingIn = new OpusIn(2, this.decoders, (label, channels) => {
      if (channels) ring.writeBacking(label / BLOCK, channels[0] as Float32Array, channels[1] as Float32Array);
      this.done(stream, label);
    });
    const stream: Stream = { song, bucket, ring, mixIn, backingIn, expected: position, waiting };
    this.stream = stream;
    this.counters.streams++;
    const known = this.song?.number === song ? this.song : null;
    const from = audibleFrom(position, known?.start ?? position, SETTLING_BLOCKS, FADE_FRAMES);
    this.playout.begin(from);
    const end = known?.end ?? Infinity;
    const { generation } = this.plan;
    this.plan = { generation, active: false, offset: 0, bank: this.bank, mixDelay: this.mixDelay, audibleFrom: from, end };
    return stream;
  }

  private takeBlock(stream: Stream, position: number, block: MixBlock): void {
    this.counters.blocksReceived++;
    if (position < stream.expected) return;
    const lost = (position - stream.expected) / BLOCK;
    stream.expected = position + BLOCK;
    if (lost > 0) this.skip(position, lost);
    stream.waiting.set(position, 2);
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
  }

  private skip(position: number, lost: number): void {
    this.counters.blocksLost += lost;
    if (lost < MANY_LOST) return;
    const from = Math.max(this.plan.audibleFrom, position + SETTLING_BLOCKS * BLOCK);
    this.amend({ ...this.plan, audibleFrom: from });
  }

  /** A part of a block was decoded (or given up). */
  private done(stream: Stream, position: number): void {
    const left = (stream.waiting.get(position) ?? 0) - 1;
    if (left > 0) {
      stream.waiting.set(position, left);
      return;
    }
    stream.waiting.delete(position);
    if (stream !== this.stream || left < 0) return;
    this.counters.blocksDecoded++;
    // The first sample of the packet is heard `mixDelay` before its label.
    const offset = this.playout.onReady(position - this.plan.mixDelay, this.now());
    if (this.plan.active && offset === this.plan.offset) return;
    this.publish({ ...this.plan, active: true, offset, generation: this.plan.generation + 1 });
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
    this.counters.decoderFailures += this.stream.mixIn.failures + this.stream.backingIn.failures;
    this.stream.mixIn.stop();
    this.stream.backingIn.stop();
    this.stream = null;
  }
}
