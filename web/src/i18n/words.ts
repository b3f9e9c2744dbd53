// All sentences of the page in the language that is spoken: `t.door.goIn`, `t.song.leads({ name })`. English is in the start bundle;
// the others come as files of their own. Read `t` where a sentence is shown, never when a module starts: whoever reads it while
// drawing is drawn anew when the language changes.
import { computed, signal } from '@preact/signals';
import { under } from '../base_path.js';
import { en, type Words } from './en/index.js';
import type { Language } from './languages.js';

const spoken = signal<{ language: Language; words: Words }>({ language: 'en', words: en });

export const language = computed(() => spoken.value.language);

function facade(): Words {
  const features = Object.keys(en) as (keyof Words)[];
  const entries = features.map((feature) => [feature, { enumerable: true, get: () => spoken.value.words[feature] }] as const);
  return Object.defineProperties({}, Object.fromEntries(entries)) as Words;
}

export const t: Words = facade();

export function speak(next: Language, words: Words): void {
  spoken.value = { language: next, words };
}

/** The catalogue of a language; it is fetched where it is not here yet. */
export async function wordsOf(next: Language): Promise<Words> {
  if (next === 'en') return en;
  const file = (await import(under(LANGUAGE_URLS[next]))) as { words: Words };
  return file.words;
}
