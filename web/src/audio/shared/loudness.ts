// Loudness as people hear it, by ITU-R BS.1770-4 and EBU R 128, at 48 kHz: momentary (400 ms), short-term (3 s), integrated (gated). In LUFS;
// -Infinity where there is nothing. Pure; allocates in its constructor only: for worklet, worker and page.
//
// One channel counts as heard from both sides, as the mix is: 3 dB more than BS.1770 says of a lone loudspeaker. So a sine of 1 kHz and -23 dBFS has
// -23 LUFS, whether it comes as one channel or as two.
import { SAMPLE_RATE } from '../../units.js';

/** Samples between two measures: blocks of 400 ms overlap by three quarters. */
export const STEP_SAMPLES = SAMPLE_RATE / 10;
const MOMENTARY_STEPS = 4;
const SHORT_TERM_STEPS = 30;

/** Of BS.1770-4: the loudness of a mean square of 1 after the filters. */
const OFFSET_LU = -0.691;
const ABSOLUTE_GATE = -70;
const RELATIVE_GATE_LU = -10;

// The filters at 48 kHz, tables 1 and 2 of BS.1770-4: the head as a ball, then a high pass.
const HEAD_B0 = 1.53512485958697;
const HEAD_B1 = -2.69169618940638;
const HEAD_B2 = 1.19839281085285;
const HEAD_A1 = -1.69065929318241;
const HEAD_A2 = 0.73248077421585;
const HIGH_A1 = -1.99004745483398;
const HIGH_A2 = 0.99007225036621;

/** Blocks of like loudness are kept together: bins of 0.1 LU from the absolute gate up to +30 LUFS, each with its exact sum. */
const BINS_PER_LU = 10;
const BINS = (30 - ABSOLUTE_GATE) * BINS_PER_LU;

export class LoudnessMeter {
  /** The loudest momentary value since the beginning. */
  loudestMomentary = -Infinity;
  private readonly left = new KFilter();
  private readonly right = new KFilter();
  /** The energies of the last steps, both sides together; the newest at `steps - 1`. */
  private readonly energies = new Float64Array(SHORT_TERM_STEPS);
  private steps = 0;
  private energy = 0;
  private filled = 0;
  private readonly counts = new Float64Array(BINS);
  private readonly sums = new Float64Array(BINS);

  /** Any number of samples; of one channel, or of two of the same length. */
  add(left: Float32Array, right: Float32Array | null = null): void {
    for (let from = 0; from < left.length;) {
      const to = Math.min(left.length, from + STEP_SAMPLES - this.filled);
      this.energy += right ? this.left.energy(left, from, to) + this.right.energy(right, from, to) : 2 * this.left.energy(left, from, to);
      this.filled += to - from;
      from = to;
      if (this.filled === STEP_SAMPLES) this.step();
    }
  }

  /** Of the last 400 ms, as of the last whole 100 ms. */
  get momentary(): number {
    return loudnessOf(this.meanOf(MOMENTARY_STEPS));
  }

  /** Of the last 3 s. */
  get shortTerm(): number {
    return loudnessOf(this.meanOf(SHORT_TERM_STEPS));
  }

  /** Of everything but its pauses. */
  get integrated(): number {
    const gate = loudnessOf(this.meanFrom(0)) + RELATIVE_GATE_LU;
    return loudnessOf(this.meanFrom(Math.max(0, Math.round((gate - ABSOLUTE_GATE) * BINS_PER_LU))));
  }

  reset(): void {
    this.loudestMomentary = -Infinity;
    this.left.reset();
    this.right.reset();
    this.energies.fill(0);
    this.steps = 0;
    this.energy = 0;
    this.filled = 0;
    this.counts.fill(0);
    this.sums.fill(0);
  }

  private step(): void {
    this.energies[this.steps % SHORT_TERM_STEPS] = this.energy / STEP_SAMPLES;
    this.steps++;
    this.energy = 0;
    this.filled = 0;
    if (this.steps < MOMENTARY_STEPS) return;
    const mean = this.meanOf(MOMENTARY_STEPS);
    const loudness = loudnessOf(mean);
    if (loudness > this.loudestMomentary) this.loudestMomentary = loudness;
    if (!(loudness >= ABSOLUTE_GATE)) return;
    const bin = Math.min(BINS - 1, Math.floor((loudness - ABSOLUTE_GATE) * BINS_PER_LU));
    this.counts[bin] = (this.counts[bin] as number) + 1;
    this.sums[bin] = (this.sums[bin] as number) + mean;
  }

  /** Before the beginning there was silence. */
  private meanOf(steps: number): number {
    let sum = 0;
    for (let i = 1; i <= steps && i <= this.steps; i++) sum += this.energies[(this.steps - i) % SHORT_TERM_STEPS] as number;
    return sum / steps;
  }

  private meanFrom(bin: number): number {
    let count = 0;
    let sum = 0;
    for (let i = bin; i < BINS; i++) {
      count += this.counts[i] as number;
      sum += this.sums[i] as number;
    }
    return count === 0 ? 0 : sum / count;
  }
}

function loudnessOf(energy: number): number {
  return energy > 0 ? OFFSET_LU + 10 * Math.log10(energy) : -Infinity;
}

/** The two filters in a row, in transposed direct form II. */
class KFilter {
  private h1 = 0;
  private h2 = 0;
  private p1 = 0;
  private p2 = 0;

  /** The sum of the squares of what comes out for the samples from `from` to `to`. */
  energy(samples: Float32Array, from: number, to: number): number {
    let { h1, h2, p1, p2 } = this;
    let sum = 0;
    for (let i = from; i < to; i++) {
      const x = samples[i] as number;
      const head = HEAD_B0 * x + h1;
      h1 = HEAD_B1 * x - HEAD_A1 * head + h2;
      h2 = HEAD_B2 * x - HEAD_A2 * head;
      const out = head + p1;
      p1 = -2 * head - HIGH_A1 * out + p2;
      p2 = head - HIGH_A2 * out;
      sum += out * out;
    }
    // A sample that is no number must not stay for ever, nor silence end in denormal numbers.
    const sound = Number.isFinite(sum);
    this.h1 = sound ? settled(h1) : 0;
    this.h2 = sound ? settled(h2) : 0;
    this.p1 = sound ? settled(p1) : 0;
    this.p2 = sound ? settled(p2) : 0;
    return sound ? sum : 0;
  }

  reset(): void {
    this.h1 = this.h2 = this.p1 = this.p2 = 0;
  }
}

function settled(state: number): number {
  return Math.abs(state) < 1e-15 ? 0 : state;
}
