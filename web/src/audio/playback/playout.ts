// Decides which position is played at which frame (the jitter buffer's rule). Pure: it is told when blocks became ready and answers with the
// mapping. All numbers are frames or positions (samples at 48 kHz).
//
// The fastest block of the last seconds marks the line's own delay; playing `target` later than that leaves room for slower ones, and blocks that
// come several in a message need the message's length on top. The target is chosen when a stream begins, from the jitter measured until then
// (songs and probes). Until the sound is audible the mapping may still improve; afterwards it changes only when it must: when blocks keep coming
// too late, when the server changes how many blocks it sends in a message, after a long stall, and when far too much reserve is left. Single
// late blocks are concealed (concealment.ts).
import { BLOCK, FRAMES_PER_MS } from '../../units.js';
import { DriftControl } from './drift.js';
import { Fastest, Jitter } from './jitter.js';

export const LEAST_TARGET = 60 * FRAMES_PER_MS;
/** While nothing is known about the line. */
export const FIRST_TARGET = 60 * FRAMES_PER_MS;
const MOST_TARGET = 300 * FRAMES_PER_MS;
/** The jitter that the target covers, and what is left over beyond it. */
const COVERED = 0.995;
export const RESERVE = 30 * FRAMES_PER_MS;
const LATE_STEP = 20 * FRAMES_PER_MS;
/** Late blocks less than this apart are one event. */
const SAME_EVENT = 200 * FRAMES_PER_MS;
/** An event that lasts this long, or so many events in so long, are more than to be concealed. */
const LASTING = 100 * FRAMES_PER_MS;
const MANY_EVENTS = 3;
const EVENTS_WITHIN = 10_000 * FRAMES_PER_MS;
const LONG_STALL = 200 * FRAMES_PER_MS;
const MEASURE_AFTER_STALL = 100 * FRAMES_PER_MS;
/** After a stall the mapping before is as good if the new one differs by less. */
const SMALL_CHANGE = 15 * FRAMES_PER_MS;
const TOO_MUCH_RESERVE = 100 * FRAMES_PER_MS;
/** Reserve beyond which blocks would overrun the ring: acted on at once. */
const FAR_TOO_MUCH_RESERVE = 1_200 * FRAMES_PER_MS;
const WINDOW_BLOCKS = 100;
/** A probe has nothing to decode: what that takes for a block, about. */
const DECODING = 1.5 * FRAMES_PER_MS;
/** What probes told is trusted for so long: a run of them comes every ten seconds. */
const FRESH_PROBES = 12_000 * FRAMES_PER_MS;
/** Messages with fewer blocks than before until it is believed: the last of a song may be short. */
const SHORTER_MESSAGES = 25;

export interface PlayoutCounters {
  /** Blocks that came too late to be played. */
  underruns: number;
  /** Times that the mapping changed while something was heard. */
  shifts: number;
  /** Percentiles 50 and 99.5 of how much slower than the fastest blocks were, in ms. */
  jitterMedianMs: number;
  jitterWorstMs: number;
  /** How long the last blocks waited to be played, at least, in ms. */
  reserveMs: number;
  targetMs: number;
  blocksPerMessage: number;
  /** Blocks in a message for which room is kept. */
  roomFor: number;
  /** By how much faster than the sound card positions are played. */
  driftPpm: number;
}

/** A block that became ready. */
export interface Ready {
  position: number;
  /** Blocks that came behind it in the same message. */
  behind: number;
  /** Rendered up to here: in bursts, as the worklet counts; and evenly, as the sound card goes. */
  frame: number;
  evenFrame: number;
  /** Samples by which the mapping has moved by its slope since it was set. */
  slip: number;
}

export class Playout {
  private mapping: number | null = null;
  private target = FIRST_TARGET;
  private readonly fastest = new Fastest();
  /** Of probes, less the bucket's offset, which may change. */
  private readonly fastestProbe = new Fastest();
  private lastProbe = -Infinity;
  /** The fastest transit of this stream, as the probes before told. */
  private expected: number | null = null;
  private readonly jitter = new Jitter();
  private readonly drift = new DriftControl();
  /** Of the last block. */
  private slip = 0;
  /** In a message; and room is kept for so many. */
  private blocks = 1;
  private room = 1;
  private leastRoom = 1;
  private shorter = 0;
  private audibleFrom = 0;
  private heard = false;
  private measuringUntil: number | null = null;
  private windowLeast = Infinity;
  private windowCount = 0;
  private reserve = 0;
  private lastLate = -Infinity;
  private worstLate = 0;
  private events: number[] = [];
  private underruns = 0;
  private shifts = 0;

  /** `lead`: frames before its being played that a block must be ready. */
  constructor(private readonly lead: number) {}

  /** Position - frame of what to play from now on; null: nothing came yet. */
  get offset(): number | null {
    return this.mapping;
  }

  /** Positions per frame, less one. */
  get slope(): number {
    return this.drift.slope;
  }

  /** From the next message on: room is kept for messages of so many blocks, at least, whatever they hold. */
  keepRoomFor(blocks: number): void {
    this.leastRoom = blocks;
  }

  /**
   * A new stream, whose first message holds `blocks`, and whose bucket reads `offset` samples behind now: what was learnt about the line and the
   * sound card stays. `frame`: rendered up to here.
   */
  begin(audibleFrom: number, blocks: number, offset: number, frame: number): void {
    this.expected = frame - this.lastProbe < FRESH_PROBES ? this.fastestProbe.transit + offset : null;
    this.mapping = null;
    this.fastest.forget();
    this.audibleFrom = audibleFrom;
    this.heard = false;
    this.measuringUntil = null;
    this.blocks = blocks;
    this.room = Math.max(blocks, this.leastRoom);
    this.shorter = 0;
    this.target = this.measuredTarget();
    this.drift.begin();
    this.events = [];
    this.resetWindow();
  }

  /** A message of the stream holds `blocks`. */
  message(blocks: number): void {
    this.blocks = blocks;
    const room = Math.max(blocks, this.leastRoom);
    this.shorter = room < this.room ? this.shorter + 1 : 0;
    if (room === this.room || (this.shorter > 0 && this.shorter < SHORTER_MESSAGES)) return;
    if (this.mapping !== null) this.move((this.room - room) * BLOCK);
    this.room = room;
    this.shorter = 0;
  }

  ready(block: Ready): void {
    const { position, behind, frame, evenFrame, slip } = block;
    this.slip = slip;
    const transit = frame - position - behind * BLOCK;
    this.fastest.note(transit, frame);
    const deviation = transit - this.fastestTransit();
    this.jitter.note(deviation, frame);
    if (this.mapping === null) return this.anchor();
    const reserve = position - this.mapping - slip - frame;
    if (this.measuringUntil !== null) return this.measure(frame);
    if (frame < this.audibleFrom - this.mapping - 2 * this.lead) {
      this.target = Math.max(this.target, this.targetFor(deviation));
      return this.anchor();
    }
    this.heard = true;
    this.drift.note(position + behind * BLOCK - this.mapping - slip - evenFrame, evenFrame);
    if (reserve < this.lead) this.late(reserve, frame);
    else this.early(reserve);
  }

  /**
   * A probe came: it tells about the line like a block. `offset`: of the bucket, in samples; `frame`: rendered up to here. Returns the frame at which its
   * position would be heard.
   */
  probe(position: number, offset: number, frame: number): number {
    const transit = frame - position - offset + DECODING;
    this.fastestProbe.note(transit, frame);
    this.jitter.note(transit - this.fastestProbe.transit, frame);
    this.lastProbe = frame;
    return position + offset + this.fastestProbe.transit + this.measuredTarget();
  }

  counters(): PlayoutCounters {
    return {
      underruns: this.underruns,
      shifts: this.shifts,
      jitterMedianMs: this.jitter.percentile(0.5) / FRAMES_PER_MS,
      jitterWorstMs: this.jitter.percentile(COVERED) / FRAMES_PER_MS,
      reserveMs: this.reserve / FRAMES_PER_MS,
      targetMs: this.target / FRAMES_PER_MS,
      blocksPerMessage: this.blocks,
      roomFor: this.room,
      driftPpm: this.drift.slope * 1e6,
    };
  }

  private anchor(): void {
    this.mapping = -Math.round(this.fastestTransit() + this.target + (this.room - 1) * BLOCK);
    this.resetWindow();
    this.drift.rebase();
  }

  /** Waits out what comes at once after a stall, then maps anew, unless the mapping before is as good. */
  private measure(frame: number): void {
    if (frame < (this.measuringUntil as number)) return;
    this.measuringUntil = null;
    const before = this.mapping as number;
    this.anchor();
    if (Math.abs((this.mapping as number) - before - this.slip) < SMALL_CHANGE) this.mapping = before;
    else this.shifts++;
  }

  private early(reserve: number): void {
    this.windowLeast = Math.min(this.windowLeast, reserve - this.kept);
    if (reserve > FAR_TOO_MUCH_RESERVE) return this.move(reserve - this.kept - this.target);
    if (++this.windowCount < WINDOW_BLOCKS) return;
    const least = this.windowLeast;
    this.reserve = least + this.kept;
    this.resetWindow();
    if (least > this.target + TOO_MUCH_RESERVE) this.move(least - this.target);
  }

  private late(reserve: number, frame: number): void {
    this.underruns++;
    if (reserve < -LONG_STALL) {
      this.measuringUntil = frame + MEASURE_AFTER_STALL;
      this.fastest.forget();
      this.expected = null;
      return;
    }
    if (frame - this.lastLate > SAME_EVENT) {
      this.events = [...this.events, frame].filter((began) => frame - began < EVENTS_WITHIN);
      if (this.events.length === 1) this.worstLate = reserve;
    }
    this.lastLate = frame;
    this.worstLate = Math.min(this.worstLate, reserve);
    const lasting = frame - (this.events.at(-1) ?? frame) > LASTING;
    if (!lasting && this.events.length < MANY_EVENTS) return;
    this.move((lasting ? reserve : this.worstLate) - this.lead - LATE_STEP - this.kept);
  }

  /** Plays `frames` earlier from now on. */
  private move(frames: number): void {
    if (this.heard) this.shifts++;
    this.mapping = Math.round((this.mapping as number) + this.slip + frames);
    this.slip = 0;
    this.resetWindow();
    this.drift.rebase();
    this.events = [];
    this.lastLate = -Infinity;
  }

  /** Of the reserve, what is kept for longer messages than come now. */
  private get kept(): number {
    return (this.room - this.blocks) * BLOCK;
  }

  /** A few blocks may all have been slow: what probes told is better, if it can be true. */
  private fastestTransit(): number {
    const seen = this.fastest.transit;
    const ahead = this.expected === null ? 0 : seen - this.expected;
    return ahead > 0 && ahead < this.target ? seen - ahead : seen;
  }

  private measuredTarget(): number {
    return this.jitter.known ? this.targetFor(this.jitter.percentile(COVERED)) : FIRST_TARGET;
  }

  private targetFor(deviation: number): number {
    return Math.min(MOST_TARGET, Math.max(LEAST_TARGET, deviation + RESERVE));
  }

  private resetWindow(): void {
    this.windowLeast = Infinity;
    this.windowCount = 0;
  }
}

/** From which position a stream is heard: a whole song from its start, one joined in the middle once its decoder has settled. */
export function audibleFrom(first: number, start: number, settlingBlocks: number, fade: number): number {
  return first < start ? start - fade : first + settlingBlocks * BLOCK;
}
