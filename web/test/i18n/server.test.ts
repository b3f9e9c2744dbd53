// The languages of what the server says, held against tests/golden/sentences.json: the server's own table (server/base/sentences.cpp).
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en/index.js';
import { LANGUAGES, type Language } from '../../src/i18n/languages.js';
import { said } from '../../src/i18n/server.js';
import { speak } from '../../src/i18n/words.js';
import type { Words } from '../../src/i18n/en/index.js';

const golden = JSON.parse(readFileSync(new URL('../../../tests/golden/sentences.json', import.meta.url), 'utf8')) as Record<string, string>;

async function wordsIn(language: Language): Promise<Words> {
  if (language === 'en') return en;
  return ((await import(`../../src/i18n/${language}/index.ts`)) as { words: Words }).words;
}

const valuesOf = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

describe('what the server says', () => {
  afterEach(() => speak('en', en));

  it('is in English word for word what the server says itself', () => {
    expect(en.server).toEqual(golden);
  });

  it.each(LANGUAGES)('has every sentence with its values in %s', async (language) => {
    const sentences: Record<string, string> = (await wordsIn(language)).server;
    expect(Object.keys(sentences).sort()).toEqual(Object.keys(golden).sort());
    const wrong = Object.entries(golden).filter(([code, english]) => valuesOf(sentences[code] ?? '').join() !== valuesOf(english).join());
    expect(wrong.map(([code]) => code)).toEqual([]);
    // A sentence that was only copied.
    const same = Object.entries(golden).filter(([code, english]) => language !== 'en' && sentences[code] === english);
    expect(same.map(([code]) => code)).toEqual([]);
  });

  it('is said in the language of the page', async () => {
    speak('de', await wordsIn('de'));
    expect(said('Ann leads.', { sentence: 'leads', values: { name: 'Ann' } })).toBe('Ann leitet.');
    expect(said('Ann moved you to group 3.', { sentence: 'moved_you_to_group', values: { name: '{group}', group: 3 } })).toBe(
      '{group} hat dich in Gruppe 3 gestellt.',
    );
  });

  it('is English where the server says more than the page knows', async () => {
    speak('de', await wordsIn('de'));
    expect(said('The moon is full.', { sentence: 'moon_is_full' })).toBe('The moon is full.');
    expect(said('This is new.', { sentence: 'toString' })).toBe('This is new.');
    expect(said('Ann leads.', { sentence: 'leads', values: {} })).toBe('Ann leads.');
    expect(said('For authors.', {})).toBe('For authors.');
  });
});
