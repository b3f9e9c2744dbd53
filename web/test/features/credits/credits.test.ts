import { describe, expect, it } from 'vitest';
import { sheetOf, sheetPage, sheetText } from '../../../src/features/credits/credits.js';
import { dateText } from '../../../src/i18n/format.js';

const credits = { artist: 'Traditional', licence: 'CC0-1.0', attribution: 'Sung by <us>', link: 'https://songs.example/1?a=b&c=d' };

describe('what was sung', () => {
  it('stands on the sheet once with its times, in the order of the evening, also where nothing is known of it', () => {
    const sheet = sheetOf([
      { song: 3, at: 1_000, title: 'Dona', credits, library_song: 7 },
      { song: 4, at: 2_000, title: 'Own upload' },
      { song: 6, at: 3_000, title: 'Dona', credits },
      { song: 7, at: 4_000, title: 'Dona', credits: { artist: 'Another' } },
    ]);
    expect(sheet).toEqual([
      { title: 'Dona', credits, librarySong: 7, timesMs: [1_000, 3_000] },
      { title: 'Own upload', credits: {}, librarySong: null, timesMs: [2_000] },
      { title: 'Dona', credits: { artist: 'Another' }, librarySong: null, timesMs: [4_000] },
    ]);
  });
});

describe('the sheet', () => {
  const sheet = [{ title: 'Dona & <b>', credits, librarySong: 7, timesMs: [0, 3_600_000] }];
  const [first, second] = [0, 3_600_000].map((ms) => dateText(ms, { timeStyle: 'short' }));

  it('as text', () => {
    expect(sheetText('Credits', sheet)).toBe(
      'Credits\n\nDona & <b>\n  by Traditional\n  Sung by <us>\n  Licence: CC0-1.0\n  Source: https://songs.example/1?a=b&c=d\n' +
        `  Sung at ${first} and ${second}\n`,
    );
  });

  it('as a page has nothing of what people wrote as markup', () => {
    const page = sheetPage('Credits "x"', 'en', sheet);
    expect(page).toContain('<strong>Dona &amp; &lt;b&gt;</strong><br>by Traditional<br>Sung by &lt;us&gt;');
    expect(page).toContain('<title>Credits &quot;x&quot;</title>');
    expect(page).not.toContain('<us>');
  });
});
