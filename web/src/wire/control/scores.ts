// Scores (PROTOCOL.md section 3).
import * as v from 'valibot';
import { integer, number, text, textOrNull, toldFields } from './fields.js';

export const score = v.object({ id: text, title: text, pages: integer(1) });
export type Score = v.InferOutput<typeof score>;

/** The kind of marks that say which page is shown; the payload is its number, from 0. */
export const PAGE_MARK = 'page';

export const SCORE_MESSAGES = [
  /** Which is chosen stands in the plan. */
  v.object({ type: v.literal('scores'), scores: v.array(score) }),
  /** Of an upload that is being prepared, 0 to 1. */
  v.object({ type: v.literal('score_progress'), name: text, progress: number, error: textOrNull, ...toldFields }),
] as const;

export type ScoreCommand = { type: 'score'; score: string | null } | { type: 'delete_score'; score: string };
