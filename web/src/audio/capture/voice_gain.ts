// Brings one's own voice to the loudness that all voices have (features/loudness), before it is encoded: a gain, and a limiter for what gets too loud all
// the same. Works on blocks; runs in the codec worker; allocates in its constructor only.
import { Limiter } from '../shared/limiter.js';

export class VoiceGain {
  /** Wanted from the next block on: a factor. */
  goal = 1;
  private gain = 1;
  private readonly limiter = new Limiter();

  /** In place. `fresh`: it does not follow the block before, so that nobody hears the gain jump. */
  process(block: Float32Array, fresh: boolean): void {
    if (fresh) {
      this.gain = this.goal;
      this.limiter.reset();
    }
    const from = this.gain;
    const way = this.goal - from;
    for (let i = 0; i < block.length; i++) {
      const share = (i + 1) / block.length;
      block[i] = (block[i] as number) * (way === 0 ? from : from + way * share * share * (3 - 2 * share));
    }
    this.gain = this.goal;
    this.limiter.process(block);
  }
}
