// Other programs that keep the room (PROTOCOL.md section 3).
import * as v from 'valibot';
import { integer, text } from './fields.js';

export const program = v.object({
  id: text,
  name: text,
  /** Since the epoch, in ms. */
  made: integer(0),
});
export type Program = v.InferOutput<typeof program>;

export const PROGRAM_MESSAGES = [v.object({ type: v.literal('programs'), programs: v.array(program) })] as const;

export type ProgramCommand =
  /** Answered by the token in `done`, which needs an `id`. */
  { type: 'program_token'; name: string; id?: number } | { type: 'revoke_token'; program: string };
