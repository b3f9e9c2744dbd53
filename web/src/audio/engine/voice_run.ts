// Listens to the microphone for some seconds, as it is without a gain. Runs on the page's thread.
import { QUANTUM, SAMPLE_RATE } from '../../units.js';
import { hearFrames, type ProbeSound } from './probe_run.js';

/** Long enough for some notes with a breath between them. */
export const VOICE_SECONDS = 5;

/** Null: it was given up (`signal`), or the sound card stood still, or the page was too busy. `progress`: from 0 to 1. */
export async function hearVoice(sound: ProbeSound, signal: AbortSignal, progress: (share: number) => void): Promise<Float32Array | null> {
  const frames = VOICE_SECONDS * SAMPLE_RATE;
  return hearFrames(sound, sound.state.frame, frames - (frames % QUANTUM), signal, progress);
}
