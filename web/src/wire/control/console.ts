// The console: faders, levels, and the solo mix (PROTOCOL.md section 3).
import * as v from 'valibot';
import { MOST_VOLUME } from './settings.js';
import { blocks, number, numberBetween, numberOrNull, text } from './fields.js';

const HEARD = ['solo', 'room'] as const;

/** 0 to 2; 1 leaves it as it is. */
const volumes = v.record(text, numberBetween(0, MOST_VOLUME));

/** id, peak, level as it came, level as it is heard, noise (dB below full scale), blocks at full scale, loop time in ms, late blocks in per cent. */
const singerLevels = v.tuple([text, number, number, number, numberOrNull, number, numberOrNull, number]);
export type SingerLevels = v.InferOutput<typeof singerLevels>;

export const faders = v.object({
  type: v.literal('console'),
  /** Of people, by id; those that are not 1. */
  volumes,
  /** Of voice parts, likewise. */
  parts: volumes,
  /** Ids of those who are soloed. */
  solo: v.array(text),
  /** In how many songs of the evening somebody was too late, and in how many she sang; by id, of those who were. */
  late: v.optional(v.record(text, v.tuple([number, number]))),
});
export type Faders = Omit<v.InferOutput<typeof faders>, 'type'>;

export const CONSOLE_MESSAGES = [
  faders,
  v.object({ type: v.literal('levels'), people: v.array(singerLevels) }),
  /** What one hears from now on; of the solo mix how far behind now, null while nobody is soloed. */
  v.object({ type: v.literal('listening'), to: v.picklist(HEARD), offset_blocks: v.nullish(blocks, null) }),
] as const;

export type ConsoleCommand =
  | { type: 'volume'; person: string; volume: number }
  | { type: 'volume'; part: string; volume: number }
  | { type: 'solo'; person: string; on: boolean }
  | { type: 'listen'; to: (typeof HEARD)[number] }
  | { type: 'console'; open: boolean };
