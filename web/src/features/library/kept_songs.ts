// What one looked for in the list of songs, and how far down it was shown, in the browser's history.
import * as v from 'valibot';
import { RULE_ORDERS } from '../../net/library_lists.js';
import { NO_FILTER } from './song_filter.js';

/** As the history calls it. */
export const KEPT_SONGS = 'songs';

const text = v.optional(v.string(), '');
const keptSongs = v.object({
  typed: text,
  filter: v.optional(
    v.object({
      genre: text,
      licence: text,
      key: text,
      shortest: text,
      longest: text,
      slowest: text,
      fastest: text,
      rating: text,
      order: v.optional(v.picklist(RULE_ORDERS), 'title'),
    }),
    NO_FILTER,
  ),
  shown: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(5_000)), 0),
});
export type KeptSongs = v.InferOutput<typeof keptSongs>;

/** Whatever is no such thing is none. */
export function readKeptSongs(value: unknown): KeptSongs | null {
  const read = v.safeParse(keptSongs, value);
  return read.success ? read.output : null;
}
