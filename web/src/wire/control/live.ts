// The live link: whoever has it hears the room in any player (PROTOCOL.md section 3).
import * as v from 'valibot';
import { integer, text } from './fields.js';

export const live = v.object({
  /** That hear the room by it now. */
  players: integer(0),
  /** Its path on this server; organisers are told it once. */
  link: v.optional(text),
});

export const LIVE_MESSAGES = [v.object({ type: v.literal('live'), live: v.nullable(live) })] as const;

export type LiveCommand = { type: 'open_live' } | { type: 'close_live' };
