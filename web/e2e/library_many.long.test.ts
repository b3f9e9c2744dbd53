// Somebody with three thousand songs: taken in from a table, searched, narrowed down, sorted, and found again where she was.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { faults } from './faults.js';
import { ask, goIn, titles, withChair } from './librarians.js';
import { picture } from './pictures.js';
import { stageOf } from './stage.js';

const stage = stageOf(1);
withChair(stage);

const SONGS = 3_000;
const GENRES = ['Folk', 'Gospel', 'Renaissance', 'Pop'];

function table(): Buffer {
  const rows = Array.from({ length: SONGS }, (_, i) => {
    const number = String(i + 1).padStart(4, '0');
    return `Song ${number},Artist ${i % 200},Album ${i % 300},${GENRES[i % GENRES.length]},${1 + (i % 9)}:${String(i % 60).padStart(2, '0')}`;
  });
  return Buffer.from(['title,artist,album,genre,length', ...rows].join('\n'));
}

const down = (page: Page): Promise<number> => page.evaluate(() => Math.round(scrollY));
const status = (page: Page, words: string): Promise<unknown> => page.waitForSelector(`.library-found [role=status]:has-text("${words}")`);

it('finds one of 3,000 songs, and the place where she was, after Back and after a reload', async () => {
  const { page } = await goIn(stage);
  await page.click('summary:has-text("Songs from a table")');
  await page.setInputFiles('.library-imports input', { name: 'all.csv', mimeType: 'text/csv', buffer: table() });
  await page.waitForSelector('.library-imports :text("new 3000, changed 0, as before 0")', { timeout: 90_000 });
  await status(page, 'The first 100 of 3000.');

  // Far down, into a song, and back.
  for (const shown of ['200', '400', '800'])
    await Promise.all([status(page, `The first ${shown} of`), page.click('.library-found button:has-text("Show more")')]);
  const song = page.locator('.library-songs a:has-text("Song 0777")');
  await song.scrollIntoViewIfNeeded();
  const place = await down(page);
  expect(place).toBeGreaterThan(10_000);
  await song.click();
  await page.waitForSelector('h1:has-text("Song 0777")');
  expect(await down(page)).toBe(0);
  await page.goBack();
  await expect.poll(() => down(page)).toBe(place);
  await page.reload();
  await expect.poll(() => down(page), { timeout: 15_000 }).toBe(place);
  expect(await titles(page)).toHaveLength(800);
  await page.goForward();
  await page.waitForSelector('h1:has-text("Song 0777")');
  await expect.poll(() => down(page)).toBe(0);
  await page.reload();
  await page.waitForSelector('h1:has-text("Song 0777")');
  await page.goBack();
  await expect.poll(() => down(page), { timeout: 15_000 }).toBe(place);
  await page.goForward();
  await page.waitForSelector('h1:has-text("Song 0777")');
  await page.click('a:has-text("All songs")');
  await page.waitForSelector('h1:has-text("Song library")');
  expect(await down(page)).toBe(0);

  // Narrowed down, searched with a mistake, sorted: it is so still when one comes back from another house.
  await page.click('summary:has-text("Narrow down")');
  await page.fill('#filter-genre', 'gospel');
  await page.fill('#filter-longest', '1:59');
  await page.selectOption('#filter-order', 'newest');
  await expect.poll(async () => (await titles(page))[0]).toBe('Song 2998');
  await page.fill('#library-search', 'sogn 2962');
  await expect.poll(() => titles(page)).toEqual(['Song 2962']);
  await picture(page, 'many-narrowed');
  await page.click('.brand');
  await page.waitForSelector('h1', { state: 'attached' });
  await page.goBack();
  await expect.poll(() => titles(page)).toEqual(['Song 2962']);
  expect([await page.inputValue('#library-search'), await page.inputValue('#filter-genre')]).toEqual(['sogn 2962', 'gospel']);
  expect(await page.isVisible('#filter-genre')).toBe(true);
  await page.click('button:has-text("Show all again")');
  await page.fill('#library-search', '');
  await status(page, 'of 3000.');
  for (const width of [375, 768, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    expect([width, await faults(page)]).toEqual([width, []]);
  }
  await page.click('.library-way a:has-text("Albums")');
  await page.waitForSelector('.library-albums li');
  await picture(page, 'many-albums');

  // A playlist and favourites that are longer than what the server gives at once.
  interface Songs {
    songs: { id: number; title: string }[];
    total: number;
  }
  const part = async (path: string, from: number): Promise<Songs> => (await ask<Songs>(page, 'GET', `${path}limit=500&offset=${from}`)).data;
  const first = (await part('/songs?order=title&', 0)).songs;
  const ids = [...first, ...(await part('/songs?order=title&', 500)).songs.slice(0, 100)].map(({ id }) => id);
  const list = (await ask<{ playlist: { id: number } }>(page, 'POST', '/playlists', { name: 'Long', songs: ids })).data.playlist.id;
  for (const id of ids.slice(0, 510)) await ask(page, 'PUT', `/songs/${id}/favourite`);
  await page.goto(`${stage.server.url}/library/playlists/${list}`);
  await page.waitForSelector('[role=status]:has-text("The first 200 of 600.")');
  await picture(page, 'many-playlist');
  await page.click('button:has-text("Show more")');
  await page.click('button[aria-label="Song 0600 earlier"]');
  await expect
    .poll(async () => (await part(`/playlists/${list}/songs?`, 500)).songs.slice(-2).map(({ title }) => title))
    .toEqual(['Song 0600', 'Song 0599']);
  expect((await part(`/playlists/${list}/songs?`, 0)).total).toBe(600);
  await page.click('a:has-text("All songs")');
  await page.click('a:has-text("Favourites: 510")');
  await page.waitForSelector('[role=status]:has-text("The first 200 of 510.")');
  await page.click('button:has-text("Show more")');
  await expect.poll(async () => (await titles(page)).length).toBe(510);
});
