// The room's settings (PROTOCOL.md section 3).
import * as v from 'valibot';
import { MAX_BUCKETS } from '../header.js';
import { blocks, flag, integer, numberBetween } from './fields.js';

export const MOST_VOLUME = 2;
export const MOST_LEADER_BOOST_DB = 12;
const LEADER_BOOST_DB = 6.002;

const WAYS = ['automatic', 'by_hand'] as const;

export const settings = v.pipe(
  v.object({
    /** How the interval is chosen: anew for each song from the singers' loop times, or by hand. */
    interval: v.nullish(v.picklist(WAYS), 'by_hand'),
    interval_blocks: blocks,
    first_offset_blocks: blocks,
    buckets: integer(1, MAX_BUCKETS),
    /** Blocks behind now, for each bucket. */
    offsets: v.array(blocks),
    automatic_gain: flag,
    ring_blocks: blocks,
    /** Of the mix; volumes go from 0 to 2, 1 leaves it as it is. */
    volume: v.nullish(numberBetween(0, MOST_VOLUME), 1),
    /** Of the backing, for all. */
    backing_volume: v.nullish(numberBetween(0, MOST_VOLUME), 1),
    leader_boost_db: v.nullish(numberBetween(0, MOST_LEADER_BOOST_DB), LEADER_BOOST_DB),
    /** The server brings everybody to the same loudness. */
    level_match: v.nullish(flag, false),
  }),
  v.check(({ offsets, buckets }) => offsets.length >= buckets, 'offsets are missing'),
);
export type Settings = v.InferOutput<typeof settings>;

export const SETTINGS_MESSAGES = [v.object({ type: v.literal('settings'), settings })] as const;

/** The room's settings that a person may change; what is left out stays. */
export interface SettingsChange {
  interval?: (typeof WAYS)[number];
  /** Sets it by hand. */
  interval_ms?: number;
  buckets?: number;
  automatic_gain?: boolean;
  volume?: number;
  backing_volume?: number;
  leader_boost_db?: number;
  level_match?: boolean;
  first_offset_ms?: number;
}

export type SettingsCommand = { type: 'settings' } & SettingsChange;
