/** Follows the level of a signal: a peak that falls back slowly and a smoothed mean power. Allocates nothing; for the worklet. */
export class LevelMeter {
  peak = 0;
  private power = 0;

  get rms(): number {
    return Math.sqrt(this.power);
  }

  /** One quantum of samples. Time constants: 90 ms for the peak to fall by 10 dB, 50 ms for the power. */
  add(samples: Float32Array): void {
    let peak = 0;
    let sum = 0;
    for (let i = 0; i < samples.length; i++) {
      const sample = samples[i] as number;
      const size = sample < 0 ? -sample : sample;
      if (size > peak) peak = size;
      sum += sample * sample;
    }
    this.peak = Math.max(peak, this.peak * 0.966);
    this.power += (sum / samples.length - this.power) * 0.052;
    // A silent input must not end in denormal numbers.
    if (this.peak < 1e-9) this.peak = 0;
    if (this.power < 1e-18) this.power = 0;
  }
}
