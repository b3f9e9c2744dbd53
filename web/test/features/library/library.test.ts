import { describe, expect, it } from 'vitest';
import {
  ACCOUNT_PATH,
  albumPath,
  ALBUMS_PATH,
  artistPath,
  ARTISTS_PATH,
  FAVOURITES_PATH,
  HOUSE_PATH,
  invitationIn,
  LIBRARY_PATH,
  mayChange,
  mayUpload,
  playlistPath,
  songPath,
} from '../../../src/features/library/library.js';
import { titleOf } from '../../../src/features/library/uploads.js';
import { moved, ownPlaylists } from '../../../src/features/library/lists.js';
import { changesOf, draftOf, fieldsOf, isAddress } from '../../../src/features/library/song_fields.js';
import type { LibraryAccount } from '../../../src/net/library.js';
import type { Playlist } from '../../../src/net/library_lists.js';
import { routeOf } from '../../../src/page/routes.js';
import { songNamed } from './samples.js';

const account = (role: LibraryAccount['role'], id = 3): LibraryAccount => ({ id, username: 'Ann', role });

describe('a title', () => {
  it.each([
    ['Dona nobis pacem.mp3', 'Dona nobis pacem'],
    ['dona_nobis.flac', 'dona nobis'],
    ['Op. 3 No. 5.wav', 'Op. 3 No. 5'],
    ['Schubert D. 839 (take_2).m4a', 'Schubert D. 839 (take_2)'],
    ['.mp3', '.mp3'],
    ['no kind', 'no kind'],
  ])('of %s', (file, title) => {
    expect(titleOf(file)).toBe(title);
  });
});

describe('who may', () => {
  it('change a song: who brought it, and curators', () => {
    const own = songNamed('Dona', { uploader_id: 3 });
    const nobodys = songNamed('Dona');
    expect([mayChange(null, own), mayChange(account('member'), own), mayChange(account('member', 4), own)]).toEqual([false, true, false]);
    expect([mayChange(account('member'), nobodys), mayChange(account('curator', 4), nobodys), mayChange(null, nobodys)]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('upload: who is logged in, and everybody where the library says so', () => {
    const rules = { registration: 'open', anonymous_uploads: false, account_mb: 0, all_mb: 0 } as const;
    expect([mayUpload(null, rules), mayUpload(account('member'), rules), mayUpload(null, { ...rules, anonymous_uploads: true })]).toEqual([
      false,
      true,
      true,
    ]);
  });
});

describe('addresses', () => {
  it('lead to the library, to a song and to lists', () => {
    expect(routeOf(LIBRARY_PATH)).toEqual({ page: 'library', at: { view: 'songs' } });
    expect(routeOf(songPath(12))).toEqual({ page: 'library', at: { view: 'song', id: 12 } });
    expect(routeOf(playlistPath(3))).toEqual({ page: 'library', at: { view: 'playlist', id: 3 } });
    expect(routeOf(FAVOURITES_PATH)).toEqual({ page: 'library', at: { view: 'favourites' } });
    expect(routeOf(artistPath(4))).toEqual({ page: 'library', at: { view: 'artist', id: 4 } });
    expect(routeOf(albumPath(5))).toEqual({ page: 'library', at: { view: 'album', id: 5 } });
    expect([ARTISTS_PATH, ALBUMS_PATH, HOUSE_PATH, ACCOUNT_PATH].map(routeOf)).toEqual(
      ['artists', 'albums', 'settings', 'account'].map((view) => ({ page: 'library', at: { view } })),
    );
    for (const path of ['/library/', '/library/songs/7/']) expect(routeOf(path).page).toBe('library');
    for (const path of [
      '/library/songs/0',
      '/library/songs/x',
      '/library/songs/1/2',
      '/library/songs',
      '/library/others',
      '/library/settings/1',
      '/librarys',
    ])
      expect(routeOf(path).page).toBe('nowhere');
  });

  it('bring an invitation', () => {
    expect([invitationIn('#invitation=a%2Bb'), invitationIn('#x=1'), invitationIn('')]).toEqual(['a+b', '', '']);
  });
});

describe('playlists', () => {
  const list = (id: number, more: Partial<Playlist> = {}): Playlist => ({
    id,
    name: 'Rounds',
    comment: '',
    owner_id: 3,
    owner: 'Ann',
    private: true,
    rule: null,
    ...more,
  });

  it('take songs by hand where they are one’s own and follow no rule', () => {
    const all = [list(1), list(2, { owner_id: 4 }), list(3, { rule: { match: 'all', rules: [{ has_words: true }], order: 'title', most: 100 } })];
    expect(ownPlaylists(all, account('member')).map(({ id }) => id)).toEqual([1]);
    expect([ownPlaylists(all, null), ownPlaylists(null, account('member'))]).toEqual([[], []]);
  });

  it('are put into another order, one song at a time', () => {
    expect([moved(['a', 'b', 'c'], 0, 1), moved(['a', 'b', 'c'], 2, 1)]).toEqual([
      ['b', 'a', 'c'],
      ['a', 'c', 'b'],
    ]);
  });
});

describe('the form of a song', () => {
  const song = songNamed('Dona', { artist: 'Anon', album: null, year: 1600, tempo_bpm: null, uploader_id: 3, private: true });

  it('has the fields that the server keeps', () => {
    expect(fieldsOf(song)).toEqual(['artist', 'album', 'year', 'tempo_bpm']);
    expect(draftOf(song)).toEqual({ title: 'Dona', isPrivate: true, fields: { artist: 'Anon', album: '', year: '1600', tempo_bpm: '' } });
  });

  it('sends what was changed, and nothing else', () => {
    expect(changesOf(song, draftOf(song))).toEqual({});
    const draft = { title: ' Dona nobis ', isPrivate: false, fields: { artist: ' ', album: 'Rounds', year: '1602', tempo_bpm: '72.5' } };
    expect(changesOf(song, draft)).toEqual({ title: 'Dona nobis', private: false, artist: null, album: 'Rounds', year: 1602, tempo_bpm: 72.5 });
  });

  it('lets the server refuse a number that is none', () => {
    expect(changesOf(song, { ...draftOf(song), fields: { year: 'old' } })).toEqual({ year: 'old' });
    expect(changesOf(song, { ...draftOf(song), fields: { tempo_bpm: '66,5' } })).toEqual({ tempo_bpm: 66.5 });
  });

  it('follows no link that is a script', () => {
    expect(['https://x.org', 'HTTP://x.org', 'javascript:alert(1)', ' https://x.org'].map(isAddress)).toEqual([true, true, false, false]);
  });
});
