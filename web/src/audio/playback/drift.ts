// Follows a sound card whose clock is a little faster or slower than the server's: answers by how much faster than the card positions have to be
// played, so that the reserve of the fastest blocks neither shrinks nor grows. Pure; all numbers are frames and frames per frame.
//
// The plant integrates (reserve' = drift - slope), so a PI controller settles on the drift without an error. Gains for a critically damped loop
// (K. J. Astrom, R. M. Murray, Feedback Systems, section 11.3): proportional 2 w, integral w^2, with w = 1/60 s: a change of 300 ppm moves the
// reserve by 7 ms at most, and the pitch by less than a cent, which nobody hears (just noticeable: about five).
import { SAMPLE_RATE } from '../../units.js';

const BANDWIDTH = 1 / 60 / SAMPLE_RATE;
const PROPORTIONAL = 2 * BANDWIDTH;
const INTEGRAL = BANDWIDTH * BANDWIDTH;
/** The fastest block of so many frames is looked at. */
const WINDOW = 4 * SAMPLE_RATE;
/** Without drift nothing is touched: the reserve must be off by more than 4 ms in so many windows in a row. */
const DEAD_BAND = 0.004 * SAMPLE_RATE;
const PERSISTENT = 3;
const HISTORY = 12;
const MOST_DRIFT = 400e-6;
const MOST_SLOPE = 500e-6;
/** A reserve that changes faster than any card drifts was moved by something else (a route, a stall): it is taken as it is. */
const FASTEST_DRIFT = 600e-6;
/** A drift below this needs no care over a song; the next stream is played as it is. */
const NEGLIGIBLE = 3e-6;

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(-most, value));
}

export class DriftControl {
  /** Positions per frame, less one. */
  slope = 0;
  private drift = 0;
  private engaged = false;
  private setPoint: number | null = null;
  private best = -Infinity;
  private since: number | null = null;
  private errors: number[] = [];
  private lastError = 0;

  /** A new stream: it starts with the drift that is known. */
  begin(): void {
    this.engaged = Math.abs(this.drift) > NEGLIGIBLE;
    if (!this.engaged) this.drift = 0;
    this.slope = this.drift;
    this.rebase();
  }

  /** The mapping was moved: what the reserve is from now on is right. */
  rebase(): void {
    this.setPoint = null;
    this.best = -Infinity;
    this.since = null;
    this.errors = [];
    this.lastError = 0;
  }

  /** A block that became ready at `frame` would wait for `reserve` frames. */
  note(reserve: number, frame: number): void {
    this.since ??= frame;
    this.best = Math.max(this.best, reserve);
    const elapsed = frame - this.since;
    if (elapsed < WINDOW) return;
    const { best } = this;
    this.best = -Infinity;
    this.since = frame;
    this.setPoint ??= best;
    const change = best - this.setPoint - this.lastError;
    if (Math.abs(change) > FASTEST_DRIFT * elapsed) this.setPoint += change;
    this.lastError = best - this.setPoint;
    // Blocks that did not come for long leave nothing to steer by.
    if (elapsed < 2 * WINDOW) this.steer(this.lastError, elapsed);
  }

  private steer(error: number, elapsed: number): void {
    if (!this.engaged) {
      this.errors.push(error);
      if (this.errors.length > HISTORY) this.errors.shift();
      if (!this.persistent()) return;
      this.engaged = true;
      this.drift = clamp(this.trend(), MOST_DRIFT);
    }
    this.drift = clamp(this.drift + INTEGRAL * error * elapsed, MOST_DRIFT);
    this.slope = clamp(this.drift + PROPORTIONAL * error, MOST_SLOPE);
  }

  private persistent(): boolean {
    const last = this.errors.slice(-PERSISTENT);
    return last.length === PERSISTENT && (last.every((e) => e > DEAD_BAND) || last.every((e) => e < -DEAD_BAND));
  }

  /** Frames per frame by which the errors grow (least squares). */
  private trend(): number {
    const n = this.errors.length;
    const middle = (n - 1) / 2;
    let product = 0;
    let square = 0;
    this.errors.forEach((error, i) => {
      product += (i - middle) * error;
      square += (i - middle) ** 2;
    });
    return product / square / WINDOW;
  }
}
