// Words of the chat's panel. Pure.
import { t } from '../../i18n/words.js';

/** What can be said at once, in what a reader takes for a character. */
export const MOST_CHARACTERS = 2_000;

export function unreadWords(count: number): string {
  return t.chat.newLines({ count });
}

/** Only where it comes near the end. */
export function roomLeftWords(text: string): string | null {
  const left = MOST_CHARACTERS - countCharacters(text);
  if (left > 200) return null;
  if (left < 0) return t.chat.tooLongPleaseTakeCharacters({ count: -left });
  return t.chat.roomForMoreCharacters({ left });
}

/** As the server counts; roughly where a browser cannot. */
export function countCharacters(text: string): number {
  if (typeof Intl === 'undefined' || !('Segmenter' in Intl)) return [...text].length;
  return [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].length;
}

/** What a screen reader is told between songs: never more than the last line. */
export function spokenLine(name: string, text: string, announcement: boolean): string {
  return announcement ? t.chat.announcementBy({ name, text }) : `${name}: ${text}`;
}
