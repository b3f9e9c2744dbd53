// The languages against one another: what the type checker cannot see.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { words as de } from '../../src/i18n/de/index.js';
import { en, type Words } from '../../src/i18n/en/index.js';
import { words as es } from '../../src/i18n/es/index.js';
import { words as fr } from '../../src/i18n/fr/index.js';
import { words as ru } from '../../src/i18n/ru/index.js';

type Sentence = string | ((values: Record<string, unknown>) => string);
type Sentences = ReadonlyMap<string, Sentence>;

/** What is really the same in English and in at least one other language. */
const SAME = new Set([
  '/api/openapi.json',
  'Album',
  'Albums',
  'Alto',
  'AudioWorklet',
  'Bass',
  'Chat',
  'Console',
  'Microphone',
  'Microphone {number}',
  'Pages',
  'Programme',
  'Roundelay',
  'SharedArrayBuffer',
  'Solo',
  'Soprano',
  'Tempo',
  'Tenor',
  'Volume',
  'In {seconds} s',
  'dB',
  'ms',
  'robot',
  '{db} dB',
  '{minutes} minutes',
  '{count} GB',
  '{count} MB',
  '{ms} ms',
  '{pages} pages',
  '{seconds} s',
  '{toFixed} ms',
]);

/** What settings of systems are called too, by names of their own. */
const OF_SYSTEMS = new Set(['Microphone', 'Sound']);

/** So much longer than in English, in signs: room for a longer word where the English one is short. */
const LONGER = 8;
const LONGER_TIMES = 1.6;
const COUNTS = [0, 1, 2, 5, 21, 1.5];

/** By feature and name: "door.goIn". */
function sentencesOf(words: Words): Sentences {
  const features = Object.entries(words) as [string, Record<string, Sentence>][];
  return new Map(features.flatMap(([feature, all]) => Object.entries(all).map(([name, one]) => [`${feature}.${name}`, one] as const)));
}

interface Said {
  text: string;
  /** Names of the values that it asks for. */
  asked: string[];
}

/** Each value shows where it is printed, as "{name}", and counts as `count`. */
function say(sentence: Sentence | undefined, count = 5): Said {
  if (sentence === undefined) throw new Error('no such sentence');
  if (typeof sentence === 'string') return { text: sentence, asked: [] };
  const asked = new Set<string>();
  const value = (name: string): unknown => ({ toString: () => `{${name}}`, valueOf: () => count });
  const values = new Proxy<Record<string, unknown>>({}, { get: (_, name) => (asked.add(String(name)), value(String(name))) });
  return { text: String(sentence(values)), asked: [...asked].sort() };
}

function printed(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\w+\}/g)].map(([one]) => one))].sort();
}

function withoutValues(text: string): string {
  return text.replace(/\{\w+\}/g, '');
}

/** The words that stand in quotation marks: names of buttons, most often. */
function quoted(text: string): string[] {
  return [...text.matchAll(/[“«„]\s?([^”»“]+?)\s?[”»“]/g)].map(([, inside]) => inside ?? '');
}

const english = sentencesOf(en);

describe.each(Object.entries({ de, fr, es, ru }))('%s', (language, words) => {
  const other = sentencesOf(words);
  /** The names for which `wrong` finds something, with what it finds. */
  const faults = (wrong: (one: Said, inEnglish: Said, name: string) => string | null): string[] =>
    [...english].flatMap(([name, sentence]) => {
      const found = wrong(say(other.get(name)), say(sentence), name);
      return found === null ? [] : [`${name}: ${found}`];
    });

  it('has the sentences of English and no others', () => {
    expect([...other.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('uses the same values, and shows all that English shows', () => {
    expect(faults((one, inEnglish) => (one.asked.every((name) => inEnglish.asked.includes(name)) ? null : one.asked.join(', ')))).toEqual([]);
    const missing = faults(({ text }, inEnglish) => printed(inEnglish.text).find((value) => !printed(text).includes(value)) ?? null);
    expect(missing).toEqual([]);
  });

  it('is translated', () => {
    const same = faults(({ text }, inEnglish) => (text === inEnglish.text && /\p{L}/u.test(withoutValues(text)) && !SAME.has(text) ? text : null));
    expect(same).toEqual([]);
  });

  it('is short enough for what is laid out for English', () => {
    const long = faults(({ text }, inEnglish, name) => {
      // Of these none stands on a button.
      if (name.startsWith('server.')) return null;
      const most = withoutValues(inEnglish.text).length * LONGER_TIMES + LONGER;
      return withoutValues(text).length > most ? `${text} (${inEnglish.text})` : null;
    });
    expect(long).toEqual([]);
  });

  it('has a form for every number', () => {
    for (const [name, sentence] of other) {
      for (const count of COUNTS) expect(say(sentence, count).text, name).not.toMatch(/undefined|NaN|\[object|^$/);
    }
  });

  it('marks the same words, and writes its own quotation marks', () => {
    const stars = (text: string): number => text.split('*').length;
    expect(faults((one, inEnglish) => (stars(one.text) === stars(inEnglish.text) ? null : one.text))).toEqual([]);
    const wrong = language === 'de' ? /["«»]|”/ : /["“”„]/;
    expect(faults(({ text }) => (wrong.test(text) ? text : null))).toEqual([]);
  });

  it('names buttons as they are named', () => {
    const missing = faults(({ text }, inEnglish, name) => {
      const lost = quoted(inEnglish.text).find((button) => {
        if (name.startsWith('device.') && OF_SYSTEMS.has(button)) return false;
        const named = [...english].filter(([, sentence]) => sentence === button).map(([button]) => other.get(button));
        return named.length > 0 && !quoted(text).some((one) => named.includes(one));
      });
      return lost === undefined ? null : `${text} (${lost})`;
    });
    expect(missing).toEqual([]);
  });

  it('counts down as a screen reader is told to expect (song/status_line.tsx)', () => {
    const { inS, theSongBeginsInS, theSongReachesYouIn, theEndReachesYouIn } = words.song;
    const exact = inS({ seconds: 7 });
    for (const sentence of [theSongBeginsInS, theSongReachesYouIn, theEndReachesYouIn])
      expect(sentence({ seconds: 7 }).endsWith(`${exact.charAt(0).toLowerCase()}${exact.slice(1)}.`), sentence({ seconds: 7 })).toBe(true);
  });
});

describe('French', () => {
  it('has narrow spaces that do not break before ; : ? ! % and within « »', () => {
    const source = readdirSync('src/i18n/fr').map((file) => [file, readFileSync(join('src/i18n/fr', file), 'utf8')] as const);
    // In the files, so that every form of every noun is seen; what is code there stands outside of the quotes.
    const texts = source.flatMap(([file, text]) => [...text.matchAll(/'(?:[^'\\\n]|\\.)*'|`[^`]*`/g)].map(([one]) => `${file}: ${one}`));
    expect(texts.length).toBeGreaterThan(1_000);
    const plain = /[ \u00a0][;?!»%]|[^ ?] :(?! `)|«(?!\u202f)|(?<!\u202f)»|\d \d{3}/;
    const code = /\$\{[^{}]*\}/g;
    expect(texts.filter((one) => plain.test(one.replace(code, '{}')))).toEqual([]);
  });
});

describe('English', () => {
  it('has no sentence that nobody says', () => {
    const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !/^i18n\/\w\w\//.test(file))
      .map((file) => readFileSync(join('src', file), 'utf8'))
      .join('\n');
    const said = new Set([...source.matchAll(/\bt\.(\w+\.\w+)/g)].map(([, name]) => name));
    // What the server says is looked up by its code.
    expect([...english.keys()].filter((name) => !name.startsWith('server.') && !said.has(name))).toEqual([]);
  });
});
