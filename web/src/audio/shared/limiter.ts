// Keeps a sound below full scale without delaying it: transparent as long as it stays below the threshold, and recovering within a second or so. For
// worklet and codec worker; allocates in its constructor only.
//
// The gain falls along a smoothstep, as slowly as the pieces that are there already allow, waits while peaks come, and rises again along
// an exponential. A peak right at the beginning of a piece, for which no fall is quick enough, is bent by a knee. So no gain is ever stepped.

/** -1 dBFS: below it, nothing is touched while the gain is 1. */
export const LIMITER_THRESHOLD = 0.891251;
/** A fall takes a whole number of such parts (0.7 ms); what is given must be a multiple of one: a quantum or a block. */
export const LIMITER_PART = 32;
/** Longer than half a period of the lowest tone: 60 ms. */
const HOLD = 2_880;
/** Time constant of the recovery: 0.25 s. */
const RECOVERY = 12_000;
/** So close to 1 the recovery ends, and all passes unchanged again. */
const SNAP = 1e-3;
/** A need so close to the gain keeps it: no wavering about a steady tone. */
const NEAR = 1.005;
/** Of the knee; a little below full scale. */
const CEILING = 0.9999;
/** Parts of the longest piece: a block of 20 ms. */
const MOST_PARTS = 960 / LIMITER_PART;

export class Limiter {
  /** As of the last sample. */
  gain = 1;
  private hold = 0;
  private readonly peaks = new Float32Array(MOST_PARTS);

  /** In place; both channels by the same gain. Samples that are no numbers become 0. */
  process(left: Float32Array, right: Float32Array | null = null): void {
    const { length } = left;
    const peak = this.measure(left, right);
    const goal = peak > LIMITER_THRESHOLD ? LIMITER_THRESHOLD / peak : 1;
    if (goal === 1 && this.gain === 1) return;
    if (goal < 1 && goal < this.gain * NEAR) this.hold = HOLD;
    else this.hold = Math.max(0, this.hold - length);
    if (goal < this.gain) return this.fall(left, right, goal);
    let to = this.gain;
    if (this.hold === 0) to += (goal - to) * (1 - Math.exp(-length / RECOVERY));
    if (1 - to < SNAP && goal === 1) to = 1;
    this.rise(left, right, to);
  }

  reset(): void {
    this.gain = 1;
    this.hold = 0;
  }

  /** The peak of all; that of each part into `peaks`. */
  private measure(left: Float32Array, right: Float32Array | null): number {
    let whole = 0;
    for (let from = 0; from < left.length; from += LIMITER_PART) {
      const peak = Math.max(peakOf(left, from), right ? peakOf(right, from) : 0);
      this.peaks[from / LIMITER_PART] = peak;
      if (peak > whole) whole = peak;
    }
    return whole;
  }

  /** The longest fall under which every part stays below the threshold. */
  private fall(left: Float32Array, right: Float32Array | null, to: number): void {
    let parts = left.length / LIMITER_PART;
    while (parts > 1 && !this.suffices(parts, left.length / LIMITER_PART, to)) parts--;
    const depth = this.gain - to;
    const bends = parts === 1;
    for (let i = 0; i < left.length; i++) {
      const gain = to + depth * fallLeft((i + 1) / (parts * LIMITER_PART));
      left[i] = bent((left[i] as number) * gain, bends);
      if (right) right[i] = bent((right[i] as number) * gain, bends);
    }
    this.gain = to;
  }

  private suffices(parts: number, of: number, to: number): boolean {
    for (let part = 0; part < of; part++) {
      // The gain is highest at the part's beginning.
      const gain = to + (this.gain - to) * fallLeft(part / parts);
      if ((this.peaks[part] as number) * gain > LIMITER_THRESHOLD * 1.000001) return false;
    }
    return true;
  }

  private rise(left: Float32Array, right: Float32Array | null, to: number): void {
    const step = (to - this.gain) / left.length;
    for (let i = 0; i < left.length; i++) {
      const gain = this.gain + step * (i + 1);
      left[i] = (left[i] as number) * gain;
      if (right) right[i] = (right[i] as number) * gain;
    }
    this.gain = to;
  }
}

/** What is left of a fall: 1 - smoothstep. */
function fallLeft(share: number): number {
  const left = share >= 1 ? 0 : 1 - share;
  return left * left * (3 - 2 * left);
}

/** The same up to the threshold, then a hyperbola of the same slope that stays below the ceiling. */
function bent(x: number, bends: boolean): number {
  const size = x < 0 ? -x : x;
  if (!bends || size <= LIMITER_THRESHOLD) return x;
  const room = CEILING - LIMITER_THRESHOLD;
  const over = size - LIMITER_THRESHOLD;
  const out = LIMITER_THRESHOLD + room * (over / (room + over));
  return x < 0 ? -out : out;
}

function peakOf(samples: Float32Array, from: number): number {
  let peak = 0;
  for (let i = from; i < from + LIMITER_PART; i++) {
    const sample = samples[i] as number;
    if (!Number.isFinite(sample)) samples[i] = 0;
    else if (sample > peak) peak = sample;
    else if (-sample > peak) peak = -sample;
  }
  return peak;
}
