// All the shared memory of the audio engine: made by the page, handed to worklet and worker.
import { createCaptureRing } from './capture_ring.js';
import { createMappingReports } from './mapping_reports.js';
import { createPlanMemory } from './plan.js';
import { createPlaybackRing } from './playback_ring.js';
import { createPlayedRing } from './played_ring.js';
import { createSoundState } from './sound_state.js';

export interface SharedSound {
  capture: SharedArrayBuffer;
  /** Two rings, used in turn, so that a new stream never touches blocks of the one that fades out. */
  playback: SharedArrayBuffer[];
  played: SharedArrayBuffer;
  plan: SharedArrayBuffer;
  reports: SharedArrayBuffer;
  state: SharedArrayBuffer;
}

export function createSharedSound(): SharedSound {
  return {
    capture: createCaptureRing(),
    playback: [createPlaybackRing(), createPlaybackRing()],
    played: createPlayedRing(),
    plan: createPlanMemory(),
    reports: createMappingReports(),
    state: createSoundState(),
  };
}

/** What the worklet is given. */
export interface WorkletOptions {
  shared: SharedSound;
  /** Its first frame has this number. */
  firstFrame: number;
  /** It works while SoundState.owner is this. */
  owner: number;
}
