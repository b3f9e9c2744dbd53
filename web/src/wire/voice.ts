// Voice messages, from a singer to the server (PROTOCOL.md 2.1). Pure: bytes to a checked value and back.
import type { BucketNumber } from '../units.js';
import { HEADER_BYTES, MAX_PACKET_BYTES, readHeader, writeHeader } from './header.js';
import { bad, good, type Result } from './result.js';

export const VOICE_TYPE = 1;

export interface VoiceMessage {
  bucket: BucketNumber;
  song: number;
  position: number;
  /** One to five packets of consecutive blocks; an empty one is a block without a voice. */
  packets: Uint8Array[];
}

export function writeVoice(message: VoiceMessage): Uint8Array<ArrayBuffer> {
  let size = HEADER_BYTES;
  for (const packet of message.packets) size += 2 + packet.byteLength;
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  const { bucket, song, position, packets } = message;
  writeHeader(view, VOICE_TYPE, { flags: 0, bucket, count: packets.length, song, position });
  let at = HEADER_BYTES;
  for (const packet of packets) {
    view.setUint16(at, packet.byteLength, true);
    bytes.set(packet, at + 2);
    at += 2 + packet.byteLength;
  }
  return bytes;
}

export function readVoice(bytes: Uint8Array): Result<VoiceMessage> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = readHeader(view, VOICE_TYPE);
  if (!header.ok) return header;
  const { flags, bucket, count, song, position } = header.value;
  if (flags !== 0) return bad('unknown flags');
  const packets: Uint8Array[] = [];
  let at = HEADER_BYTES;
  for (let i = 0; i < count; i++) {
    if (at + 2 > bytes.byteLength) return bad('cut off');
    const length = view.getUint16(at, true);
    at += 2;
    if (length > MAX_PACKET_BYTES) return bad('packet too long');
    if (at + length > bytes.byteLength) return bad('cut off');
    packets.push(bytes.subarray(at, at + length));
    at += length;
  }
  if (at !== bytes.byteLength) return bad('bytes left over');
  return good({ bucket, song, position, packets });
}
