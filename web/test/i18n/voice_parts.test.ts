// The usual voice parts are said in one's language; names that people gave stay.
import { afterEach, expect, it } from 'vitest';
import { partName } from '../../src/i18n/voice_parts.js';
import { words as de } from '../../src/i18n/de/index.js';
import { en } from '../../src/i18n/en/index.js';
import { speak } from '../../src/i18n/words.js';
import { partProblem } from '../../src/features/order/parts.js';

afterEach(() => speak('en', en));

it('says the usual parts in the language that is spoken, and names that people gave as they are', () => {
  expect(['Soprano', 'Alto', 'Mezzo', ''].map(partName)).toEqual(['Soprano', 'Alto', 'Mezzo', '']);
  speak('de', de);
  expect(['Soprano', 'Alto', 'Tenor', 'Bass', 'Mezzo', '', 'constructor'].map(partName)).toEqual([
    'Sopran',
    'Alt',
    'Tenor',
    'Bass',
    'Mezzo',
    '',
    'constructor',
  ]);
});

it('knows a usual part by its name in either language', () => {
  speak('de', de);
  expect(partProblem('Sopran', ['Soprano'])).not.toBeNull();
  expect(partProblem('Soprano', ['Soprano'])).not.toBeNull();
  expect(partProblem('Mezzo', ['Soprano'])).toBeNull();
});
