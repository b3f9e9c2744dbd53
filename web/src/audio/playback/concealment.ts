// Fills the place of sound that is missing, in stereo, so that nobody hears a hole or a click: pitch-based waveform substitution after ITU-T G.711
// Appendix I (own code, at 48 kHz). The last pitch period is repeated; after 10 ms the last three, so that it does not buzz; it fades to
// silence between 10 and 60 ms. What comes again is faded in over what was made up. Unlike there, the sound is not delayed: the seam at the
// beginning is closed by a correction that dies away, not by an overlap before it. Allocates in its constructor only; for the worklet.

/** Pitch periods looked for: 66 to 200 Hz (higher voices fit in several of their periods). */
const LEAST_PERIOD = 240;
const MOST_PERIOD = 720;
/** The stretch that is compared with the one a period before. */
const COMPARED = 960;
const LONG_LOOP = 3;
/** Long enough for the long loop and the quarter of a period before it, and a multiple of COARSE. */
const HISTORY = 2_400;
const COARSE = 8;
const COARSE_HISTORY = HISTORY / COARSE;
/** Frames until the long loop and the fade begin, and until it is silent. */
const FADE_FROM = 480;
const SILENT_FROM = 2_880;
/** Frames of the way back: for the shortest hole, more for each frame that was missing (4 ms in 10), and at most. */
const LEAST_RETURN = 240;
const RETURN_SHARE = 0.4;
const MOST_RETURN = 480;

/** From 0 to 1 as `x` goes from 0 to 1, without corners. */
function smooth(x: number): number {
  return 0.5 - 0.5 * Math.cos(Math.PI * Math.min(1, Math.max(0, x)));
}

class Side {
  /** The last sound that came out, oldest first; the loops lie at its end while something is missing. */
  readonly history = new Float32Array(HISTORY);
  readonly short = new Float32Array(MOST_PERIOD);
  readonly long = new Float32Array(LONG_LOOP * MOST_PERIOD);
  /** By how much the made-up sound's beginning misses the end of the real one. */
  seam = 0;
}

export class Concealment {
  private readonly left = new Side();
  private readonly right = new Side();
  private readonly coarse = new Float32Array(COARSE_HISTORY);
  /** Frames since the hole began; -1: there is none. */
  private age = -1;
  private period = LEAST_PERIOD;
  /** Frames of the way back that are done, of how many. */
  private back = 0;
  private backLength = 0;

  /** Another sound comes. */
  reset(): void {
    this.left.history.fill(0);
    this.right.history.fill(0);
    this.age = -1;
    this.backLength = 0;
  }

  /** Frames from `from` to `to` are there: they go through, or are faded in after a hole. */
  real(left: Float32Array, right: Float32Array, from: number, to: number): void {
    if (this.age >= 0) {
      if (this.backLength === 0) {
        this.backLength = Math.min(MOST_RETURN, LEAST_RETURN + Math.floor(this.age * RETURN_SHARE));
        this.back = 0;
      }
      for (let i = from; i < to && this.age >= 0; i++) {
        const weight = smooth((this.back + 1) / this.backLength);
        left[i] = (left[i] as number) * weight + this.madeUp(this.left) * (1 - weight);
        right[i] = (right[i] as number) * weight + this.madeUp(this.right) * (1 - weight);
        this.age++;
        if (++this.back >= this.backLength) {
          this.age = -1;
          this.backLength = 0;
        }
      }
    }
    this.remember(this.left.history, left, from, to);
    this.remember(this.right.history, right, from, to);
  }

  /** Frames from `from` to `to` are missing: they are made up. */
  missing(left: Float32Array, right: Float32Array, from: number, to: number): void {
    if (this.age < 0 || this.backLength > 0) this.begin();
    for (let i = from; i < to; i++) {
      left[i] = this.madeUp(this.left);
      right[i] = this.madeUp(this.right);
      this.age++;
    }
    this.remember(this.left.history, left, from, to);
    this.remember(this.right.history, right, from, to);
  }

  private begin(): void {
    this.age = 0;
    this.backLength = 0;
    this.period = this.findPeriod();
    this.cut(this.left);
    this.cut(this.right);
  }

  private madeUp(side: Side): number {
    const { age, period } = this;
    if (age >= SILENT_FROM) return 0;
    const quarter = period / 4;
    let sample = side.short[age % period] as number;
    if (age >= FADE_FROM) {
      const weight = smooth((age - FADE_FROM) / quarter);
      sample += ((side.long[age % (LONG_LOOP * period)] as number) - sample) * weight;
      sample *= 1 - smooth((age - FADE_FROM) / (SILENT_FROM - FADE_FROM));
    }
    return sample + side.seam * (1 - smooth((age + 1) / quarter));
  }

  /** Takes the loops out of the history. The last quarter of each is led over into what came before its beginning, so that it closes. */
  private cut(side: Side): void {
    const { period } = this;
    side.seam = (side.history[HISTORY - 1] as number) - (side.history[HISTORY - 1 - period] as number);
    this.cutLoop(side.history, side.short, period);
    this.cutLoop(side.history, side.long, LONG_LOOP * period);
  }

  private cutLoop(history: Float32Array, loop: Float32Array, length: number): void {
    const quarter = Math.floor(this.period / 4);
    const start = HISTORY - length;
    for (let i = 0; i < length; i++) {
      const sample = history[start + i] as number;
      const weight = smooth((i + 1 - (length - quarter)) / quarter);
      loop[i] = weight === 0 ? sample : sample + ((history[start + i - length] as number) - sample) * weight;
    }
  }

  /** The shift at which the last sound is most like itself: seen roughly first, then to the sample. */
  private findPeriod(): number {
    for (let i = 0; i < COARSE_HISTORY; i++) {
      let sum = 0;
      for (let k = 0; k < COARSE; k++) sum += this.monoAt(i * COARSE + k);
      this.coarse[i] = sum;
    }
    let best = LEAST_PERIOD;
    let most = -Infinity;
    for (let lag = LEAST_PERIOD; lag <= MOST_PERIOD; lag += COARSE) {
      const likeness = this.likeness(lag, COARSE);
      if (likeness <= most) continue;
      most = likeness;
      best = lag;
    }
    const middle = best;
    most = -Infinity;
    const last = Math.min(MOST_PERIOD, middle + COARSE);
    for (let lag = Math.max(LEAST_PERIOD, middle - COARSE); lag <= last; lag++) {
      const likeness = this.likeness(lag, 1);
      if (likeness <= most) continue;
      most = likeness;
      best = lag;
    }
    return best;
  }

  /** Correlation with what came `lag` frames before, over the loudness of that. */
  private likeness(lag: number, step: number): number {
    let product = 0;
    let power = 1e-9;
    const shift = lag / step;
    const end = HISTORY / step;
    for (let i = end - COMPARED / step; i < end; i++) {
      const now = step === 1 ? this.monoAt(i) : (this.coarse[i] as number);
      const before = step === 1 ? this.monoAt(i - shift) : (this.coarse[i - shift] as number);
      product += now * before;
      power += before * before;
    }
    return product / Math.sqrt(power);
  }

  private monoAt(i: number): number {
    return (this.left.history[i] as number) + (this.right.history[i] as number);
  }

  private remember(history: Float32Array, sound: Float32Array, from: number, to: number): void {
    const count = to - from;
    history.copyWithin(0, count);
    for (let i = 0; i < count; i++) history[HISTORY - count + i] = sound[from + i] as number;
  }
}
