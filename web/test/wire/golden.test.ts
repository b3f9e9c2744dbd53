import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readMix, writeMix } from '../../src/wire/mix.js';
import { readVoice, writeVoice } from '../../src/wire/voice.js';

interface Vector {
  name: string;
  kind: 'voice' | 'mix';
  hex: string;
  error?: string;
  flags: number;
  bucket: number;
  song: number;
  position: number;
  packets: string[];
  /** `metronome`, `part`: where the flags say that there is one. */
  blocks: { people: number; mix: string; backing: string; metronome?: string; part?: string }[];
}

const vectors = JSON.parse(readFileSync(new URL('../../../tests/golden/wire.json', import.meta.url), 'utf8')) as Vector[];
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex');
const valid = (kind: string): Vector[] => vectors.filter((v) => v.kind === kind && v.error === undefined);
const invalid = (kind: string): Vector[] => vectors.filter((v) => v.kind === kind && v.error !== undefined);

describe('golden voice messages', () => {
  it.each(valid('voice'))('$name: is read and written', (vector) => {
    const read = readVoice(bytes(vector.hex));
    if (!read.ok) throw new Error(read.error);
    const { bucket, song, position, packets } = read.value;
    expect({ bucket, song, position }).toEqual({ bucket: vector.bucket, song: vector.song, position: vector.position });
    expect(packets.map(hex)).toEqual(vector.packets);
    expect(hex(writeVoice({ bucket, song, position, packets: vector.packets.map(bytes) }))).toBe(vector.hex);
  });

  it.each(invalid('voice'))('$name: is refused', (vector) => {
    expect(readVoice(bytes(vector.hex)).ok).toBe(false);
  });
});

describe('golden mix messages', () => {
  it.each(valid('mix'))('$name: is read and written', (vector) => {
    const read = readMix(bytes(vector.hex));
    if (!read.ok) throw new Error(read.error);
    const { flags, bucket, song, position, blocks } = read.value;
    expect({ flags, bucket, song, position }).toEqual({
      flags: vector.flags,
      bucket: vector.bucket,
      song: vector.song,
      position: vector.position,
    });
    expect(
      blocks.map((b) => ({ people: b.people, mix: hex(b.mix), backing: hex(b.backing), metronome: hex(b.metronome), part: hex(b.part) })),
    ).toEqual(vector.blocks.map((b) => ({ metronome: '', part: '', ...b })));
    const written = vector.blocks.map((b) => ({
      people: b.people,
      mix: bytes(b.mix),
      backing: bytes(b.backing),
      metronome: bytes(b.metronome ?? ''),
      part: bytes(b.part ?? ''),
    }));
    expect(hex(writeMix({ flags, bucket, song, position, blocks: written }))).toBe(vector.hex);
  });

  it.each(invalid('mix'))('$name: is refused', (vector) => {
    expect(readMix(bytes(vector.hex)).ok).toBe(false);
  });
});

it('reads a message that lies inside of a larger buffer', () => {
  const vector = valid('voice')[0] as Vector;
  const inner = bytes(vector.hex);
  const outer = new Uint8Array(inner.byteLength + 7).fill(0xaa);
  outer.set(inner, 3);
  const read = readVoice(outer.subarray(3, 3 + inner.byteLength));
  expect(read.ok && read.value.packets.map(hex)).toEqual(vector.packets);
});
