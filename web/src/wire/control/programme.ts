// The programme of the evening (PROTOCOL.md section 3).
import * as v from 'valibot';
import { flag, text, textOrNull } from './fields.js';
import { plan, type Plan } from './plan.js';

/** A song that was prepared. */
export const entry = v.object({
  id: text,
  title: text,
  /** The id of its track. */
  track: textOrNull,
  /** With its words. */
  plan,
  /** The id of its score. */
  score: textOrNull,
  /** The name of who leads; empty: nobody is named. */
  leader: v.nullish(text, ''),
  /** Only those who prepare the programme see it. */
  hidden: v.nullish(flag, false),
  sung: v.nullish(flag, false),
});
export type Entry = v.InferOutput<typeof entry>;

export const PROGRAMME_MESSAGES = [
  v.object({
    type: v.literal('programme'),
    entries: v.array(entry),
    /** The id of the one that is next, or sung. */
    taken: textOrNull,
    /** Nothing is left out. */
    whole: flag,
  }),
] as const;

/** As it is sent: without an id it is new; words and score may be left out. */
export type EntryWish = Omit<Entry, 'id' | 'plan'> & { id?: string; plan: Omit<Plan, 'words' | 'score'> & Partial<Pick<Plan, 'words' | 'score'>> };

export type ProgrammeCommand =
  | { type: 'put_entry'; entry: EntryWish }
  | { type: 'move_entry'; entry: string; before: string | null }
  | { type: 'remove_entry'; entry: string }
  | { type: 'take_entry'; entry: string };
