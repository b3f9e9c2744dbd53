// What is said in writing (PROTOCOL.md section 3).
import * as v from 'valibot';
import { flag, integer, text } from './fields.js';

export const line = v.object({
  /** A later one has a larger number. */
  id: text,
  person: text,
  /** As she was called then. */
  name: text,
  text,
  /** Since the epoch, in ms. */
  at: integer(0),
  /** It stands out and stays. */
  announcement: v.nullish(flag, false),
});
export type Line = v.InferOutput<typeof line>;

export const CHAT_MESSAGES = [
  v.object({ type: v.literal('said'), line }),
  /** What was said before one came, the oldest first; a long list comes in several. */
  v.object({ type: v.literal('chat_history'), lines: v.array(line) }),
  /** A line was taken away. */
  v.object({ type: v.literal('unsaid'), line: text }),
] as const;

export type ChatCommand =
  | { type: 'say'; text: string }
  /** Of leader, organisers and engineers. */
  | { type: 'announce'; text: string }
  | { type: 'unsay'; line: string };
