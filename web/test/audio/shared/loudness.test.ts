import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LoudnessMeter } from '../../../src/audio/shared/loudness.js';
import { QUANTUM, SAMPLE_RATE } from '../../../src/units.js';

interface Part {
  from: number;
  to: number;
  wave: 'sine' | 'noise';
  hz: number;
  dbfs: number;
  gains: number[];
}

interface Sound {
  name: string;
  channels: 1 | 2;
  seconds: number;
  parts: Part[];
  /** As libebur128 measures them; null: below -70. */
  momentary: number | null;
  short_term: number | null;
  integrated: number | null;
  /** As the standard itself says. */
  known?: number;
}

const golden = JSON.parse(readFileSync(new URL('../../../../tests/golden/loudness.json', import.meta.url), 'utf8')) as Sound[];

/** tests/golden/README.md says how. */
function channelsOf(sound: Sound): Float32Array[] {
  const channels = Array.from({ length: sound.channels }, () => new Float32Array(Math.round(sound.seconds * SAMPLE_RATE)));
  for (const part of sound.parts) {
    const amplitude = 10 ** (part.dbfs / 20);
    let state = 1;
    for (let n = Math.round(part.from * SAMPLE_RATE); n < Math.round(part.to * SAMPLE_RATE); n++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const wave = part.wave === 'sine' ? Math.sin((2 * Math.PI * part.hz * n) / SAMPLE_RATE) : state / 2 ** 31 - 1;
      channels.forEach((channel, c) => (channel[n] = (channel[n] as number) + amplitude * (part.gains[c] as number) * wave));
    }
  }
  return channels;
}

function measured(channels: Float32Array[]): LoudnessMeter {
  const meter = new LoudnessMeter();
  meter.add(channels[0] as Float32Array, channels[1]);
  return meter;
}

function tone(dbfs: number, seconds: number): Float32Array {
  const sound: Sound = { name: '', channels: 1, seconds, parts: [], momentary: null, short_term: null, integrated: null };
  return channelsOf({ ...sound, parts: [{ from: 0, to: seconds, wave: 'sine', hz: 1000, dbfs, gains: [1] }] })[0] as Float32Array;
}

describe('the loudness of a sound', () => {
  it.each(golden)('is what libebur128 measures, to 0.1 LU: $name', (sound) => {
    const meter = measured(channelsOf(sound));
    const close = (found: number, wanted: number | null): void => {
      if (wanted === null) expect(found).toBeLessThan(-70);
      else expect(Math.abs(found - wanted)).toBeLessThan(0.1);
    };
    close(meter.momentary, sound.momentary);
    close(meter.shortTerm, sound.short_term);
    close(meter.integrated, sound.integrated);
    if (sound.known !== undefined) close(meter.integrated, sound.known);
  });

  it('of a sine of 1 kHz is its peak in dBFS, heard from both sides, as EBU Tech 3341 has it', () => {
    const mono = tone(-23, 4);
    expect(measured([mono]).integrated).toBeCloseTo(-23, 1);
    expect(measured([mono, mono]).integrated).toBeCloseTo(-23, 1);
    expect(measured([mono, new Float32Array(mono.length)]).integrated).toBeCloseTo(-26, 1);
  });

  it('is the same in quanta as in one piece, and again after a reset', () => {
    const sound = channelsOf(golden.find((one) => one.name.startsWith('noise with pauses')) as Sound) as [Float32Array, Float32Array];
    const whole = measured(sound);
    const pieces = new LoudnessMeter();
    for (let round = 0; round < 2; round++) {
      pieces.reset();
      for (let at = 0; at < sound[0].length; at += QUANTUM) pieces.add(sound[0].subarray(at, at + QUANTUM), sound[1].subarray(at, at + QUANTUM));
      expect(pieces.integrated).toBeCloseTo(whole.integrated, 9);
      expect(pieces.momentary).toBeCloseTo(whole.momentary, 9);
      expect(pieces.loudestMomentary).toBeCloseTo(whole.loudestMomentary, 9);
    }
  });

  it('remembers the loudest 400 ms', () => {
    const meter = new LoudnessMeter();
    meter.add(tone(-30, 1));
    meter.add(tone(-12, 1));
    meter.add(tone(-30, 4));
    expect(meter.loudestMomentary).toBeCloseTo(-12, 1);
    expect(meter.momentary).toBeCloseTo(-30, 1);
  });

  it('of nothing is none, and samples that are no numbers do not stay', () => {
    const meter = new LoudnessMeter();
    expect([meter.momentary, meter.shortTerm, meter.integrated]).toEqual([-Infinity, -Infinity, -Infinity]);
    meter.add(new Float32Array(SAMPLE_RATE).fill(NaN));
    meter.add(tone(-20, 4));
    expect(meter.shortTerm).toBeCloseTo(-20, 1);
    // Blocks at the beginning hold some of the silence before.
    expect(Math.abs(meter.integrated - -20)).toBeLessThan(0.2);
  });
});
