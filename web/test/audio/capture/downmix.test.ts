import { describe, expect, it } from 'vitest';
import { QUANTUM } from '../../../src/units.js';
import { Downmix } from '../../../src/audio/capture/downmix.js';

const RATE = 48_000;
/** Until the level must be right. */
const SETTLED = 0.2 * RATE;

type Sound = (frame: number) => number;

function hiss(seed: number, height: number): Sound {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return height * ((state / 2 ** 32) * 2 - 1);
  };
}

/** A sung line: notes of half a second with their overtones, and a breath after every four. */
function voice(hertz: number, height = 0.3, delay = 0): Sound {
  return (at) => {
    const frame = at - delay;
    const note = Math.floor(frame / (RATE / 2));
    if (frame < 0 || note % 5 === 4) return 0;
    const pitch = hertz * 2 ** (((note * 5) % 12) / 12);
    const into = (frame % (RATE / 2)) / RATE;
    const envelope = Math.min(1, into / 0.03, (0.5 - into) / 0.03);
    return height * envelope * (0.6 * Math.sin((2 * Math.PI * pitch * frame) / RATE) + 0.4 * Math.sin((2 * Math.PI * 3 * pitch * frame) / RATE));
  };
}

const SILENCE: Sound = () => 0;

function mix(sounds: Sound[], seconds: number, downmix = new Downmix(), start = 0): Float32Array {
  const out = new Float32Array(seconds * RATE);
  const channels = sounds.map(() => new Float32Array(QUANTUM));
  const mono = new Float32Array(QUANTUM);
  for (let frame = 0; frame + QUANTUM <= out.length; frame += QUANTUM) {
    sounds.forEach((sound, c) => (channels[c] as Float32Array).forEach((_, i, all) => (all[i] = sound(start + frame + i))));
    downmix.process(channels, mono);
    out.set(mono, frame);
  }
  return out;
}

function decibels(samples: Float32Array, from = SETTLED, to = samples.length): number {
  let power = 0;
  for (let i = from; i < to; i++) power += (samples[i] as number) ** 2;
  return 10 * Math.log10(power / (to - from));
}

const sum =
  (a: Sound, b: Sound): Sound =>
  (frame) =>
    a(frame) + b(frame);
const times =
  (factor: number, sound: Sound): Sound =>
  (frame) =>
    factor * sound(frame);

describe('a microphone of several channels', () => {
  const line = voice(220);
  const mono = mix([line], 3);

  it('of one channel is taken as it is', () => {
    expect(mono.findIndex((sample, i) => sample !== Math.fround(line(i)))).toBe(-1);
  });

  it.each([
    ['the same on both', [line, line]],
    ['on the left only', [line, SILENCE]],
    ['on the right only', [SILENCE, line]],
    ['on the left, and the hiss of an open socket on the right', [line, hiss(1, 0.001)]],
    ['on the right, and a loud hum on the left', [(at: number) => 0.03 * Math.sin((2 * Math.PI * 50 * at) / RATE), line]],
    ['in opposite phases', [line, times(-1, line)]],
    ['in opposite phases, the right one softer', [line, times(-0.5, line)]],
    ['in opposite phases, the left one softer', [times(-0.3, line), line]],
    ['softer on the right', [line, times(0.5, line)]],
    ['a little later on the right, as from two places', [line, voice(220, 0.3, 24)]],
    ['with the crosstalk of a cable', [line, times(0.02, line)]],
    ['in opposite phases with some hiss on each', [sum(line, hiss(2, 0.002)), sum(times(-1, line), hiss(3, 0.002))]],
    ['in opposite phases, the right one a little later', [line, times(-1, voice(220, 0.3, 12))]],
    ['in opposite phases, with a third one silent', [SILENCE, line, times(-1, line)]],
    ['on the left, with a steady voltage on the right', [line, () => 0.02]],
    ['on one of four', [SILENCE, SILENCE, line, SILENCE]],
    ['on three, one of them upside down', [times(-1, line), line, line]],
  ] as [string, Sound[]][])('is as loud as one: %s', (_, channels) => {
    expect(Math.abs(decibels(mix(channels, 3)) - decibels(mono))).toBeLessThan(1);
  });

  it('is never silent for longer than it takes to decide', () => {
    const out = mix([line, times(-1, line)], 1);
    expect(decibels(out, 0.04 * RATE, 0.1 * RATE)).toBeGreaterThan(decibels(mono, 0.04 * RATE, 0.1 * RATE) - 3);
  });

  it('hears two singers with a microphone each', () => {
    const ann = voice(220);
    const ben = voice(311, 0.2);
    const both = mix([ann, ben], 3);
    // Each is found in it by what it shares with her, not much lower than alone, and never turned round on the way.
    for (const one of [ann, ben]) {
      const alone = mix([one], 3);
      const share = (second: number): number => {
        let shared = 0;
        let own = 0;
        for (let i = Math.round(SETTLED + second * RATE); i < SETTLED + (second + 0.5) * RATE; i++) {
          shared += (both[i] as number) * (alone[i] as number);
          own += (alone[i] as number) ** 2;
        }
        return shared / own;
      };
      const turned = Math.sign(share(0));
      for (const second of [0, 0.6, 1.2, 2.2]) expect(turned * share(second)).toBeGreaterThan(0.6);
    }
    expect(Math.abs(decibels(both) - decibels(mono))).toBeLessThan(1);
  });

  it('follows when a cable is pulled out of one channel, or turned round, without a click', () => {
    const tone: Sound = (at) => 0.5 * Math.sin((2 * Math.PI * 220 * at) / RATE);
    const downmix = new Downmix();
    const parts = [
      [tone, tone],
      [tone, SILENCE],
      [tone, times(-1, tone)],
      [tone, tone],
    ].map((channels, i) => mix(channels, 2, downmix, i * 2 * RATE));
    for (const part of parts) expect(decibels(part, RATE)).toBeCloseTo(decibels(mix([tone], 2), RATE), 0);
    // What is decided is decided slowly: the second difference of a sine is w^2 times it, and a step would be a hundred times more.
    const steepest = 0.5 * ((2 * Math.PI * 220) / RATE) ** 2;
    for (const part of parts) {
      let most = 0;
      for (let i = 2; i < part.length; i++) {
        most = Math.max(most, Math.abs((part[i] as number) - 2 * (part[i - 1] as number) + (part[i - 2] as number)));
      }
      expect(most).toBeLessThan(6 * steepest);
    }
  });

  it('decides nothing in a pause, so that the next word begins as the last one ended', () => {
    const downmix = new Downmix();
    const noises = [hiss(4, 0.0005), hiss(5, 0.0005)];
    const word: Sound = (at) => (at % RATE < RATE / 4 ? 0.3 * Math.sin((2 * Math.PI * 220 * at) / RATE) : 0);
    const out = mix(
      noises.map((noise) => sum(word, noise)),
      4,
      downmix,
    );
    const level = (second: number): number => decibels(out, second * RATE, second * RATE + 1_000);
    expect(level(3)).toBeCloseTo(level(1), 1);
    expect(level(1)).toBeCloseTo(decibels(mix([word], 2), RATE, RATE + 1_000), 1);
  });

  it('gives the same for the same', () => {
    const channels = (): Sound[] => [sum(line, hiss(6, 0.01)), times(-0.7, line)];
    expect(mix(channels(), 2)).toEqual(mix(channels(), 2));
  });

  it('is silent without a channel, and after one again as before', () => {
    const downmix = new Downmix();
    const out = new Float32Array(QUANTUM).fill(1);
    downmix.process([], out);
    expect(out.every((sample) => sample === 0)).toBe(true);
    expect(decibels(mix([line, SILENCE], 3, downmix))).toBeCloseTo(decibels(mono), 0);
  });
});
