// The sixteen bytes that open every binary message: type, flags, bucket, count, song, position (PROTOCOL.md section 2).
import { BLOCK, type BucketNumber } from '../units.js';
import { bad, good, type Result } from './result.js';

export const HEADER_BYTES = 16;
export const MAX_BINARY_BYTES = 6_600;
export const MAX_BLOCKS = 5;
export const MAX_BUCKETS = 8;
/** Stands for the solo mix, where a message tells the bucket. */
export const SOLO_BUCKET = MAX_BUCKETS + 1;
export const MAX_PACKET_BYTES = 1_275;

export interface Header {
  flags: number;
  /** From 1. */
  bucket: BucketNumber;
  /** Blocks in the message, 1 to 5. */
  count: number;
  song: number;
  /** Position of the first block: a multiple of 960, above 0. */
  position: number;
}

export function readHeader(view: DataView, type: number, mostBucket = MAX_BUCKETS): Result<Header> {
  if (view.byteLength < HEADER_BYTES || view.byteLength > MAX_BINARY_BYTES) return bad('bad length');
  if (view.getUint8(0) !== type) return bad('not the expected type');
  const bucket = view.getUint8(2);
  if (bucket < 1 || bucket > mostBucket) return bad('bucket out of range');
  const count = view.getUint8(3);
  if (count < 1 || count > MAX_BLOCKS) return bad('count out of range');
  // Two halves: positions stay below 2^53, so that a JavaScript number holds them exactly.
  const high = view.getInt32(12, true);
  const position = high * 2 ** 32 + view.getUint32(8, true);
  if (high < 0 || position <= 0 || !Number.isSafeInteger(position)) return bad('position out of range');
  if (position % BLOCK !== 0) return bad('position not at a block');
  return good({ flags: view.getUint8(1), bucket, count, song: view.getUint32(4, true), position });
}

export function writeHeader(view: DataView, type: number, header: Header): void {
  view.setUint8(0, type);
  view.setUint8(1, header.flags);
  view.setUint8(2, header.bucket);
  view.setUint8(3, header.count);
  view.setUint32(4, header.song, true);
  view.setUint32(8, header.position % 2 ** 32, true);
  view.setInt32(12, Math.floor(header.position / 2 ** 32), true);
}
