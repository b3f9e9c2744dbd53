// Kinds of fields that several messages have. What a schema does not know is let through and left out: later servers may say more.
import * as v from 'valibot';
import type { BucketNumber } from '../../units.js';
import { MAX_BUCKETS } from '../header.js';

export const text = v.string();
export const flag = v.boolean();
export const number = v.pipe(v.number(), v.finite());

export function numberBetween(least: number, most: number) {
  return v.pipe(v.number(), v.minValue(least), v.maxValue(most));
}

export function integer(least: number, most = Number.MAX_SAFE_INTEGER) {
  return v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most));
}

/** A count of samples on the server's timeline. */
export const position = integer(0);
export const blocks = integer(0);
export const bucketNumber = v.pipe(
  integer(1, MAX_BUCKETS),
  v.transform((bucket): BucketNumber => bucket),
);
/** Text or null; missing counts as null. */
export const textOrNull = v.nullish(text, null);
export const numberOrNull = v.nullish(number, null);
