// A person's name as the server will keep it, near enough: it has the last word.
import { t } from '../../i18n/words.js';

/** As many characters as the server takes. */
export const MOST_NAME = 40;

/** For fields, which count UTF-16 units: an emoji takes several for one character. */
export const MOST_NAME_UNITS = 8 * MOST_NAME;

/** Without these, some scripts and emoji look different: the server knows where they are needed. */
const MAYBE_NEEDED = /[\u200C\u200D\p{Variation_Selector}\u{E0020}-\u{E007F}]/u;
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/u;
const SPACES = /[\p{White_Space}\u2800]+/gu;

/** Composed, with single spaces, without what keyboards and address books leave behind unseen; empty where nothing is left to see. */
export function cleanName(typed: string): string {
  const spaced = typed.normalize('NFC').replace(SPACES, ' ');
  const kept = [...spaced]
    .filter((c) => !INVISIBLE.test(c) || MAYBE_NEEDED.test(c))
    .join('')
    .trim();
  return [...kept].some((c) => c !== ' ' && !INVISIBLE.test(c)) ? kept : '';
}

/** What a reader takes for one character counts as one: an emoji of a family, a letter with its accents. */
export function charactersOf(text: string): number {
  return typeof Intl.Segmenter === 'function' ? [...new Intl.Segmenter().segment(text)].length : [...text].length;
}

/** What is wrong with a name, or null. */
export function nameProblem(name: string): string | null {
  if (name === '') return t.door.pleaseGiveYourNameSo;
  return charactersOf(name) > MOST_NAME ? t.door.aNameMayHaveCharacters({ most: MOST_NAME }) : null;
}
