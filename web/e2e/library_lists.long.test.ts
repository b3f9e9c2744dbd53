// A library in order: songs narrowed down and found with mistakes, a playlist by a rule, duplicates made one, and songs put on playlists.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { visit } from './browser.js';
import { faults } from './faults.js';
import { keyboard } from './hands.js';
import { ask, goIn, titles, withChair } from './librarians.js';
import { picture } from './pictures.js';
import { stageOf } from './stage.js';

const stage = stageOf(1);
withChair(stage);

const TABLE = [
  'title,artist,album,genre,length',
  'Swing low,Choir,Evening,Gospel,2:30',
  'Deep river,Choir,Evening,Gospel,4:10',
  'Ave Maria,Schubert,Lieder,Klassik,5:00',
  'Noël nouvelet,Chœur d’été,Noëls,Folk,3:10',
  'Without an album,Other choir,,Folk,3:00',
  'Another evening,Other choir,Evening,Lied,3:05',
].join('\n');

const unwell = async (page: Page): Promise<void> => expect(await faults(page)).toEqual([]);

it('narrows songs down, keeps a list by a rule, and makes two of one name one', async () => {
  const { page } = await goIn(stage);
  await ask(page, 'POST', '/import', { csv: TABLE });
  await page.reload();
  await expect.poll(() => titles(page)).toHaveLength(6);

  await page.click('summary:has-text("Narrow down")');
  await page.fill('#filter-genre', 'gospel');
  await page.fill('#filter-longest', '3:00');
  await expect.poll(() => titles(page)).toEqual(['Swing low']);
  await unwell(page);
  await page.fill('#filter-genre', 'tango');
  await page.waitForSelector('.library-found:has-text("No song is like that.")');
  await page.click('button:has-text("Show all again")');
  await page.fill('#library-search', 'ave mraia');
  await expect.poll(() => titles(page)).toEqual(['Ave Maria']);
  await page.fill('#library-search', '');

  await page.click('summary:has-text("A new playlist")');
  await page.fill('#library-list-name', 'Short gospels');
  await page.check('label:has-text("A rule chooses") input');
  await page.fill('input[aria-label="its genre is"]', 'Gospel');
  await page.click('button:has-text("One more condition")');
  await page.selectOption('select[aria-label="Condition 2"]', 'length_at_most_ms');
  await page.fill('input[aria-label="it lasts at most (minutes)"]', '3:20');
  await page.click('.library-new-list button[type=submit]');
  await page.waitForSelector('h1:has-text("Short gospels")');
  await expect.poll(() => titles(page)).toEqual(['Swing low']);
  await picture(page, 'library-rule');
  await unwell(page);
  await page.fill('input[aria-label="it lasts at most (minutes)"]', '5');
  await page.click('form:has(#library-rule) button[type=submit]');
  await expect.poll(() => titles(page)).toEqual(['Deep river', 'Swing low']);

  // Two are called the same once a name was corrected.
  await page.click('a:has-text("All songs")');
  await page.click('.library-way a:has-text("Artists")');
  await page.click('a:has-text("Other choir")');
  await page.fill('#artist-name', 'Choir');
  await page.click('form:has(#artist-name) button[type=submit]');
  await page.waitForSelector('form:has(#artist-name) [role=status]:has-text("Saved.")');
  await page.click('a:has-text("Song library")');
  await page.click('a:has-text("Duplicates")');
  await page.waitForSelector('.library-twin:nth-of-type(2)');
  await picture(page, 'library-duplicates');
  await unwell(page);
  await page.click('button:has-text("Make them one")');
  await page.waitForSelector('[role=status]:has-text("is one now.")');
  // What is the same only since then stands there too.
  await page.waitForSelector('[aria-labelledby=duplicates-albums] .library-twin:has-text("Evening")');
  await page.click('a:has-text("Song library")');
  await page.click('.library-way a:has-text("Artists")');
  await page.waitForSelector('li:has-text("Choir"):has-text("4 songs")');
});

it('puts a song on the playlist that was chosen once Add is pressed, and again once that is pressed', async () => {
  const { page } = await goIn(stage);
  const { press } = keyboard;
  const songId = (await ask<{ song: { id: number } }>(page, 'POST', '/songs', { title: 'Put by keys' })).data.song.id;
  const listed: Record<string, number> = {};
  for (const name of ['Advent', 'Alto', 'Mass'])
    listed[name] = (await ask<{ playlist: { id: number } }>(page, 'POST', '/playlists', { name, songs: [] })).data.playlist.id;
  const on = async (name: string): Promise<number> =>
    (await ask<{ songs: unknown[] }>(page, 'GET', `/playlists/${listed[name]}/songs`)).data.songs.length;
  await page.goto(`${stage.server.url}/library/songs/${songId}`);
  const add = '.library-into button:text-is("Add")';
  await page.waitForSelector(`${add}:disabled`);
  await page.waitForSelector('#library-rating');
  await page.context().setOffline(true);
  for (const rating of ['7', '4']) {
    await page.selectOption('#library-rating', rating);
    await page.waitForSelector('.library-liking [role=alert]');
    await expect.poll(() => page.inputValue('#library-rating')).toBe('');
  }
  await page.context().setOffline(false);
  // On their way to Alto, arrow keys pass Advent; letters come back to it.
  await page.focus('#library-into');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('Al');
  expect(await page.locator('#library-into option:checked').textContent()).toBe('Alto');
  await picture(page, 'library-into', '.library-into');
  await press(page, add);
  await page.waitForSelector('.library-into [role=status]:has-text("It is on “Alto” now.")');
  expect([await on('Advent'), await on('Alto'), await on('Mass')]).toEqual([0, 1, 0]);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.library-into [role=status]:has-text("It is on “Alto” already, and was not added again.")');
  expect(await on('Alto')).toBe(1);
  await unwell(page);
  await picture(page, 'library-into-again', '.library-into');
  await press(page, '.library-into button:has-text("Add it again")');
  await page.waitForSelector('.library-into [role=status]:has-text("It is on “Alto” now.")');
  expect(await on('Alto')).toBe(2);
  // The button is gone; the keyboard stays in that part of the page.
  await page.waitForSelector('.library-into button:has-text("Add it again")', { state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.closest('.library-into') !== null)).toBe(true);
  // By a pointer, on another list; the song is on the first one twice then.
  await page.selectOption('#library-into', { label: 'Mass' });
  expect(await page.locator('.library-into [role=status]').textContent()).toBe('');
  await page.click(add);
  await page.waitForSelector('.library-into [role=status]:has-text("It is on “Mass” now.")');
  await page.click(add);
  await page.click('.library-into button:has-text("Add it again")');
  await page.waitForSelector('.library-into [role=status]:has-text("It is on “Mass” now.")');
  await page.goto(`${stage.server.url}/library/playlists/${listed['Alto']}`);
  await expect.poll(() => titles(page)).toEqual(['Put by keys', 'Put by keys']);
  expect([await on('Advent'), await on('Alto'), await on('Mass')]).toEqual([0, 2, 2]);
});

it('says what others do not hear of a playlist that one shares, and opens it to them', async () => {
  const { page } = await goIn(stage);
  const songs: number[] = [];
  for (const title of ['Hidden one', 'Hidden two', 'Open one', 'Late one'])
    songs.push((await ask<{ song: { id: number } }>(page, 'POST', '/songs', { title })).data.song.id);
  await ask(page, 'PATCH', `/songs/${songs[2]}`, { private: false });
  const { data } = await ask<{ playlist: { id: number } }>(page, 'POST', '/playlists', { name: 'Shared', songs: songs.slice(0, 3) });
  const path = `${stage.server.url}/library/playlists/${data.playlist.id}`;
  await page.goto(path);
  await page.waitForSelector('.library-form small:has-text("Private songs on it stay hidden from others.")');
  // Where nothing reaches the server, the box does not say that it is shared, however often one tries.
  const box = page.locator('.library-form label:has-text("For everybody") input');
  await page.context().setOffline(true);
  for (let times = 0; times < 2; times++) {
    await box.click();
    await page.waitForSelector('[role=alert]:has-text("The server cannot be reached.")');
    await expect.poll(() => box.isChecked()).toBe(false);
  }
  await page.context().setOffline(false);
  await keyboard.tick(page, '.library-form label:has-text("For everybody") input');
  await page.waitForSelector('.library-form [role=status]:has-text("2 of these songs are private: others do not hear them.")');
  await page.waitForSelector('.library-main > .hint:has-text("2 of these songs are private")');
  await picture(page, 'library-shared-list');
  await unwell(page);
  const other = (await visit(stage.browser)).page;
  await other.goto(path);
  await expect.poll(() => titles(other)).toEqual(['Open one']);

  // A private song that is put there says so too.
  await page.goto(`${stage.server.url}/library/songs/${songs[3]}`);
  await page.selectOption('#library-into', { label: 'Shared' });
  await page.click('.library-into button:text-is("Add")');
  await page.waitForSelector('.library-into [role=status]:has-text("It is on “Shared” now. Private songs on it stay hidden from others.")');
  await picture(page, 'library-into-shared', '.library-into');
  await page.goto(path);
  await page.waitForSelector('.library-form [role=status]:has-text("3 of these songs are private")');
  await keyboard.press(page, '.library-form button:has-text("Open 3 songs to everybody")');
  await page.waitForSelector('.library-private', { state: 'detached' });
  await page.waitForSelector('.library-form [role=status]:has-text("private")', { state: 'detached' });
  expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
  await other.reload();
  await expect.poll(() => titles(other)).toEqual(['Hidden one', 'Hidden two', 'Open one', 'Late one']);
});
