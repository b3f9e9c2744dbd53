// Plays the probe of the sound card's round trip and hears it come back, through the worklet that a song goes through too. Runs on the page's thread: it
// looks some times a second, and the ring of the microphone holds 2.7 s.
import { CaptureReader } from '../shared/capture_ring.js';
import { makeProbe, PROBE_NAMES, type ProbeName } from '../shared/probes.js';
import type { SoundState } from '../shared/sound_state.js';
import { FRAMES_PER_MS, QUANTUM } from '../../units.js';

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
  const { frames } = makeProbe(name);
  return play(name, sound, (start) => hearFrames(sound, start, frames - (frames % QUANTUM), signal, progress));
}

/**
 * Plays the clicks, and tells when one tapped to them on a key or the screen: in frames from the first click on, as if a microphone without delay had heard
 * it. `taps`: their times so far, by performance.now(). Null as above.
 */
export async function tapProbe(
  sound: ProbeSound,
  taps: () => readonly number[],
  signal: AbortSignal,
  progress: (share: number) => void,
): Promise<number[] | null> {
  const { frames } = makeProbe('clicks');
  // The worklet's count moves in bursts, and is seen late but never early: the earliest sight of it draws the line.
  let ahead = -Infinity;
  const whole = await play('clicks', sound, (start) =>
    lookOften(sound, signal, () => {
      const frame = (sound.state.frame - start) | 0;
      ahead = Math.max(ahead, frame - performance.now() * FRAMES_PER_MS);
      progress(Math.min(1, Math.max(0, frame / frames)));
      return frame >= frames;
    }),
  );
  return whole ? taps().map((ms) => ms * FRAMES_PER_MS + ahead) : null;
}

/** So many frames of the microphone from `start` on; null and `progress` as of hearProbe. */
export async function hearFrames(
  sound: ProbeSound,
  start: number,
  frames: number,
  signal: AbortSignal,
  progress: (share: number) => void,
): Promise<Float32Array | null> {
  const ring = new CaptureReader(sound.captured);
  const heard = new Float32Array(frames);
  let length = 0;
  const whole = await lookOften(sound, signal, () => {
    const there = Math.min(heard.length, (ring.written - start) | 0);
    if (there <= length) return false;
    if (!ring.read((start + length) | 0, heard.subarray(length, there))) return null;
    length = there;
    progress(length / heard.length);
    return length === heard.length;
  });
  return whole ? heard : null;
}

/** While the probe plays; `during` is given its first frame. */
async function play<Result>(name: ProbeName, { state }: ProbeSound, during: (start: number) => Promise<Result>): Promise<Result> {
  const start = (state.frame + AHEAD) | 0;
  state.startProbe(PROBE_NAMES.indexOf(name) + 1, start);
  try {
    return await during(start);
  } finally {
    state.stopProbe();
  }
}

/** `look` is asked some times a second whether all is done; null: it failed. */
async function lookOften({ state }: ProbeSound, signal: AbortSignal, look: () => boolean | null): Promise<boolean> {
  let still = 0;
  let lastFrame = state.frame;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    still = state.frame === lastFrame ? still + 1 : 0;
    lastFrame = state.frame;
    if (signal.aborted || still >= STILL_LOOKS) return false;
    const done = look();
    if (done !== false) return done === true;
  }
}
