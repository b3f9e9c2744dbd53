// Plays the probe of the sound card's round trip and hears it come back, through the worklet that a song goes through too. Runs on the page's thread: it
// looks some times a second, and the ring of the microphone holds 2.7 s.
import { CaptureReader } from '../shared/capture_ring.js';
import { makeProbe, PROBE_NAMES, type ProbeName } from '../shared/probes.js';
import type { SoundState } from '../shared/sound_state.js';
import { QUANTUM } from '../../units.js';

/** Frames from now on until the probe begins: more than the worklet is ever ahead of the page. */
const AHEAD = 9_600;
const LOOK_MS = 60;
/** A sound card that counts no frames for so many looks has stopped: 3 s. */
const STILL_LOOKS = 50;

export interface ProbeSound {
  state: SoundState;
  captured: SharedArrayBuffer;
}

/**
 * What the microphone heard from the probe's first frame on. Null: it was given up (`signal`), or the sound card stood still, or the page was too busy.
 * `progress`: from 0 to 1.
 */
export async function hearProbe(
  name: ProbeName,
  sound: ProbeSound,
  signal: AbortSignal,
  progress: (share: number) => void,
): Promise<Float32Array | null> {
  const { state } = sound;
  const { frames } = makeProbe(name);
  const ring = new CaptureReader(sound.captured);
  const heard = new Float32Array(frames - (frames % QUANTUM));
  const start = (state.frame + AHEAD) | 0;
  state.startProbe(PROBE_NAMES.indexOf(name) + 1, start);
  try {
    let length = 0;
    let still = 0;
    let lastFrame = state.frame;
    while (length < heard.length) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      still = state.frame === lastFrame ? still + 1 : 0;
      lastFrame = state.frame;
      if (signal.aborted || still >= STILL_LOOKS) return null;
      const there = Math.min(heard.length, (ring.written - start) | 0);
      if (there <= length) continue;
      if (!ring.read((start + length) | 0, heard.subarray(length, there))) return null;
      length = there;
      progress(length / heard.length);
    }
    return heard;
  } finally {
    state.stopProbe();
  }
}
