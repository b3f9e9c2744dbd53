// One's own volumes: what is set, remembered, and in force. Nobody else hears the difference.
import { signal } from '@preact/signals';
import type { Engine } from '../../audio/engine/engine.js';
import { volumeFactor } from '../../audio/shared/volume.js';
import { remembered } from '../../state/storage.js';

export class OwnVolumes {
  /** Slider positions (audio/shared/volume.ts). */
  readonly backing = signal(remembered.backingVolume);
  readonly master = signal(remembered.masterVolume);

  setBacking(volume: number): void {
    this.backing.value = volume;
    remembered.backingVolume = volume;
  }

  setMaster(volume: number): void {
    this.master.value = volume;
    remembered.masterVolume = volume;
  }

  /** `backingGain`: the room's. */
  apply(engine: Engine | null, backingGain: number): void {
    engine?.setVolumes(backingGain * volumeFactor(this.backing.value), volumeFactor(this.master.value));
  }
}
