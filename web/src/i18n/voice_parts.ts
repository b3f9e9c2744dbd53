// The voice parts that rooms have from the first, in the language that is spoken. What is stored and sent stays the English name, so
// that people of several languages sing the same part; names that people gave stand as they are.
import { t } from './words.js';

const USUAL = new Map<string, () => string>([
  ['Soprano', () => t.voices.soprano],
  ['Alto', () => t.voices.alto],
  ['Tenor', () => t.voices.tenor],
  ['Bass', () => t.voices.bass],
]);

/** As people see it; empty stays empty. */
export function partName(part: string): string {
  return USUAL.get(part)?.() ?? part;
}
