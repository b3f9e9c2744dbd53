import { describe, expect, it } from 'vitest';
import { renderToString } from 'preact-render-to-string';
import { privateSongs, SharedList } from '../../../src/features/library/private_songs.js';
import type { LibrarySong } from '../../../src/net/library.js';
import { songNamed } from './samples.js';

const MASS = { id: 5, name: 'Mass', comment: '', owner_id: 3, owner: 'Ann', private: false, rule: null };
const ANN = { id: 3, username: 'Ann', role: 'member' } as const;

describe('a playlist for everybody', () => {
  const html = (songs: LibrarySong[], list = MASS): string =>
    renderToString(<SharedList list={list} songs={songs} account={ANN} onChange={() => undefined} share={() => Promise.resolve(null)} />);
  const hers = songNamed('Hers', { id: 1, private: true, uploader_id: 3 });
  const anothers = songNamed('Another’s', { id: 2, private: true, uploader_id: 4 });
  const open = songNamed('Open', { id: 3 });

  it('says how many of its songs others do not hear, and offers to open those that one may', () => {
    expect(html([hers, open, hers, anothers])).toContain('2 of these songs are private: others do not hear them.');
    expect(html([hers, open, hers, anothers])).toContain('Open 1 song to everybody');
    expect(html([anothers])).toContain('1 of these songs is private: others do not hear it.');
    expect(html([anothers])).not.toContain('<button');
  });

  it('says nothing of it where nothing is hidden', () => {
    expect(html([open])).not.toMatch(/private|Private|<button/);
  });

  it('warns before it is one', () => {
    const before = html([hers], { ...MASS, private: true });
    expect(before).toContain('Private songs on it stay hidden from others.');
    expect(before).not.toMatch(/<button|class="note"/);
  });

  it('counts a song once', () => {
    expect(privateSongs([hers, open, hers])).toEqual([hers]);
  });
});
