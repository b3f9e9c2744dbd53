// Makes one voice of the channels of a microphone, as loud as its loudest channel, whatever the others hold: the same voice, nothing (the second
// input of an interface), the voice upside down (a balanced cable on a stereo socket), a voice of their own. Runs in the worklet; allocates in its
// constructor only.
//
// The powers and products of the channels are remembered. A channel that works against the others is turned round; the sum is then brought to
// the power of the loudest channel. So a channel that is silent takes nothing away, and two singers with a microphone each are both heard.
// Neither depends on how loud one sings, and both change slowly, so that nothing is heard of them.
import { QUANTUM } from '../../units.js';

/** Further channels are left out. */
export const MOST_CHANNELS = 8;
/** A channel is turned round if so much of it, of its amplitude, is against the sum of the others. */
const AGAINST = 0.5;
/** What is remembered fades by this in each quantum that has sound: half of it in 0.2 s. */
const FADE = 0.99;
/** In pauses, quanta that are so much softer than what was sung (-30 dB, as a power) say nothing about it. */
const SOFT = 1e-3;
/** What was sung is forgotten by 10 dB a second: whoever sings softly then is measured too. */
const LOUDEST_FALLS = 0.99388;
/** Weights move by this share of what is left in a quantum: time constant 20 ms. */
const SPEED = 0.125;
/** Powers below this (-140 dB) are nothing. */
const NOTHING = 1e-14;

export class Downmix {
  /** products[i * MOST_CHANNELS + j]: remembered mean of channel i times channel j. */
  private readonly products = new Float64Array(MOST_CHANNELS * MOST_CHANNELS);
  private readonly signs = new Float64Array(MOST_CHANNELS);
  private readonly weights = new Float64Array(MOST_CHANNELS);
  private gain = 1;
  private loudest = 0;
  private count = 0;

  /** One quantum into `out`; nothing where there is no channel. */
  process(channels: Float32Array[], out: Float32Array): void {
    const count = Math.min(channels.length, MOST_CHANNELS);
    if (count !== this.count) this.begin(count);
    out.fill(0);
    if (count > 1 && this.measure(channels)) this.decide();
    for (let c = 0; c < count; c++) this.add(c, channels[c] as Float32Array, out);
  }

  /** Another microphone: as if all of its channels held the same. */
  private begin(count: number): void {
    this.count = count;
    this.products.fill(0);
    this.signs.fill(1);
    this.gain = 1 / Math.max(1, count);
    this.weights.fill(this.gain);
    this.loudest = 0;
  }

  /** False where there is nothing to be learnt of this quantum. */
  private measure(channels: Float32Array[]): boolean {
    let power = 0;
    for (let c = 0; c < this.count; c++) power += product(channels[c] as Float32Array, channels[c] as Float32Array);
    this.loudest *= LOUDEST_FALLS;
    // Written so that a sample that is no number ends here too.
    if (!(power > NOTHING && power >= this.loudest * SOFT && power < Infinity)) return false;
    if (power > this.loudest) this.loudest = power;
    for (let i = 0; i < this.count; i++) {
      for (let j = i; j < this.count; j++) {
        const at = i * MOST_CHANNELS + j;
        const now = product(channels[i] as Float32Array, channels[j] as Float32Array);
        const kept = (this.products[at] as number) * FADE + now * (1 - FADE);
        this.products[at] = kept;
        this.products[j * MOST_CHANNELS + i] = kept;
      }
    }
    return true;
  }

  private decide(): void {
    const { count, signs, products } = this;
    let best = 0;
    for (let i = 0; i < count; i++) best = Math.max(best, products[i * MOST_CHANNELS + i] as number);
    if (best < NOTHING) return;
    // The first channel stays as it is, so that the whole never turns.
    for (let i = 1; i < count; i++) this.turn(i);
    let sum = 0;
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < count; j++) sum += (signs[i] as number) * (signs[j] as number) * (products[i * MOST_CHANNELS + j] as number);
    }
    this.gain = sum > best ? Math.sqrt(best / sum) : 1;
  }

  private turn(channel: number): void {
    const { count, signs, products } = this;
    let along = 0;
    let others = 0;
    for (let i = 0; i < count; i++) {
      if (i === channel) continue;
      along += (signs[i] as number) * (products[channel * MOST_CHANNELS + i] as number);
      for (let j = 0; j < count; j++) {
        if (j !== channel) others += (signs[i] as number) * (signs[j] as number) * (products[i * MOST_CHANNELS + j] as number);
      }
    }
    const own = products[channel * MOST_CHANNELS + channel] as number;
    if (along * (signs[channel] as number) < -AGAINST * Math.sqrt(Math.max(0, own * others))) signs[channel] = -(signs[channel] as number);
  }

  private add(channel: number, samples: Float32Array, out: Float32Array): void {
    let weight = this.weights[channel] as number;
    const goal = (this.signs[channel] as number) * this.gain;
    const step = ((goal - weight) * SPEED) / QUANTUM;
    for (let i = 0; i < QUANTUM; i++) {
      weight += step;
      out[i] = (out[i] as number) + (samples[i] as number) * weight;
    }
    this.weights[channel] = weight;
  }
}

/** The mean of the products of two channels' samples. */
function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < QUANTUM; i++) sum += (a[i] as number) * (b[i] as number);
  return sum / QUANTUM;
}
