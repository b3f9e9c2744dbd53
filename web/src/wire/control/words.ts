// The words of songs, and marks (PROTOCOL.md section 3).
import * as v from 'valibot';
import { integer, position, text } from './fields.js';

/** The words of a song as a list shows them. */
export const sheet = v.object({
  id: text,
  title: text,
  /** plain, lrc, chordpro, or what later servers know. */
  format: text,
  /** How many lines it has, and how many of them have a time. */
  lines: integer(0),
  timed: integer(0),
  /** Another one after every change of its text or times. */
  version: integer(1),
});
export type Sheet = v.InferOutput<typeof sheet>;

/** The character of the line before which it stands, from 0, and its name. */
export const chord = v.tuple([integer(0), text]);
export type Chord = v.InferOutput<typeof chord>;

export const sheetLine = v.object({
  text,
  chords: v.nullish(v.array(chord), []),
  /** From the music's start; null: not timed. */
  at_ms: v.nullish(integer(0), null),
  /** What begins with it, such as “Chorus”. */
  section: v.nullish(text, ''),
});
export type SheetLine = v.InferOutput<typeof sheetLine>;

/** Something that happens where this position is heard. */
export const mark = v.object({ id: text, position, kind: text, payload: v.nullish(text, '') });
export type Mark = v.InferOutput<typeof mark>;

/** The kind of marks that say which line is sung; the payload is its number, from 0. */
export const LINE_MARK = 'line';

export const WORDS_MESSAGES = [
  v.object({ type: v.literal('sheets'), sheets: v.array(sheet) }),
  v.object({ type: v.literal('mark'), mark }),
  /** Those that were set before one came. */
  v.object({ type: v.literal('marks'), marks: v.array(mark) }),
] as const;

export type WordsCommand =
  | { type: 'words'; words: string | null }
  | { type: 'rename_sheet'; sheet: string; title: string }
  | { type: 'delete_sheet'; sheet: string }
  | { type: 'mark'; mark: Mark };
