import { plural } from '../plural.js';

/** What stands behind a number's field: the number itself is in the field. */
interface Counted {
  count: number;
}

export const units = {
  beats: ({ count }: Counted) => plural.en(count, { one: 'beat', other: 'beats' }),
  parts: ({ count }: Counted) => plural.en(count, { one: 'part', other: 'parts' }),
  times: ({ count }: Counted) => plural.en(count, { one: 'time', other: 'times' }),
  seconds: ({ count }: Counted) => plural.en(count, { one: 'second', other: 'seconds' }),
  groups: ({ count }: Counted) => plural.en(count, { one: 'group', other: 'groups' }),
  days: ({ count }: Counted) => plural.en(count, { one: 'day', other: 'days' }),
  milliseconds: 'ms',
  decibel: 'dB',
  decibels: ({ db }: { db: string }) => `${db} dB`,
};
