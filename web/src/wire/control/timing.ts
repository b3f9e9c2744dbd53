// Who was steadily early or late in the last song (PROTOCOL.md section 3).
import * as v from 'valibot';
import { integer, text } from './fields.js';

export const TIMING_MESSAGES = [
  v.object({ type: v.literal('timing'), song: integer(0), people: v.array(v.object({ id: text, late_ms: integer(-1_000, 1_000) })) }),
] as const;

/** The correction of one's sound card has changed: what was measured counts no more. */
export type TimingCommand = { type: 'corrected' };
