// A song in rooms, rendered: what goes to the loudspeaker, and what a microphone hears of it and of a singer. By a seed; at the rate at which a leak is looked for.
import { LEAK_RATE } from '../../../src/audio/shared/leak_correlation.js';
import { random } from './rendered_card.js';

/** What the singer does to the tune of the mix. */
export type Singer =
  /** Sings the very tune, with vibrato and times of her own. */
  | 'same tune'
  /** The very recording that is in the mix, each note at a time of its own: what no human does. */
  | 'same recording'
  /** Something else. */
  | 'other tune'
  | 'silent';

export interface Scene {
  seed: number;
  seconds: number;
  /** Of the way from what is played to what is heard. */
  delayMs: number;
  /** The leak under full scale of what is played; -Infinity: headphones. */
  leakDb: number;
  /** The singer's loudness over that of the leak; with headphones over -40 dBFS. */
  singerDb: number;
  singer: Singer;
  /** Of the room, to -60 dB. */
  decayMs: number;
  /** Energy of the room's tail against the direct sound. */
  tail: number;
  highPassHz: number;
  lowPassHz: number;
  /** Root mean square of the microphone's noise, dBFS. */
  noiseDb: number;
  drums: boolean;
  voices: number;
  /** A metronome beside her, or in one side of headphones that lies on the table: clicks in the mix's beat, unlike its drums. */
  clicksDb: number;
  /** How the microphone's clock runs against the loudspeaker's. */
  driftPpm: number;
  /** Nothing is played. */
  quiet: boolean;
}

export function anyScene(seed: number, change: Partial<Scene> = {}): Scene {
  const next = random(seed * 6_151);
  const between = (least: number, most: number): number => least + (most - least) * next();
  return {
    seed,
    seconds: 12,
    delayMs: between(3, 480),
    leakDb: between(-40, -10),
    singerDb: between(0, 20),
    singer: next() < 0.7 ? 'same tune' : 'other tune',
    decayMs: between(200, 600),
    tail: between(0.3, 2),
    highPassHz: between(80, 400),
    lowPassHz: between(4_000, 7_900),
    noiseDb: between(-75, -55),
    drums: next() < 0.6,
    voices: 1 + Math.floor(between(0, 5)),
    clicksDb: -Infinity,
    driftPpm: 0,
    quiet: false,
    ...change,
  };
}

export interface Rendered {
  played: Float32Array;
  heard: Float32Array;
}

interface Note {
  at: number;
  length: number;
  hz: number;
}

const SCALE = [0, 2, 4, 5, 7, 9, 11, 12];
const TABLE = 2_048;

export function render(scene: Scene): Rendered {
  const next = random(scene.seed);
  const length = Math.round(scene.seconds * LEAK_RATE);
  const beat = Math.round(LEAK_RATE * (0.4 + 0.3 * next()));
  const tune = notes(length, beat, next);
  const played = new Float32Array(length);
  const recording = new Float32Array(length);
  const timbre = voiceTable(next);
  sing(recording, tune, timbre, 0, next);
  add(played, recording, 0.12);
  for (let i = 1; i < scene.voices; i++) {
    const voice = new Float32Array(length);
    sing(voice, tune, voiceTable(next), 0.02, next);
    add(played, voice, 0.12);
  }
  chords(played, beat, next);
  if (scene.drums) drums(played, beat, 0.25);
  const heard = new Float32Array(length);
  const leakRms = rmsOf(played) * 10 ** (scene.leakDb / 20);
  if (scene.leakDb > -Infinity) leak(heard, played, scene, next);
  if (scene.singer !== 'silent') {
    const voice = new Float32Array(length);
    if (scene.singer === 'same recording') resing(voice, recording, tune, scene.delayMs, next);
    else {
      const own = scene.singer === 'same tune' ? tune : notes(length, beat, next);
      const octave = next() < 0.3 ? 0.5 : 1;
      const late = own.map((note) => ({ ...note, at: note.at + (scene.delayMs / 1000) * LEAK_RATE, hz: note.hz * octave }));
      sing(voice, late, voiceTable(next), 0.01 + 0.05 * next(), next);
    }
    const wanted = (scene.leakDb > -Infinity ? leakRms : 0.01) * 10 ** (scene.singerDb / 20);
    add(heard, voice, wanted / Math.max(rmsOf(voice), 1e-9));
  }
  if (scene.clicksDb > -Infinity) clicks(heard, beat, 10 ** (scene.clicksDb / 20), scene.delayMs, next);
  const noise = 10 ** (scene.noiseDb / 20);
  for (let i = 0; i < length; i++) heard[i] = (heard[i] as number) + noise * (next() + next() + next() + next() - 2) * Math.sqrt(3);
  if (scene.quiet) played.fill(0);
  return { played, heard: scene.driftPpm === 0 ? heard : drifting(heard, scene.driftPpm) };
}

/** Right in the middle. */
function drifting(sound: Float32Array, ppm: number): Float32Array {
  return sound.map((_, i) => {
    const at = i - (i - sound.length / 2) * ppm * 1e-6;
    const whole = Math.floor(at);
    return (sound[whole] ?? 0) * (1 - (at - whole)) + (sound[whole + 1] ?? 0) * (at - whole);
  });
}

function add(out: Float32Array, sound: Float32Array, factor: number, from = 0): void {
  for (let i = Math.max(0, -from); i < sound.length && from + i < out.length; i++) {
    out[from + i] = (out[from + i] as number) + factor * (sound[i] as number);
  }
}

function rmsOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}

/** A tune in notes of one, two or half a beat, some of them rests. */
function notes(length: number, beat: number, next: () => number): Note[] {
  const list: Note[] = [];
  const root = 130 + 200 * next();
  for (let at = 0; at < length;) {
    const lasts = beat * [0.5, 1, 1, 2][Math.floor(next() * 4)]!;
    if (next() > 0.1) list.push({ at, length: lasts, hz: root * 2 ** (SCALE[Math.floor(next() * SCALE.length)]! / 12) });
    at += lasts;
  }
  return list;
}

/** One wave of a vowel. */
function voiceTable(next: () => number): Float32Array {
  const table = new Float32Array(TABLE);
  const formants = [400 + 400 * next(), 1_000 + 1_200 * next(), 2_600 + 500 * next()];
  for (let harmonic = 1; harmonic <= 25; harmonic++) {
    const hz = harmonic * 220;
    const shape = formants.reduce((sum, formant) => sum + 1 / (1 + ((hz - formant) / 150) ** 2), 0.05);
    const phase = 2 * Math.PI * next();
    for (let i = 0; i < TABLE; i++) table[i] = table[i]! + (shape / Math.sqrt(harmonic)) * Math.sin((2 * Math.PI * harmonic * i) / TABLE + phase);
  }
  const rms = rmsOf(table);
  return table.map((value) => value / rms);
}

/** `uneven`: seconds of the times' deviation. With vibrato, some hertz beside the note, consonants and breath. */
function sing(out: Float32Array, tune: Note[], table: Float32Array, uneven: number, next: () => number): void {
  const rate = 4.5 + 2 * next();
  const depth = 0.003 + 0.012 * next();
  for (const note of tune) {
    const from = Math.round(note.at + (next() * 2 - 1) * uneven * LEAK_RATE);
    const detuned = note.hz * (1 + (next() - 0.5) * 0.015);
    const swing = 2 * Math.PI * next();
    let phase = next();
    const consonant = next() < 0.6 ? 0.06 * LEAK_RATE : 0;
    let last = 0;
    for (let i = 0; i < note.length; i++) {
      const t = i / LEAK_RATE;
      phase += (detuned * (1 + depth * Math.sin(2 * Math.PI * rate * t + swing) * Math.min(1, t * 4))) / LEAK_RATE;
      const envelope = Math.min(1, t / 0.03, (note.length - i) / (0.05 * LEAK_RATE));
      const white = next() - 0.5;
      const breath = (white - last) * (i < consonant ? 1.2 : 0.05);
      last = white;
      const at = from + i;
      if (at >= 0 && at < out.length) out[at] = out[at]! + envelope * (table[Math.floor((phase % 1) * TABLE)]! * 0.7 + breath);
    }
  }
}

/** Pieces of a recording, each later by what belongs to it: 10 to 60 ms either way. */
function resing(out: Float32Array, recording: Float32Array, tune: Note[], delayMs: number, next: () => number): void {
  for (const note of tune) {
    const off = (0.01 + 0.05 * next()) * (next() < 0.5 ? -1 : 1);
    const shift = Math.round((delayMs / 1000 + off) * LEAK_RATE);
    const piece = recording.slice(Math.round(note.at), Math.round(note.at + note.length));
    add(out, piece, 1, Math.round(note.at) + shift);
  }
}

function chords(out: Float32Array, beat: number, next: () => number): void {
  const bar = beat * 4;
  for (let at = 0; at < out.length; at += bar) {
    const root = 110 * 2 ** (SCALE[Math.floor(next() * SCALE.length)]! / 12);
    for (const step of [1, 1.26, 1.498]) {
      const hz = root * step;
      for (let i = 0; i < bar && at + i < out.length; i++) {
        // A saw, as synthetic as backings are.
        const phase = ((hz * i) / LEAK_RATE) % 1;
        out[at + i] = out[at + i]! + 0.05 * (2 * phase - 1) * Math.exp(-i / bar);
      }
    }
  }
}

/** A machine's: each stroke the very same samples. */
function drums(out: Float32Array, beat: number, height: number): void {
  const white = random(5);
  const snare = Float32Array.from({ length: 2_400 }, (_, i) => (white() - 0.5) * Math.exp(-i / 500));
  const kick = Float32Array.from({ length: 2_400 }, (_, i) => Math.sin((2 * Math.PI * 60 * i) / LEAK_RATE) * Math.exp(-i / 600));
  const hat = Float32Array.from({ length: 600 }, (_, i) => (white() - 0.5) * 0.4 * Math.exp(-i / 100));
  for (let n = 0; (n * beat) / 2 < out.length; n++) {
    const at = Math.round((n * beat) / 2);
    add(out, hat, height, at);
    if (n % 4 === 0) add(out, kick, 2 * height, at);
    if (n % 4 === 2) add(out, snare, height, at);
  }
}

function clicks(out: Float32Array, beat: number, height: number, delayMs: number, next: () => number): void {
  for (let at = (delayMs / 1000) * LEAK_RATE; at < out.length; at += beat) {
    const click = Float32Array.from({ length: 300 }, (_, i) => Math.sin((2 * Math.PI * 1_800 * i) / LEAK_RATE) * Math.exp(-i / 60));
    add(out, click, height, Math.round(at + (next() - 0.5) * 0.004 * LEAK_RATE));
  }
}

/** Loudspeaker, direct sound, a hundred and fifty echoes that decay. */
function leak(out: Float32Array, played: Float32Array, scene: Scene, next: () => number): void {
  const band = onePole(onePole(played, scene.highPassHz, true), scene.lowPassHz, false);
  const delay = (scene.delayMs / 1000) * LEAK_RATE;
  const gain = 10 ** (scene.leakDb / 20);
  const whole = Math.floor(delay);
  add(out, band, gain * (1 - (delay - whole)), whole);
  add(out, band, gain * (delay - whole), whole + 1);
  const times = Array.from({ length: 150 }, () => next() * scene.decayMs);
  const gains = times.map((ms) => 10 ** ((-3 * ms) / scene.decayMs) * (next() < 0.5 ? 1 : -1));
  const energy = gains.reduce((sum, value) => sum + value * value, 0);
  times.forEach((ms, i) => add(out, band, gain * gains[i]! * Math.sqrt(scene.tail / energy), Math.round(delay + ((2 + ms) / 1000) * LEAK_RATE)));
}

function onePole(sound: Float32Array, hz: number, high: boolean): Float32Array {
  const pole = Math.exp((-2 * Math.PI * hz) / LEAK_RATE);
  let low = 0;
  return sound.map((value) => {
    low += (value - low) * (1 - pole);
    return high ? value - low : low;
  });
}
