// The song library when something goes wrong: the network is away, somebody else deletes or changes what one looks at, a login ends, a table has bad
// rows, an account goes.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { visit } from './browser.js';
import { faults } from './faults.js';
import { ask, bring, folderOf, goIn, logIn, register, soundFile, titles, withChair } from './librarians.js';
import { picture } from './pictures.js';
import { Proxy } from './proxy.js';
import { melody } from './sounds.js';
import { stageOf } from './stage.js';

const stage = stageOf(1);
const folder = folderOf('library-trouble');
withChair(stage);

const RATE = 44_100;
const SIZES = [375, 768, 1280];
const ANN = { name: 'Ann', password: 'ann sings alto' };

/** What is wrong with it in any size. */
async function well(page: Page, name: string): Promise<void> {
  await picture(page, name);
  for (const width of SIZES) {
    await page.setViewportSize({ width, height: 844 });
    expect([width, await faults(page)]).toEqual([width, []]);
  }
}

const file = (name: string, seconds: number, seed: number): string => soundFile(folder, name, melody(seconds, RATE, seed, 0.3), RATE);

interface Songs {
  songs: { id: number; title: string; status: string }[];
}
const songsOf = async (page: Page): Promise<string[]> => {
  const { data } = await ask<Songs>(page, 'GET', '/songs?order=title&limit=500');
  return data.songs.map(({ title, status }) => `${title} ${status}`);
};

it('sends files again when the network is back, each once, and takes none that is no sound', async () => {
  const proxy = await Proxy.start(stage.server.url, 'passes');
  const { page } = await visit(stage.browser, { context: { bypassCSP: true } });
  await page.goto(`${proxy.url}/library`);
  await logIn(page);
  proxy.awayAfterBytes = 1_000_000;
  await page.setInputFiles('.library-new input[type=file]', [file('Broken', 20, 1), file('Later', 2, 2)]);
  await page.waitForSelector('.library-coming li:has-text("is sent again"):has-text("Broken.wav")');
  await page.waitForSelector('.library-coming li:has-text("waits"):has-text("Later")');
  await well(page, 'trouble-offline');
  // What one looks at meanwhile does not stop it.
  await page.click('.library-way a:has-text("Artists")');
  proxy.awayAfterBytes = Infinity;
  proxy.habit = 'passes';
  await page.click('.library-way a:has-text("Song library")');
  await page.waitForSelector('.library-coming .note:has-text("“Later” is in the library.")', { timeout: 30_000 });
  await page.waitForSelector('.library-coming .note:has-text("“Broken” is in the library.")');
  const words = join(folder.path, 'Words.mp3');
  writeFileSync(words, 'Away, you rolling river');
  await page.setInputFiles('.library-new input[type=file]', [words, soundFile(folder, 'The same', melody(2, RATE, 2, 0.3), RATE)]);
  await page.waitForSelector('.library-coming [role=alert]:has-text("“Words.mp3” did not come: This is no sound file")');
  await page.waitForSelector('.library-coming .note:has-text("“The same.wav” was there already, as “Later”.")');
  await well(page, 'trouble-online');
  await page.click('button[aria-label="Leave out Words.mp3"]');
  expect(await songsOf(page)).toEqual(expect.arrayContaining(['Broken UPLOADED', 'Later UPLOADED']));
  expect((await songsOf(page)).filter((one) => one.startsWith('Broken'))).toHaveLength(1);
  await page.context().close();
  await proxy.stop();
});

it('says what is not there any more, and plays on', async () => {
  const { page } = await goIn(stage);
  const other = await goIn(stage);
  const ids = [];
  for (const [i, name] of ['First', 'Second', 'Third'].entries())
    ids.push(await bring(page, file(name, 20, 10 + i), { private: false, genre: 'Gone' }));
  await page.click('summary:has-text("Narrow down")');
  await page.fill('#filter-genre', 'gone');
  await expect.poll(() => titles(page)).toEqual(['First', 'Second', 'Third']);
  await page.click('button[aria-label="Play First"]');
  await page.waitForSelector('.library-player button[aria-label^="Pause"]');
  expect((await ask(other.page, 'DELETE', `/songs/${ids[1]}`)).status).toBe(200);
  await page.click('.library-player button[aria-label="Next song"]');
  await page.waitForSelector('.library-player [role=alert]:has-text("“Second” is not here any more")');
  await page.waitForSelector('.library-now:has-text("Third")');
  await page.waitForSelector('.library-player button[aria-label="Pause Third"]');
  await expect.poll(() => titles(page)).toEqual(['First', 'Third']);
  await well(page, 'trouble-missed');

  // Its page is open, and something was typed.
  await page.click('.library-songs a:has-text("First")');
  await page.fill('#song-title', 'The very first');
  expect((await ask(other.page, 'DELETE', `/songs/${ids[0]}`)).status).toBe(200);
  await page.click('.library-form button[type=submit]');
  await page.waitForSelector('.library-form [role=alert]:has-text("no such song (any more)")');
  expect(await page.inputValue('#song-title')).toBe('The very first');
  await well(page, 'trouble-deleted');
  await page.click('a:has-text("All songs")');
  await expect.poll(() => titles(page)).toEqual(['Third']);
  for (const one of [page, other.page]) await one.context().close();
});

it('asks again for what did not come, by itself once the network is back', async () => {
  const { page } = await goIn(stage);
  const songs: number[] = [];
  for (const [title, artist] of [
    ['Wayfaring', 'Wanderer'],
    ['Waiting', 'Wanderer'],
  ])
    songs.push((await ask<{ song: { id: number } }>(page, 'POST', '/songs', { title, artist })).data.song.id);
  await ask(page, 'POST', '/playlists', { name: 'Far away', songs });
  await page.reload();
  for (const [link, name] of [
    ['.library-songs a:has-text("Wayfaring")', 'Wayfaring'],
    ['.library-lists a:has-text("Far away")', 'Far away'],
  ] as const) {
    await page.waitForSelector(link);
    await page.context().setOffline(true);
    await page.click(link);
    await page.waitForSelector('main button:has-text("Try again")');
    await page.waitForSelector('main [role=alert]:has-text("The server cannot be reached.")');
    await well(page, `trouble-away-${name}`);
    await page.context().setOffline(false);
    await page.waitForSelector(`h1:has-text("${name}")`);
    await page.waitForSelector('main [role=alert]', { state: 'detached' });
    await page.goBack();
  }
  // Where the browser does not know that the server is away, by a press.
  await page.click('.library-way a:has-text("Artists")');
  await page.waitForSelector('main li a:has-text("Wanderer")');
  await page.route('**/api/library/**', (route) => route.abort());
  await page.click('main li a:has-text("Wanderer")');
  await page.waitForSelector('main > button:has-text("Try again")');
  await page.unroute('**/api/library/**');
  await page.click('main > button:has-text("Try again")');
  await page.waitForSelector('h1:has-text("Wanderer")');
  await expect.poll(() => titles(page)).toEqual(['Waiting', 'Wayfaring']);
  expect(await page.locator('main [role=alert]').count()).toBe(0);
  await page.context().close();
});

it('keeps what two windows do to one playlist', async () => {
  const { page } = await goIn(stage);
  const { data: made } = await ask<{ songs: { id: number }[] }>(page, 'GET', '/songs?limit=500');
  expect(made.songs.length).toBeGreaterThan(1);
  const songs = [];
  for (const title of ['Do', 'Re', 'Mi', 'Fa']) songs.push((await ask<{ song: { id: number } }>(page, 'POST', '/songs', { title })).data.song.id);
  const { data } = await ask<{ playlist: { id: number } }>(page, 'POST', '/playlists', { name: 'Scale', songs: songs.slice(0, 3) });
  const path = `${stage.server.url}/library/playlists/${data.playlist.id}`;
  await page.goto(path);
  await expect.poll(() => titles(page)).toEqual(['Do', 'Re', 'Mi']);
  const other = await page.context().newPage();
  await other.goto(`${stage.server.url}/library/songs/${songs[3]}`);
  await other.selectOption('#library-into', { label: 'Scale' });
  await other.click('.library-into button:text-is("Add")');
  await other.waitForSelector('[role=status]:has-text("It is on “Scale” now.")');
  // Three times, as quickly as one can.
  for (let i = 0; i < 2; i++) await page.locator('button[aria-label="Do later"]').click();
  await expect.poll(() => titles(page)).toEqual(['Re', 'Mi', 'Do', 'Fa']);
  await page.waitForSelector('[role=status]:has-text("changed in another window")');
  await well(page, 'trouble-playlist');
  const there = await ask<Songs>(page, 'GET', `/playlists/${data.playlist.id}/songs`);
  expect(there.data.songs.map(({ title }) => title)).toEqual(['Re', 'Mi', 'Do', 'Fa']);
  await ask(page, 'DELETE', `/playlists/${data.playlist.id}`);
  await page.click('button[aria-label="Fa earlier"]');
  await page.waitForSelector('[role=alert]:has-text("no such playlist (any more)")');
  await page.context().close();
});

it('keeps what was typed when the login is ended elsewhere, for who logs in again', async () => {
  await ask((await goIn(stage)).page, 'PATCH', '/', { registration: 'open' });
  const { page } = await visit(stage.browser, { context: { bypassCSP: true } });
  await register(stage, page, ANN);
  const id = await bring(page, file('Hers', 1, 20));
  await page.goto(`${stage.server.url}/library/songs/${id}`);
  await page.fill('#song-title', 'Hers alone');
  await page.click('summary:has-text("Add words")');
  await page.fill('#song-words', 'La la la');

  const elsewhere = await goIn(stage, ANN);
  await elsewhere.page.click('a:has-text("Your account")');
  await well(elsewhere.page, 'trouble-account');
  await elsewhere.page.click('button:has-text("Log it out")');
  await elsewhere.page.waitForSelector('button:has-text("Log it out")', { state: 'detached' });

  await page.click('form:has(#song-title) button[type=submit]');
  await page.waitForSelector('.library-account [role=alert]:has-text("You are not logged in here any more.")');
  await well(page, 'trouble-ended');
  await logIn(page, ANN);
  await page.waitForSelector('#song-title');
  expect([await page.inputValue('#song-title'), await page.inputValue('#song-words')]).toEqual(['Hers alone', 'La la la']);
  await page.click('form:has(#song-title) button[type=submit]');
  await page.waitForSelector('h1:has-text("Hers alone")');
  await page.click('form:has(#song-words) button[type=submit]');
  await page.waitForSelector('form:has(#song-words) [role=status]:has-text("Saved.")');

  // The account goes, and what that means was said before.
  await elsewhere.page.click('a:has-text("Song library")');
  await bring(elsewhere.page, file('Shared', 1, 21), { private: false });
  await elsewhere.page.click('a:has-text("Your account")');
  await elsewhere.page.click('summary:has-text("Delete your account for good")');
  await elsewhere.page.waitForSelector('text=also those that others hear');
  await elsewhere.page.fill('#library-forget', 'not hers');
  await elsewhere.page.keyboard.press('Enter');
  await elsewhere.page.waitForSelector('[role=alert]:has-text("This is not your password.")');
  await well(elsewhere.page, 'trouble-forget');
  await elsewhere.page.fill('#library-forget', ANN.password);
  await elsewhere.page.keyboard.press('Enter');
  await elsewhere.page.waitForSelector('.library-account button:has-text("Register")');
  await expect.poll(() => songsOf(elsewhere.page)).not.toEqual(expect.arrayContaining(['Shared UPLOADED']));
  await page.reload();
  await page.waitForSelector('.library-account button:has-text("Register")');
  for (const one of [page, elsewhere.page]) await one.context().close();
});

it('takes the good rows of a table, tells the bad ones by line and reason, and nothing changes when it comes twice', async () => {
  const { page } = await goIn(stage);
  const table = [
    'title,artist,length,year,link',
    'Good,Anon,3:10,1900,',
    ',Anon,1:00,,',
    'Too old,Anon,1:00,12,',
    'Bad link,Anon,1:00,,javascript:1',
    'Fine,,,,',
  ];
  const csv = { name: 'songs.csv', mimeType: 'text/csv', buffer: Buffer.from(table.join('\n')) };
  await page.click('summary:has-text("Songs from a table")');
  await page.setInputFiles('.library-imports input', csv);
  await page.waitForSelector('.library-imports :text("new 2, changed 0, as before 0")');
  await page.waitForSelector('.library-imports :text("3 lines were not taken.")');
  const lines = await page.locator('.library-imports li').allTextContents();
  expect(lines.map((line) => /^Line \d+/.exec(line)?.[0])).toEqual(['Line 3', 'Line 4', 'Line 5']);
  await expect.poll(() => titles(page)).toEqual(expect.arrayContaining(['Good', 'Fine']));
  await well(page, 'trouble-import');
  await page.setInputFiles('.library-imports input', csv);
  await page.waitForSelector('.library-imports :text("new 0, changed 0, as before 2")');
  await page.setInputFiles('.library-imports input', { name: 'none.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') });
  await page.waitForSelector('.library-imports [role=alert]:has-text("The first line of the table must name its columns")');
  await picture(page, 'trouble-no-table');
  await page.context().close();
});
