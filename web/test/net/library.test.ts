import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { libraryRules, librarySong, librarySongs, partOf, readLibrary, songAddress } from '../../src/net/library.js';

const SONG = { id: 7, title: 'Dona nobis', hash: 'ab', uploader_id: null, status: 'UPLOADED', private: false, created: 1_800_000_000 };

const wrapped = (data: unknown): unknown => ({ ok: true, errors: [], data });

describe('an answer of the library', () => {
  it('gives its songs', () => {
    const read = readLibrary(librarySongs, wrapped({ songs: [SONG, { ...SONG, id: 8, uploader_id: 3, private: true }], total: 9 }), 200);
    expect(read.ok && read.value.songs.map(({ id, uploader_id: who, private: own }) => [id, who, own])).toEqual([
      [7, null, false],
      [8, 3, true],
    ]);
    expect(read.ok && read.value.total).toBe(9);
  });

  it('says where a list goes on', () => {
    const songs = [SONG, SONG].map((song) => v.parse(librarySong, song));
    expect([partOf(songs, 0, 9).next, partOf(songs, 7, 9).next, partOf([], 2, 9).next]).toEqual([2, null, null]);
  });

  it('tells what a server does not keep from what nobody has said', () => {
    const read = readLibrary(librarySong, wrapped({ ...SONG, artist: null, year: 1723 }), 200);
    expect(read.ok && [read.value.artist, read.value.album, read.value.year]).toEqual([null, undefined, 1723]);
  });

  it.each([
    ['no data', { ok: true }],
    ['a song without a number', wrapped({ total: 1, songs: [{ ...SONG, id: '7' }] })],
    ['a song with the number 0', wrapped({ total: 1, songs: [{ ...SONG, id: 0 }] })],
    ['a year that is a word', wrapped({ total: 1, songs: [{ ...SONG, year: 'old' }] })],
    ['something else', '<html>'],
  ])('is not believed with %s', (_, body) => {
    expect(readLibrary(librarySongs, body, 200)).toMatchObject({ ok: false, status: 200 });
  });

  it('that refuses gives the sentence of the server in the language of the page', () => {
    const body = {
      ok: false,
      errors: [{ code: 'bad_token', message: 'The English.', sentence: 'library_log_in_first', values: {} }, { code: 'x' }],
      data: null,
    };
    expect(readLibrary(libraryRules, body, 401)).toEqual({ ok: false, status: 401, error: 'Please log in to the song library first.' });
    expect(readLibrary(libraryRules, { errors: [{ message: 'Another one.' }] }, 422)).toEqual({ ok: false, status: 422, error: 'Another one.' });
  });

  it('that is none of the library still gets a sentence', () => {
    for (const body of [null, { errors: [] }, 'Bad gateway']) {
      const read = readLibrary(libraryRules, body, 502);
      expect(!read.ok && read.error).toContain('502');
    }
    const read = readLibrary(libraryRules, { error: { message: 'There is nothing at this address.' } }, 404);
    expect(read).toEqual({ ok: false, status: 404, error: 'There is nothing at this address.' });
  });
});

describe('a song’s file', () => {
  it('has an address to be heard and one to be kept', () => {
    expect(songAddress(7)).toBe('/api/library/songs/7/song.mp3');
    expect(songAddress(7, true)).toBe('/api/library/songs/7/song.mp3?download=1');
  });
});
