// One's own volumes: what is set, remembered, and in force. Nobody else hears the difference.
import { signal } from '@preact/signals';
import type { Engine } from '../../audio/engine/engine.js';
import { backingGainOf } from '../../audio/shared/balance.js';
import { volumeFactor } from '../../audio/shared/volume.js';
import type { RoomState } from '../../state/room.js';
import { remembered } from '../../state/storage.js';

/** The gain of the backing that is heard, or will be heard next, without anybody's own volume. */
export function roomBackingGain({
  song,
  track,
  tracks,
  backingGain,
  settings,
}: Pick<RoomState, 'song' | 'track' | 'tracks' | 'backingGain' | 'settings'>): number {
  const heard = song.state === 'none' ? tracks.find((one) => one.id === track) : song.track;
  const gain = heard === undefined || heard === null || heard.loudness === null ? backingGain : backingGainOf(heard.loudness);
  return gain * volumeFactor(settings.backing_volume);
}

export class OwnVolumes {
  /** Slider positions (audio/shared/volume.ts). */
  readonly backing = signal(remembered.backingVolume);
  readonly metronome = signal(remembered.metronomeVolume);
  readonly master = signal(remembered.masterVolume);
  /** The loudspeaker is off. Not remembered: whoever comes again hears something. */
  readonly silent = signal(false);

  setBacking(volume: number): void {
    this.backing.value = volume;
    remembered.backingVolume = volume;
  }

  setMetronome(volume: number): void {
    this.metronome.value = volume;
    remembered.metronomeVolume = volume;
  }

  setMaster(volume: number): void {
    this.master.value = volume;
    remembered.masterVolume = volume;
  }

  /** `backingGain`: of the track (roomBackingGain). */
  apply(engine: Engine | null, backingGain: number): void {
    engine?.setMetronomeVolume(volumeFactor(this.metronome.value));
    engine?.setVolumes(backingGain * volumeFactor(this.backing.value), this.silent.value ? 0 : volumeFactor(this.master.value));
  }
}
