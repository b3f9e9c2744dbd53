// Mix messages, from the server to everyone (PROTOCOL.md 2.2). Pure: bytes to a checked value and back.
import type { BucketNumber } from '../units.js';
import { HEADER_BYTES, readHeader, SOLO_BUCKET, writeHeader } from './header.js';
import { bad, good, type Result } from './result.js';

export const MIX_TYPE = 2;
/** A flag: each block also has a packet of the metronome. */
const WITH_METRONOME = 1;
/** A flag: each block also has a packet of the listener's own part. */
const WITH_PART = 2;
const BLOCK_HEADER_BYTES = 6;
const LENGTH_BYTES = 2;

const NOTHING = new Uint8Array();

export interface MixBlock {
  /** Voices in this mix. */
  people: number;
  /** Opus, mono; empty is silence. */
  mix: Uint8Array;
  /** Opus, mono or stereo; empty where there is no backing. */
  backing: Uint8Array;
  /** Opus, mono; empty where it does not click. */
  metronome: Uint8Array;
  /** Opus, mono: the voices of one's own part; empty is silence. */
  part: Uint8Array;
}

export interface MixMessage {
  flags: number;
  bucket: BucketNumber;
  song: number;
  /** Of the first block; the others follow at steps of one block. */
  position: number;
  blocks: MixBlock[];
}

const headerBytesOf = (clicks: boolean, withPart: boolean): number =>
  BLOCK_HEADER_BYTES + (clicks ? LENGTH_BYTES : 0) + (withPart ? LENGTH_BYTES : 0);

export function readMix(bytes: Uint8Array): Result<MixMessage> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = readHeader(view, MIX_TYPE, SOLO_BUCKET);
  if (!header.ok) return header;
  const { flags, bucket, count, song, position } = header.value;
  const clicks = (flags & WITH_METRONOME) !== 0;
  const withPart = (flags & WITH_PART) !== 0;
  const headerBytes = headerBytesOf(clicks, withPart);
  const blocks: MixBlock[] = [];
  let at = HEADER_BYTES;
  for (let i = 0; i < count; i++) {
    if (at + headerBytes > bytes.byteLength) return bad('cut off');
    const people = view.getUint16(at, true);
    const mixEnd = at + headerBytes + view.getUint16(at + 2, true);
    const backingEnd = mixEnd + view.getUint16(at + 4, true);
    const clickEnd = backingEnd + (clicks ? view.getUint16(at + BLOCK_HEADER_BYTES, true) : 0);
    const end = clickEnd + (withPart ? view.getUint16(at + headerBytes - LENGTH_BYTES, true) : 0);
    if (end > bytes.byteLength) return bad('cut off');
    const mix = bytes.subarray(at + headerBytes, mixEnd);
    const backing = bytes.subarray(mixEnd, backingEnd);
    const metronome = clicks ? bytes.subarray(backingEnd, clickEnd) : NOTHING;
    const part = withPart ? bytes.subarray(clickEnd, end) : NOTHING;
    blocks.push({ people, mix, backing, metronome, part });
    at = end;
  }
  if (at !== bytes.byteLength) return bad('bytes left over');
  return good({ flags, bucket, song, position, blocks });
}

export function writeMix(message: MixMessage): Uint8Array<ArrayBuffer> {
  const clicks = (message.flags & WITH_METRONOME) !== 0;
  const withPart = (message.flags & WITH_PART) !== 0;
  const headerBytes = headerBytesOf(clicks, withPart);
  const packetsOf = ({ mix, backing, metronome, part }: MixBlock): Uint8Array[] => [
    mix,
    backing,
    ...(clicks ? [metronome] : []),
    ...(withPart ? [part] : []),
  ];
  let size = HEADER_BYTES;
  for (const block of message.blocks) {
    size += packetsOf(block).reduce((sum, packet) => sum + packet.byteLength, headerBytes);
  }
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  const { flags, bucket, song, position, blocks } = message;
  writeHeader(view, MIX_TYPE, { flags, bucket, count: blocks.length, song, position });
  let at = HEADER_BYTES;
  for (const block of blocks) {
    view.setUint16(at, block.people, true);
    view.setUint16(at + 2, block.mix.byteLength, true);
    view.setUint16(at + 4, block.backing.byteLength, true);
    if (clicks) view.setUint16(at + BLOCK_HEADER_BYTES, block.metronome.byteLength, true);
    if (withPart) view.setUint16(at + headerBytes - LENGTH_BYTES, block.part.byteLength, true);
    at += headerBytes;
    for (const packet of packetsOf(block)) {
      bytes.set(packet, at);
      at += packet.byteLength;
    }
  }
  return bytes;
}
