// A third of the samples, of what lies below 7 kHz: for looking at sound, not for hearing it. A windowed sinc, -60 dB from 8.7 kHz on. Codec worker only.
const FACTOR = 3;
const TAPS = 63;
/** Of the sampling rate. */
const CUT = 7_600 / 48_000;

const filter = Float32Array.from({ length: TAPS }, (_, i) => {
  const t = i - (TAPS - 1) / 2;
  const sinc = t === 0 ? 2 * CUT : Math.sin(2 * Math.PI * CUT * t) / (Math.PI * t);
  return sinc * (0.42 + 0.5 * Math.cos((2 * Math.PI * t) / (TAPS + 1)) + 0.08 * Math.cos((4 * Math.PI * t) / (TAPS + 1)));
});

export class Decimator {
  /** The end of what came before, then what comes now. */
  private readonly samples: Float32Array;

  /** `most`: samples that come at once, a multiple of 3. */
  constructor(private readonly most: number) {
    this.samples = new Float32Array(TAPS - 1 + most);
  }

  /** `most` samples become a third of them, in `out` from `at` on. */
  process(input: Float32Array, out: Float32Array, at: number): void {
    const { samples, most } = this;
    samples.copyWithin(0, most);
    samples.set(input, TAPS - 1);
    for (let i = 0; i < most / FACTOR; i++) {
      let sum = 0;
      for (let tap = 0; tap < TAPS; tap++) sum += (filter[tap] as number) * (samples[i * FACTOR + tap] as number);
      out[at + i] = sum;
    }
  }
}
