// What the next song will be (PROTOCOL.md section 3).
import * as v from 'valibot';
import { flag, integer, number, text, textOrNull } from './fields.js';

export const LEAST_BPM = 20;
export const MOST_BPM = 300;
export const MOST_BEATS_PER_BAR = 12;
export const MOST_COUNT_IN_BARS = 2;
export const MOST_ROUND_BEATS = 400;
export const MOST_ROUND_REPEATS = 100;
export const MOST_ROUND_PARTS = 8;

const roundByParts = v.object({
  /** Each part comes in so many beats behind the one before. */
  beats: integer(1, MOST_ROUND_BEATS),
  parts: integer(2, MOST_ROUND_PARTS),
  /** Which of them a voice part of the room sings; who sings none of these sings her group's. */
  voices: v.optional(v.record(text, integer(1, MOST_ROUND_PARTS))),
});

const roundByRepeats = v.object({
  /** After so many beats each voice is heard again, */
  beats: integer(1, MOST_ROUND_BEATS),
  /** so many times. */
  repeats: integer(1, MOST_ROUND_REPEATS),
  /** The leader's voice alone. */
  leader_only: flag,
});
export type RoundByParts = v.InferOutput<typeof roundByParts>;
export type RoundByRepeats = v.InferOutput<typeof roundByRepeats>;

export const round = v.union([roundByParts, roundByRepeats]);
export type Round = v.InferOutput<typeof round>;

export const plan = v.object({
  /** Null: no tempo, and so neither click, count-in nor round. */
  bpm: v.nullish(v.pipe(number, v.minValue(LEAST_BPM), v.maxValue(MOST_BPM)), null),
  beats_per_bar: integer(1, MOST_BEATS_PER_BAR),
  click: flag,
  count_in_bars: integer(0, MOST_COUNT_IN_BARS),
  round: v.nullish(round, null),
  /** The id of the chosen words. */
  words: textOrNull,
  /** The id of the chosen score. */
  score: textOrNull,
});
export type Plan = v.InferOutput<typeof plan>;

/** What earlier servers do not say. */
export const NO_PLAN: Plan = { bpm: null, beats_per_bar: 4, click: false, count_in_bars: 0, round: null, words: null, score: null };

export const PLAN_MESSAGES = [v.object({ type: v.literal('plan'), plan })] as const;

/** What is left out stays; null takes away. Words and score are chosen by commands of their own. */
export type PlanChange = Partial<Omit<Plan, 'words' | 'score'>>;
export type PlanCommand = { type: 'plan' } & PlanChange;
