// The gain of one's own voice, measured (loudness_calibration.ts) or by hand. It belongs to a pair of microphone and loudspeaker, as the correction of the
// round trip does, and is kept beside it.
import { signal, type Signal } from '@preact/signals';
import { LEAST_GAIN_DB, MOST_GAIN_DB } from '../../audio/shared/voice_loudness.js';
import { remembered, type GainSource } from '../../state/storage.js';

export class InputGain {
  /** In force. */
  readonly db = signal(0);
  /** Where it comes from; null: there is none yet for this pair. */
  readonly source: Signal<GainSource | null> = signal(null);
  private key: string | null = null;

  /** These are used from now on. */
  use(key: string): void {
    if (key === this.key) return;
    this.key = key;
    const kept = remembered.inputGain(key);
    this.db.value = limited(kept?.db ?? 0);
    this.source.value = kept?.source ?? null;
  }

  set(db: number, source: GainSource): void {
    this.db.value = limited(db);
    this.source.value = source;
    if (this.key !== null) remembered.setInputGain(this.key, this.db.value, source);
  }
}

/** Shown and kept to 0.1 dB: nobody hears less. */
function limited(db: number): number {
  return Math.round(10 * Math.min(MOST_GAIN_DB, Math.max(LEAST_GAIN_DB, db))) / 10;
}
