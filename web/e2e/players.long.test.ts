// A client of music players that nobody here wrote, npm's subsonic-api, against a real server: everything that its listener does.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SubsonicAPI from 'subsonic-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Server } from './server.js';
import { melody, writeWav } from './sounds.js';

const RATE = 44_100;
let server: Server;
let sound: Buffer;
let password = '';
let token = '';

interface Answer {
  ok: boolean;
  data: { song: { id: number }; password: string; token: string };
}

/** Of the library, by whoever `cookie` says. */
async function library(path: string, init: RequestInit & { headers?: Record<string, string> }): Promise<{ answer: Answer; cookie: string }> {
  const response = await fetch(`${server.url}/api/library${path}`, init);
  const answer = (await response.json()) as Answer;
  expect(answer.ok).toBe(true);
  return { answer, cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
}

const json = (body: unknown, cookie = ''): RequestInit & { headers: Record<string, string> } => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json', ...(cookie === '' ? {} : { Cookie: cookie }) },
  body: JSON.stringify(body),
});

beforeAll(async () => {
  server = await Server.start(1);
  await server.addLibrarian('Ann', 'a long password');
  const { cookie } = await library('/auth/login', json({ username: 'Ann', password: 'a long password' }));
  const folder = mkdtempSync(join(tmpdir(), 'roundelay-players-'));
  const file = join(folder, 'kyrie.wav');
  const samples = melody(2, RATE, 1, 0);
  writeWav(file, samples, samples, RATE);
  sound = readFileSync(file);
  rmSync(folder, { recursive: true });
  const form = new FormData();
  form.append('title', 'Kyrie & Gloria + Credo');
  form.append('file', new Blob([new Uint8Array(sound)]), 'kyrie.wav');
  const { answer } = await library('/songs/upload', { method: 'POST', headers: { Cookie: cookie }, body: form });
  await library(`/songs/${answer.data.song.id}`, {
    ...json({ artist: 'Byrd', album: 'Missa', genre: 'Mass', words: '[00:01.00]Kyrie\n[00:01.50]eleison' }, cookie),
    method: 'PATCH',
  });
  password = (await library('/auth/players', json({ name: 'test' }, cookie))).answer.data.password;
  token = (await library('/auth/tokens', json({ name: 'test' }, cookie))).answer.data.token;
});
afterAll(() => server.stop());

const byDigest = (post = false): SubsonicAPI => new SubsonicAPI({ url: server.url, auth: { username: 'Ann', password }, post });

it('lets in by a digest, by a form and by a key, and nobody else', async () => {
  expect((await byDigest().ping()).status).toBe('ok');
  expect((await byDigest(true).ping()).status).toBe('ok');
  const byKey = new SubsonicAPI({ url: server.url, auth: { apiKey: token } });
  expect((await byKey.ping()).status).toBe('ok');
  const wrong = await new SubsonicAPI({ url: server.url, auth: { username: 'Ann', password: 'wrong' } }).ping();
  expect(wrong).toMatchObject({ status: 'failed', error: { code: 40 } });
  const { openSubsonicExtensions } = await byDigest().getOpenSubsonicExtensions();
  expect(JSON.stringify(openSubsonicExtensions)).toContain('apiKeyAuthentication');
});

it('is browsed, searched, heard, liked and listed', async () => {
  const api = byDigest();
  const { searchResult3 } = await api.search3({ query: '' });
  const song = searchResult3.song?.[0];
  expect(song).toMatchObject({ title: 'Kyrie & Gloria + Credo', artist: 'Byrd', album: 'Missa', genre: 'Mass', suffix: 'wav' });
  const id = song?.id ?? '';
  const { artists } = await api.getArtists();
  const artist = artists.index?.[0]?.artist?.[0];
  expect(artist?.name).toBe('Byrd');
  const album = (await api.getArtist({ id: artist?.id ?? '' })).artist.album?.[0];
  expect((await api.getAlbum({ id: album?.id ?? '' })).album.song?.[0]?.id).toBe(id);
  expect((await api.getAlbumList2({ type: 'newest' })).albumList2.album?.length).toBe(1);

  const heard = Buffer.from(await (await api.stream({ id })).arrayBuffer());
  expect(createHash('sha256').update(heard).digest('hex')).toBe(createHash('sha256').update(sound).digest('hex'));
  expect((await api.getCoverArt({ id: song?.coverArt ?? '' })).headers.get('content-type')).toMatch(/^image\//);
  const { lyricsList } = await api.getLyricsBySongId({ id });
  expect(JSON.stringify(lyricsList)).toContain('{"start":1500,"value":"eleison"}');

  expect((await api.star({ id })).status).toBe('ok');
  expect((await api.setRating({ id, rating: 4 })).status).toBe('ok');
  expect((await api.scrobble({ id })).status).toBe('ok');
  expect((await api.getStarred2()).starred2.song?.[0]).toMatchObject({ id, userRating: 4, playCount: 1 });

  // By a form, in which a space is a plus and a plus is not.
  const form = byDigest(true);
  const { playlist } = await form.createPlaylist({ name: 'Evening + night', songId: [id, id] });
  expect(playlist).toMatchObject({ name: 'Evening + night', songCount: 2 });
  expect((await form.updatePlaylist({ playlistId: playlist.id, songIndexToRemove: [0] })).status).toBe('ok');
  expect((await api.getPlaylist({ id: playlist.id })).playlist.entry?.length).toBe(1);
  expect((await api.deletePlaylist({ id: playlist.id })).status).toBe('ok');
  expect((await api.savePlayQueue({ id: [id], current: id, position: 700 } as never)).status).toBe('ok');
  expect((await api.getPlayQueue()).playQueue).toMatchObject({ current: id, position: 700, username: 'Ann' });
});
