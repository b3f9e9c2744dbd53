// What can be said of a song on its page: as texts of a form, and from there to what the server is to change. Pure.
import type { LibrarySong } from '../../net/library.js';

const TEXTS = ['artist', 'album', 'genre', 'key', 'language', 'licence', 'attribution', 'link'] as const;
const NUMBERS = ['track', 'year', 'tempo_bpm'] as const;
export const FIELDS = ['artist', 'album', 'track', 'genre', 'year', 'key', 'tempo_bpm', 'language', 'licence', 'attribution', 'link'] as const;
export type Field = (typeof FIELDS)[number];

/** Those that this server keeps. */
export function fieldsOf(song: LibrarySong): Field[] {
  return FIELDS.filter((name) => song[name] !== undefined);
}

/** Of a number: what it may look like while one types, as a pattern. */
export function digitsOf(name: Field): string | undefined {
  if (name === 'tempo_bpm') return '\\s*[0-9]{1,3}([.,][0-9]+)?\\s*';
  return NUMBERS.some((one) => one === name) ? '\\s*[0-9]{1,4}\\s*' : undefined;
}

/** A link that may be followed: of the web, and no script. */
export function isAddress(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

/** Empty: it is not known. */
export function fieldText(song: LibrarySong, name: Field): string {
  return String(song[name] ?? '');
}

export interface Draft {
  title: string;
  isPrivate: boolean;
  fields: Partial<Record<Field, string>>;
}

export function draftOf(song: LibrarySong): Draft {
  return { title: song.title, isPrivate: song.private, fields: Object.fromEntries(fieldsOf(song).map((name) => [name, fieldText(song, name)])) };
}

/** What differs; null takes a field away. A number that is none is left to the server to refuse. */
export function changesOf(song: LibrarySong, draft: Draft): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  if (draft.title.trim() !== song.title) changes['title'] = draft.title.trim();
  if (draft.isPrivate !== song.private) changes['private'] = draft.isPrivate;
  for (const name of TEXTS) take(changes, song, draft, name, (text) => text);
  for (const name of NUMBERS) take(changes, song, draft, name, numberOf);
  return changes;
}

/** "72,5" as well. */
function numberOf(text: string): number | string {
  const number = Number(text.replace(',', '.'));
  return Number.isFinite(number) ? number : text;
}

function take(changes: Record<string, unknown>, song: LibrarySong, draft: Draft, name: Field, value: (text: string) => unknown): void {
  const text = draft.fields[name]?.trim();
  if (text === undefined || song[name] === undefined || text === fieldText(song, name)) return;
  changes[name] = text === '' ? null : value(text);
}
