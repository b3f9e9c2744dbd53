import { describe, expect, it } from 'vitest';
import { renderToString } from 'preact-render-to-string';
import { DuplicatesPage } from '../../../src/features/library/duplicates_page.js';
import { Library } from '../../../src/features/library/library.js';
import { TendAlbum } from '../../../src/features/library/tend_part.js';

const libraryOf = (role: 'member' | 'curator'): Library => {
  const library = new Library();
  library.account.value = { id: 3, username: 'Ann', role };
  return library;
};

describe('what curators do', () => {
  it('is for curators', () => {
    expect(renderToString(<DuplicatesPage library={libraryOf('member')} />)).toContain('Only curators of the library can do this.');
    const html = renderToString(<DuplicatesPage library={libraryOf('curator')} />);
    for (const words of ['Artists', 'Albums', 'Songs', 'Choose which stays']) expect(html).toContain(words);
  });

  it('corrects an album, whose year is digits', () => {
    const row = { id: 4, title: 'Canons', artist_id: 2, artist: 'Choir', year: 1723, cover: null, own_cover: false, songs: 3, length_ms: 1 };
    const html = renderToString(<TendAlbum row={row} library={libraryOf('curator')} onChange={() => undefined} />);
    expect(html).toMatch(/id="album-title"[^>]*value="Canons"/);
    expect(html).toMatch(/id="album-year"[^>]*pattern="\[0-9\]\{1,4\}"[^>]*value="1723"/);
    expect(html).toContain('Delete ...');
  });
});
