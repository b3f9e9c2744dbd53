// The click of the metronome as one hears it before a song: a bar, to be played again and again. Pure.
import { SAMPLE_RATE } from '../../units.js';
import { beatSamples } from './tempo.js';

/** As the server's: click_sound.cpp. */
const PLAIN = { hertz: 1_175, level: 0.3 };
const ACCENT = { hertz: 1_760, level: 0.5 };
const DECAY_SAMPLES = 200;
const CLICK_SAMPLES = 960;
const END_SAMPLES = 240;

export function click(accent: boolean): Float32Array<ArrayBuffer> {
  const { hertz, level } = accent ? ACCENT : PLAIN;
  return Float32Array.from({ length: CLICK_SAMPLES }, (_, i) => {
    const end = Math.min(1, (CLICK_SAMPLES - 1 - i) / END_SAMPLES);
    return level * Math.exp(-i / DECAY_SAMPLES) * end * Math.sin((2 * Math.PI * hertz * (i + 1)) / SAMPLE_RATE);
  });
}

/** So many bars, at the factor of one's own volume. */
export function bars(count: number, bpm: number, beatsPerBar: number, factor: number): Float32Array<ArrayBuffer> {
  const beats = count * beatsPerBar;
  const out = new Float32Array(beatSamples(bpm, beats) + CLICK_SAMPLES);
  for (let beat = 0; beat < beats; beat++) {
    const sound = click(beatsPerBar > 1 && beat % beatsPerBar === 0);
    const at = beatSamples(bpm, beat);
    for (let i = 0; i < sound.length; i++) out[at + i] = (sound[i] as number) * factor;
  }
  return out;
}
