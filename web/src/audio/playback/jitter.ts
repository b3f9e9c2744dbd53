// How much slower than the fastest blocks of a line are, and how fast the fastest is. Pure; all numbers are frames (samples at 48 kHz).
// A block's transit is the frame at which it was ready, less its position.
import { FRAMES_PER_MS } from '../../units.js';

const KEPT = 500;
/** What is older than this before the newest does not count: the page's own loading, say. */
const OLDEST = 40_000 * FRAMES_PER_MS;
/** Fewer than so many say nothing about a line. */
const ENOUGH = 50;
/** Blocks that come closer together than this waited behind the same stall: it counts once. */
const SAME_STALL = 5 * FRAMES_PER_MS;
/** A stall is no jitter: no buffer could make up for it. */
const LONG_STALL = 200 * FRAMES_PER_MS;

/** The fastest transit of the last 10 to 20 seconds: it follows a clock that drifts and a route that changes. */
export class Fastest {
  private static readonly HALF = 10_000 * FRAMES_PER_MS;
  private older = Infinity;
  private newer = Infinity;
  private since: number | null = null;

  note(transit: number, frame: number): void {
    this.since ??= frame;
    if (frame - this.since > Fastest.HALF) {
      this.older = this.newer;
      this.newer = Infinity;
      this.since = frame;
    }
    this.newer = Math.min(this.newer, transit);
  }

  /** Infinity: nothing came yet. */
  get transit(): number {
    return Math.min(this.older, this.newer);
  }

  forget(): void {
    this.older = Infinity;
    this.newer = Infinity;
    this.since = null;
  }
}

/** The last deviations from the fastest; they outlive songs. */
export class Jitter {
  private readonly deviations = new Float64Array(KEPT);
  private readonly frames = new Float64Array(KEPT);
  private count = 0;
  private lastFrame = -Infinity;

  note(deviation: number, frame: number): void {
    const sameStall = frame - this.lastFrame < SAME_STALL;
    this.lastFrame = frame;
    if (sameStall || deviation >= LONG_STALL) return;
    this.deviations[this.count % KEPT] = deviation;
    this.frames[this.count % KEPT] = frame;
    this.count++;
  }

  get known(): boolean {
    return this.recent().length >= ENOUGH;
  }

  percentile(share: number): number {
    const sorted = this.recent().sort();
    return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  }

  private recent(): Float64Array {
    const newest = this.frames[(this.count - 1) % KEPT] ?? 0;
    return this.deviations.filter((_, i) => i < this.count && newest - (this.frames[i] as number) < OLDEST);
  }
}
