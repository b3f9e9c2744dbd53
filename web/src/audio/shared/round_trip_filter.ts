// Finds a chirp in what was recorded: correlation by FFT (a matched filter). The result is an envelope, without the sign and the fine waves of the
// sound: a card that turns the polarity, or a loudspeaker that turns the phase, makes the same peak. Not for worklets: it allocates.
// The FFT is fft.js: small, without dependencies, MIT, and used by many.
import FFT from 'fft.js';
import { SAMPLE_RATE } from '../../units.js';
import { CHIRP_FRAMES, HIGHEST_HZ, LOWEST_HZ, MOST_ROUND_TRIP } from './round_trip_probe.js';

/** Frames before a chirp from which on it is looked for: a peak has two sides. */
export const BEFORE = 240;
/** Frames that are looked at for one chirp. */
export const WINDOW = BEFORE + MOST_ROUND_TRIP + CHIRP_FRAMES;
/** Holds a window, so that nothing wraps around into the envelope. */
const SIZE = 32_768;
/** The envelope needs only the chirp's band, so it has fewer points: one in so many frames. */
export const STEP = 4;
const POINTS = SIZE / STEP;
const FIRST_BIN = Math.floor((LOWEST_HZ / SAMPLE_RATE) * SIZE);
const BINS = Math.min(POINTS, Math.ceil(((HIGHEST_HZ - LOWEST_HZ) / SAMPLE_RATE) * SIZE));

export class MatchedFilter {
  private readonly forward = new FFT(SIZE);
  private readonly back = new FFT(POINTS);
  private readonly padded = new Float64Array(SIZE);
  private readonly spectrum = new Float64Array(2 * SIZE);
  private readonly band = new Float64Array(2 * POINTS);
  private readonly correlation = new Float64Array(2 * POINTS);
  /** Of the chirp. */
  private readonly wanted: Float64Array;

  constructor(chirp: Float32Array) {
    this.transform(chirp);
    this.wanted = this.spectrum.slice(2 * FIRST_BIN, 2 * (FIRST_BIN + BINS));
  }

  /** How much of a chirp begins at each point of `window`, which begins BEFORE frames before the chirp was played; STEP frames from point to point. */
  envelope(window: Float32Array): Float64Array {
    this.transform(window);
    const { band, spectrum, wanted } = this;
    band.fill(0);
    for (let i = 0; i < BINS; i++) {
      const at = 2 * (FIRST_BIN + i);
      const [re, im] = [spectrum[at] as number, spectrum[at + 1] as number];
      const [wantedRe, wantedIm] = [wanted[2 * i] as number, wanted[2 * i + 1] as number];
      band[2 * i] = re * wantedRe + im * wantedIm;
      band[2 * i + 1] = im * wantedRe - re * wantedIm;
    }
    this.back.inverseTransform(this.correlation, band);
    const envelope = new Float64Array((BEFORE + MOST_ROUND_TRIP) / STEP);
    for (let i = 0; i < envelope.length; i++) {
      envelope[i] = Math.hypot(this.correlation[2 * i] as number, this.correlation[2 * i + 1] as number);
    }
    return envelope;
  }

  /** Only the lower half of the spectrum is right: the rest mirrors it. */
  private transform(samples: Float32Array): void {
    this.padded.fill(0);
    this.padded.set(samples);
    this.forward.realTransform(this.spectrum, this.padded);
  }
}
