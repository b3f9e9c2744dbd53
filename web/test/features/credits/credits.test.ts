import { describe, expect, it } from 'vitest';
import { EVENING_MS, MOST_SUNG, sheetOf, sheetPage, sheetText, withSung } from '../../../src/features/credits/credits.js';
import type { SungSong } from '../../../src/state/storage.js';
import type { Entry, Track } from '../../../src/wire/control/control.js';

const credits = { artist: 'Traditional', licence: 'CC0-1.0', attribution: 'Sung by <us>', link: 'https://songs.example/1?a=b&c=d' };
const sung = (number: number, atMs: number, title = 'Shenandoah'): SungSong => ({ number, atMs, title, credits });
const track = (id: string, name: string, of?: typeof credits): Track => ({
  id,
  name,
  seconds: 1,
  channels: 1,
  loudness: null,
  ...(of ? { credits: of } : {}),
});
const entry = (of: string, isSung: boolean): Entry => ({ track: of, sung: isSung }) as Entry;

describe('what was sung', () => {
  it('is noted once for each song, and forgotten after a day', () => {
    const evening = withSung(withSung([], sung(1, 1_000)), sung(1, 2_000));
    expect(evening.map(({ atMs }) => atMs)).toEqual([2_000]);
    expect(withSung(evening, sung(2, 2_000 + EVENING_MS)).map(({ number }) => number)).toEqual([2]);
    const many = Array.from({ length: MOST_SUNG }, (_, i) => sung(i, 5_000));
    expect(withSung(many, sung(999, 5_000)).length).toBe(MOST_SUNG);
  });

  it('stands on the sheet once, before what is ticked in the programme', () => {
    const tracks = [track('a', 'Dona', credits), track('b', 'Own upload'), track('c', 'Not sung', credits)];
    const sheet = sheetOf(
      [sung(1, 1_000), sung(2, 2_000), sung(3, -EVENING_MS, 'Old')],
      [entry('a', true), entry('b', true), entry('c', false)],
      tracks,
      3_000,
    );
    expect(sheet.map(({ title }) => title)).toEqual(['Shenandoah', 'Dona']);
  });
});

describe('the sheet', () => {
  const sheet = [{ title: 'Dona & <b>', credits }];

  it('as text', () => {
    expect(sheetText('Credits', sheet)).toBe(
      'Credits\n\nDona & <b>\n  by Traditional\n  Sung by <us>\n  Licence: CC0-1.0\n  Source: https://songs.example/1?a=b&c=d\n',
    );
  });

  it('as a page has nothing of what people wrote as markup', () => {
    const page = sheetPage('Credits "x"', 'en', sheet);
    expect(page).toContain('<strong>Dona &amp; &lt;b&gt;</strong><br>by Traditional<br>Sung by &lt;us&gt;');
    expect(page).toContain('<title>Credits &quot;x&quot;</title>');
    expect(page).not.toContain('<us>');
  });
});
