// Mix messages, from the server to everyone (PROTOCOL.md 2.2). Pure: bytes to a checked value and back.
import type { BucketNumber } from '../units.js';
import { HEADER_BYTES, readHeader, SOLO_BUCKET, writeHeader } from './header.js';
import { bad, good, type Result } from './result.js';

export const MIX_TYPE = 2;

export interface MixBlock {
  /** Voices in this mix. */
  people: number;
  /** Opus, mono; empty is silence. */
  mix: Uint8Array;
  /** Opus, mono or stereo; empty where there is no backing. */
  backing: Uint8Array;
}

export interface MixMessage {
  flags: number;
  bucket: BucketNumber;
  song: number;
  /** Of the first block; the others follow at steps of one block. */
  position: number;
  blocks: MixBlock[];
}

export function readMix(bytes: Uint8Array): Result<MixMessage> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = readHeader(view, MIX_TYPE, SOLO_BUCKET);
  if (!header.ok) return header;
  const { flags, bucket, count, song, position } = header.value;
  const blocks: MixBlock[] = [];
  let at = HEADER_BYTES;
  for (let i = 0; i < count; i++) {
    if (at + 6 > bytes.byteLength) return bad('cut off');
    const people = view.getUint16(at, true);
    const mixBytes = view.getUint16(at + 2, true);
    const backingBytes = view.getUint16(at + 4, true);
    at += 6;
    if (at + mixBytes + backingBytes > bytes.byteLength) return bad('cut off');
    const mix = bytes.subarray(at, at + mixBytes);
    const backing = bytes.subarray(at + mixBytes, at + mixBytes + backingBytes);
    blocks.push({ people, mix, backing });
    at += mixBytes + backingBytes;
  }
  if (at !== bytes.byteLength) return bad('bytes left over');
  return good({ flags, bucket, song, position, blocks });
}

export function writeMix(message: MixMessage): Uint8Array<ArrayBuffer> {
  let size = HEADER_BYTES;
  for (const block of message.blocks) size += 6 + block.mix.byteLength + block.backing.byteLength;
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  const { flags, bucket, song, position, blocks } = message;
  writeHeader(view, MIX_TYPE, { flags, bucket, count: blocks.length, song, position });
  let at = HEADER_BYTES;
  for (const block of blocks) {
    view.setUint16(at, block.people, true);
    view.setUint16(at + 2, block.mix.byteLength, true);
    view.setUint16(at + 4, block.backing.byteLength, true);
    bytes.set(block.mix, at + 6);
    bytes.set(block.backing, at + 6 + block.mix.byteLength);
    at += 6 + block.mix.byteLength + block.backing.byteLength;
  }
  return bytes;
}
