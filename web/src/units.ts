// The units of sound that the whole client shares with the server.

/** Samples per second, of the timeline and of the audio context. */
export const SAMPLE_RATE = 48_000;
/** Samples per block: the quantum of ring, wire and codec (20 ms). */
export const BLOCK = 960;
/** Frames per call of an audio worklet. */
export const QUANTUM = 128;
/** Frames per millisecond. */
export const FRAMES_PER_MS = SAMPLE_RATE / 1000;
/** Blocks that a fresh decoder needs before its output is true enough to be heard. */
export const SETTLING_BLOCKS = 6;
/** Blocks of a stream that come before the song's start. */
export const PREROLL_BLOCKS = 4;

/**
 * A bucket as people and the wire count it, from 1; and its place in a list, from 0. Two types, so that neither is given for the other;
 * a plain number counts as either.
 */
export type BucketNumber = number & { readonly countedFrom?: 1 };
export type BucketIndex = number & { readonly countedFrom?: 0 };

export function indexOfBucket(bucket: BucketNumber): BucketIndex {
  return (bucket as number) - 1;
}

export function bucketAt(index: BucketIndex): BucketNumber {
  return (index as number) + 1;
}
