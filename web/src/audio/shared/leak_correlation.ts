// How much of what was played comes back by the microphone at each delay: correlation by FFT with every frequency counting the same, whatever its loudness (phase
// transform: C. Knapp, G. Carter, The generalized correlation method for estimation of time delay, 1976). So a soft copy shows itself at the frequencies that
// a loud singer leaves free, and the few frequencies of a tone that both hold count little. Pure; not for worklets: it allocates.
import FFT from 'fft.js';

/** Of the signals that are compared: low enough to be cheap, high enough for what a singer leaves free. */
export const LEAK_RATE = 16_000;
/** Samples of the microphone that are looked at together: 1.02 s. */
export const HEARD_SAMPLES = 16_384;
/** Samples of the longest delay: half a second. */
export const MOST_DELAY = 8_192;
/** What was played in that time, and before. */
export const PLAYED_SAMPLES = HEARD_SAMPLES + MOST_DELAY;
const SIZE = 32_768;
/** Of what a laptop's loudspeaker gives. */
const LOWEST_HZ = 300;
const HIGHEST_HZ = 7_000;
const FIRST_BIN = Math.ceil((LOWEST_HZ / LEAK_RATE) * SIZE);
const BINS = Math.floor((HIGHEST_HZ / LEAK_RATE) * SIZE) - FIRST_BIN;
/** Samples from one delay to the next: the band is narrow enough for half of the points. */
export const DELAY_STEP = 2;
const POINTS = SIZE / DELAY_STEP;
export const DELAYS = MOST_DELAY / DELAY_STEP;

/** Samples over which either end of a window is faded, so that a loud tone does not spread over all the frequencies. */
const EDGE = 4_096;
/** At which frequency loudness counts as it is; it counts 3 dB more an octave higher, as music is softer there. */
const FLAT_HZ = 1_000;

/** Of one window, by delay in DELAY_STEP samples. */
export interface Leaks {
  /** Over the root mean square of all: an envelope, without sign and waves, as loudspeakers turn the phase. */
  heights: Float32Array;
  /** Loudness (mean square, between LOWEST_HZ and HIGHEST_HZ) of what in the microphone is a copy. */
  copies: Float32Array;
  /** Of all that the microphone heard. */
  heard: number;
}

export class LeakCorrelation {
  private readonly forward = new FFT(SIZE);
  private readonly back = new FFT(POINTS);
  private readonly padded = new Float64Array(SIZE);
  private readonly playedBins = new Float64Array(2 * SIZE);
  private readonly heardBins = new Float64Array(2 * SIZE);
  private readonly even = new Float64Array(2 * POINTS);
  private readonly loud = new Float64Array(2 * POINTS);
  private readonly correlation = new Float64Array(2 * POINTS);

  /** `played` has PLAYED_SAMPLES, `heard` HEARD_SAMPLES, and both end together. In steps, for who must not be away for long: each takes a quarter of the time. */
  *inSteps(played: Float32Array, heard: Float32Array): Generator<undefined, Leaks> {
    this.transform(played, 0, this.playedBins);
    yield;
    this.transform(heard, MOST_DELAY, this.heardBins);
    yield;
    const powers = this.compare();
    const heights = this.squares(this.even);
    yield;
    const mean = heights.reduce((sum, value) => sum + value, 0) / DELAYS;
    const toMeanSquare = 2 / SIZE / HEARD_SAMPLES;
    const toCopy = (POINTS * POINTS * toMeanSquare) / Math.max(powers.played, Number.MIN_VALUE);
    return {
      heights: heights.map((value) => Math.sqrt(value / Math.max(mean, Number.MIN_VALUE))),
      copies: this.squares(this.loud).map((value) => value * toCopy),
      heard: powers.heard * toMeanSquare,
    };
  }

  /** Fills both bands with the product of the spectra: each frequency alike, and by its loudness. */
  private compare(): { played: number; heard: number } {
    let [playedPower, heardPower] = [0, 0];
    for (let i = 0; i < BINS; i++) {
      const at = 2 * (FIRST_BIN + i);
      const [a, b] = [this.heardBins[at] as number, this.heardBins[at + 1] as number];
      const [c, d] = [this.playedBins[at] as number, this.playedBins[at + 1] as number];
      const re = a * c + b * d;
      const im = b * c - a * d;
      const size = Math.max(Math.sqrt(re * re + im * im), Number.MIN_VALUE);
      this.even[2 * i] = re / size;
      this.even[2 * i + 1] = im / size;
      const weight = ((FIRST_BIN + i) * LEAK_RATE) / SIZE / FLAT_HZ;
      this.loud[2 * i] = re * weight;
      this.loud[2 * i + 1] = im * weight;
      heardPower += weight * (a * a + b * b);
      playedPower += weight * (c * c + d * d);
    }
    return { played: playedPower, heard: heardPower };
  }

  /** Of the correlation at each delay. */
  private squares(band: Float64Array): Float32Array {
    this.back.inverseTransform(this.correlation, band);
    return Float32Array.from({ length: DELAYS }, (_, i) => (this.correlation[2 * i] as number) ** 2 + (this.correlation[2 * i + 1] as number) ** 2);
  }

  private transform(samples: Float32Array, from: number, spectrum: Float64Array): void {
    this.padded.fill(0);
    this.padded.set(samples, from);
    for (let i = 0; i < EDGE; i++) {
      const fade = Math.sin((Math.PI / 2) * ((i + 0.5) / EDGE)) ** 2;
      const end = from + samples.length - 1 - i;
      this.padded[from + i] = (this.padded[from + i] as number) * fade;
      this.padded[end] = (this.padded[end] as number) * fade;
    }
    this.forward.realTransform(spectrum, this.padded);
  }
}
