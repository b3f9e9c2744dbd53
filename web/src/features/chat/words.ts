// Words of the chat's panel. Pure.

/** What can be said at once, in what a reader takes for a character. */
export const MOST_CHARACTERS = 2_000;

export function unreadWords(count: number): string {
  return count === 1 ? '1 new line' : `${count} new lines`;
}

/** Only where it comes near the end. */
export function roomLeftWords(text: string): string | null {
  const left = MOST_CHARACTERS - countCharacters(text);
  if (left > 200) return null;
  if (left < 0) return `Too long: please take ${-left} characters away.`;
  return `Room for ${left} more characters.`;
}

/** As the server counts; roughly where a browser cannot. */
export function countCharacters(text: string): number {
  if (typeof Intl === 'undefined' || !('Segmenter' in Intl)) return [...text].length;
  return [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].length;
}

/** What a screen reader is told between songs: never more than the last line. */
export function spokenLine(name: string, text: string, announcement: boolean): string {
  return announcement ? `Announcement by ${name}: ${text}` : `${name}: ${text}`;
}
