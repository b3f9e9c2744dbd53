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

/** Beside an English sentence of the server: its code and the values that are named in it. What is no such thing is left out. */
export const toldFields = {
  sentence: v.fallback(v.optional(text), undefined),
  values: v.fallback(v.optional(v.record(text, v.union([text, number]))), undefined),
};
export interface Told {
  sentence?: string | undefined;
  values?: Record<string, string | number> | undefined;
}

/** Why something was not done. */
export interface Failure extends Told {
  english: string;
}

export function failureOf(english: string, { sentence, values }: Told): Failure {
  return { english, ...(sentence === undefined ? {} : { sentence }), ...(values === undefined ? {} : { values }) };
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
