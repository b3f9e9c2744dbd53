// Which frame the sound card has reached at a time: the worklet's count moves in bursts (10 ms and more), this moves evenly. Pure. The latest
// frame is known from when the worker was woken, which may be late but never early: the earliest waking of the last seconds draws the line.
import { FRAMES_PER_MS } from '../../units.js';

const HALF_MS = 5_000;

export class AudioClock {
  /** Highest of (frame - time) in the half of the window before, and in this one. */
  private older = -Infinity;
  private newer = -Infinity;
  private sinceMs: number | null = null;

  /** The sound stood still: what was seen before says nothing. */
  reset(): void {
    this.older = -Infinity;
    this.newer = -Infinity;
    this.sinceMs = null;
  }

  /** `frame`: rendered up to here, seen at `ms`. */
  note(frame: number, ms: number): void {
    this.sinceMs ??= ms;
    if (ms - this.sinceMs > HALF_MS) {
      this.older = this.newer;
      this.newer = -Infinity;
      this.sinceMs = ms;
    }
    this.newer = Math.max(this.newer, frame - ms * FRAMES_PER_MS);
  }

  /** A real number. */
  frameAt(ms: number): number {
    return Math.max(this.older, this.newer) + ms * FRAMES_PER_MS;
  }

  /** When `frame` was, or will be rendered, in ms. */
  timeOf(frame: number): number {
    return (frame - Math.max(this.older, this.newer)) / FRAMES_PER_MS;
  }
}
