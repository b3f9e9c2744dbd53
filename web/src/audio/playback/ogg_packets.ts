// The packets of an Ogg Opus file with their places (RFC 3533, RFC 7845), where one stream of packets of 20 ms is in it; gaps stay gaps. Pure.
import { BLOCK } from '../../units.js';

export interface OpusPacket {
  /** Samples from the file's zero: where its sound begins. */
  at: number;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface OpusFile {
  channels: number;
  packets: OpusPacket[];
}

const PAGE_BYTES = 27;
const FIRST_HEAD_PACKETS = 2;
const HEAD = 'OpusHead';

function text(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

/** Null: these bytes are no such file. One that was cut off is read as far as it goes. */
export function readOpusFile(bytes: Uint8Array<ArrayBuffer>): OpusFile | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const packets: OpusPacket[] = [];
  let channels = 0;
  let preSkip = 0;
  let heads = 0;
  /** Of a packet that goes on in the next page. */
  let begun: Uint8Array[] = [];
  /** Where the last packet ended. */
  let ended = 0;
  for (let page = 0; page + PAGE_BYTES <= bytes.length;) {
    if (text(bytes, page, 4) !== 'OggS') break;
    const segments = view.getUint8(page + 26);
    let at = page + PAGE_BYTES + segments;
    const whole: Uint8Array<ArrayBuffer>[] = [];
    for (let i = 0; i < segments && page + PAGE_BYTES + i < bytes.length; i++) {
      const length = view.getUint8(page + PAGE_BYTES + i);
      if (at + length > bytes.length) break;
      begun.push(bytes.subarray(at, at + length));
      at += length;
      if (length === 255) continue;
      whole.push(joined(begun));
      begun = [];
    }
    const granule = Number(view.getBigInt64(page + 6, true));
    page = at;
    while (heads < FIRST_HEAD_PACKETS && whole.length > 0) {
      const head = whole.shift() as Uint8Array<ArrayBuffer>;
      if (heads++ > 0) continue;
      if (head.length < 19 || text(head, 0, HEAD.length) !== HEAD) return null;
      channels = head[9] as number;
      preSkip = (head[10] as number) | ((head[11] as number) << 8);
    }
    if (whole.length === 0) continue;
    // A page says where its last packet ends. The file's last page may say less: its end is cut.
    let from = granule < 0 ? ended : Math.max(ended, granule - whole.length * BLOCK);
    for (const packet of whole) {
      if (packet.length > 0) packets.push({ at: from - preSkip, bytes: packet });
      from += BLOCK;
    }
    ended = from;
  }
  return channels === 1 || channels === 2 ? { channels, packets } : null;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The index of the first packet whose sound begins at `at` or later. */
export function packetAt(packets: readonly OpusPacket[], at: number): number {
  let low = 0;
  let high = packets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((packets[middle] as OpusPacket).at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
