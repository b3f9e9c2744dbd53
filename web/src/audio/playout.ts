// Decides which position is played at which frame (the jitter buffer's rule). Pure: it is told when blocks became ready and answers with the
// mapping. All numbers are frames or positions (samples at 48 kHz).
//
// A block's transit is the frame at which it was ready, less its position. The fastest block seen so far marks the line's own delay; playing
// `target` later than that leaves room for slower ones. Until the sound is audible the mapping may still improve; afterwards it is fixed, but
// for three cases: a block came too late (play a little later), a long stall (measure anew), and far too much reserve after a
// stall (play earlier, so that voices do not arrive late).
import { BLOCK, FRAMES_PER_MS } from './constants.js';

export const LEAST_TARGET = 60 * FRAMES_PER_MS;
const MOST_TARGET = 300 * FRAMES_PER_MS;
/** Left over for the slowest block, when the target is raised to measured jitter. */
const RESERVE = 30 * FRAMES_PER_MS;
const LATE_STEP = 20 * FRAMES_PER_MS;
const LONG_STALL = 200 * FRAMES_PER_MS;
const MEASURE_AFTER_STALL = 100 * FRAMES_PER_MS;
const TOO_MUCH_RESERVE = 100 * FRAMES_PER_MS;
/** Reserve beyond which blocks would overrun the ring: acted on at once. */
const FAR_TOO_MUCH_RESERVE = 1_200 * FRAMES_PER_MS;
const WINDOW_BLOCKS = 100;
const KEPT_DEVIATIONS = 500;

export interface PlayoutCounters {
  /** Times that a block came too late to be played. */
  underruns: number;
  /** Times that the mapping changed while something was heard. */
  shifts: number;
  /** 50th and 99th percentile of how much slower than the fastest blocks were, in ms. */
  jitterMedianMs: number;
  jitterWorstMs: number;
  /** How long the last blocks waited to be played, at least, in ms. */
  reserveMs: number;
  targetMs: number;
}

export class Playout {
  private offset: number | null = null;
  private target = LEAST_TARGET;
  private fastest = Infinity;
  private audibleFrom = 0;
  private measuringUntil: number | null = null;
  private windowLeast = Infinity;
  private windowCount = 0;
  private reserve = 0;
  private deviations: number[] = [];
  private underruns = 0;
  private shifts = 0;

  /** `lead`: frames before its being played that a block must be ready. */
  constructor(private readonly lead: number) {}

  /** A new stream: what was learnt about the line's jitter stays. */
  begin(audibleFrom: number): void {
    this.offset = null;
    this.fastest = Infinity;
    this.audibleFrom = audibleFrom;
    this.measuringUntil = null;
    this.target = this.targetFor(this.percentile(0.99));
    this.resetWindow();
  }

  /** The block with the label `position` became ready at `frame`. Returns position - frame of what to play from now on. */
  onReady(position: number, frame: number): number {
    const transit = frame - position;
    this.note(transit);
    if (this.offset === null) return this.anchor();
    const heardAt = this.audibleFrom - this.offset;
    if (frame < heardAt - 2 * this.lead && this.measuringUntil === null) {
      this.target = Math.max(this.target, this.targetFor(transit - this.fastest));
      return this.anchor();
    }
    if (this.measuringUntil !== null) {
      if (frame < this.measuringUntil) return this.offset;
      this.measuringUntil = null;
      this.shifts++;
      return this.anchor();
    }
    return this.watch(position, frame);
  }

  counters(): PlayoutCounters {
    return {
      underruns: this.underruns,
      shifts: this.shifts,
      jitterMedianMs: this.percentile(0.5) / FRAMES_PER_MS,
      jitterWorstMs: this.percentile(0.99) / FRAMES_PER_MS,
      reserveMs: this.reserve / FRAMES_PER_MS,
      targetMs: this.target / FRAMES_PER_MS,
    };
  }

  private anchor(): number {
    this.offset = -Math.round(this.fastest + this.target);
    this.resetWindow();
    return this.offset;
  }

  private watch(position: number, frame: number): number {
    const offset = this.offset as number;
    const reserve = position - offset - frame;
    if (reserve < this.lead) return this.late(reserve, frame);
    this.windowLeast = Math.min(this.windowLeast, reserve);
    if (reserve > FAR_TOO_MUCH_RESERVE) return this.shrink(reserve);
    if (++this.windowCount < WINDOW_BLOCKS) return offset;
    const least = this.windowLeast;
    this.reserve = least;
    this.resetWindow();
    return least > this.target + TOO_MUCH_RESERVE ? this.shrink(least) : offset;
  }

  private late(reserve: number, frame: number): number {
    this.underruns++;
    this.resetWindow();
    if (reserve < -LONG_STALL) {
      this.measuringUntil = frame + MEASURE_AFTER_STALL;
      this.fastest = -(reserve + (this.offset as number));
      return this.offset as number;
    }
    this.shifts++;
    this.offset = (this.offset as number) - Math.round(this.lead - reserve + LATE_STEP);
    return this.offset;
  }

  private shrink(reserve: number): number {
    this.shifts++;
    this.offset = (this.offset as number) + Math.round(reserve - this.target);
    this.resetWindow();
    return this.offset;
  }

  private note(transit: number): void {
    this.fastest = Math.min(this.fastest, transit);
    const deviation = transit - this.fastest;
    // A stall is no jitter: no target could make up for it.
    if (deviation < LONG_STALL) this.deviations.push(deviation);
    if (this.deviations.length > KEPT_DEVIATIONS) this.deviations.shift();
  }

  private targetFor(deviation: number): number {
    return Math.min(MOST_TARGET, Math.max(LEAST_TARGET, deviation + RESERVE));
  }

  private percentile(share: number): number {
    if (this.deviations.length === 0) return 0;
    const sorted = [...this.deviations].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;
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
