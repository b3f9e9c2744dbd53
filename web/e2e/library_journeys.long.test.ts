// Ways through the song library: a choir leader prepares an evening of eight songs, somebody has no pointer, and the page speaks other languages.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { visit } from './browser.js';
import { faults } from './faults.js';
import { keyboard } from './hands.js';
import { ask, folderOf, goIn, soundFile, withChair } from './librarians.js';
import { picture } from './pictures.js';
import { melody } from './sounds.js';
import { stageOf } from './stage.js';

const stage = stageOf(1);
const folder = folderOf('library-journeys');
withChair(stage);

const RATE = 44_100;
const SONGS = ['1 Kyrie', '2 Gloria', '3 Credo', '4 Sanctus', '5 Benedictus', '6 Agnus Dei', '7 Dona nobis', '8 Ite missa'];

async function well(page: Page, name: string): Promise<void> {
  await picture(page, name);
  for (const width of [375, 768, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    expect([width, await faults(page)]).toEqual([width, []]);
  }
}

async function intoRoom(page: Page): Promise<void> {
  await page.goto(stage.server.url);
  await page.fill('#room-name', 'Sunday');
  await page.click('button:has-text("Make a room")');
  await page.fill('#your-name', 'Chair');
  await page.click('button:has-text("Go in")');
  await page.waitForSelector('.bucket.here');
}

it('prepares an evening of eight songs: all files at once, a playlist, and all of it into the programme', async () => {
  const { page } = await goIn(stage);
  const files = SONGS.map((name, i) => soundFile(folder, name, melody(2, RATE, i + 1, 0.3), RATE));
  await page.setInputFiles('.library-new input[type=file]', [...files].reverse());
  await page.waitForSelector('.library-coming li:nth-child(8) .note', { timeout: 60_000 });
  expect(await page.locator('.library-coming .note').allTextContents()).toHaveLength(8);
  await well(page, 'evening-uploaded');
  await page.click('summary:has-text("A new playlist")');
  await page.fill('#library-list-name', 'Mass');
  await page.click('.library-new-list button[type=submit]');
  await page.waitForSelector('h1:has-text("Mass")');
  await page.click('a:has-text("All songs")');
  await page.selectOption('#library-all-into', { label: 'Mass' });
  await page.click('.library-new button:text-is("Add")');
  await page.waitForSelector('[role=status]:has-text("They are on “Mass” now.")');
  await page.click('button:has-text("Open all of them to everybody")');
  await page.waitForSelector('button:has-text("Open all of them")', { state: 'detached' });
  await page.waitForSelector('.library-private', { state: 'detached' });
  await page.click('.library-songs a:has-text("8 Ite missa")');
  await page.click('summary:has-text("Add words")');
  await page.fill('#song-words', 'Ite, missa est.');
  await page.click('form:has(#song-words) button[type=submit]');
  await page.waitForSelector('form:has(#song-words) [role=status]:has-text("Saved.")');
  await page.fill('#song-key', 'H-Dur');
  await page.click('form:has(#song-title) button[type=submit]');
  await page.waitForSelector('form:has(#song-title) [role=alert]:has-text("A key is written as")');
  await page.fill('#song-key', 'Bm');
  await page.click('form:has(#song-title) button[type=submit]');
  await page.waitForSelector('form:has(#song-title) [role=status]:has-text("Saved.")');
  await well(page, 'evening-song');

  await intoRoom(page);
  await page.click('button:has-text("Lead a song")');
  await page.click('button:has-text("From the library")');
  await page.selectOption('#from-playlist', { label: 'Mass' });
  await page.waitForSelector('.from-library-choice li:nth-child(8):has-text("8 Ite missa")');
  await well(page, 'evening-playlist');
  await page.click('button:has-text("All 8 songs into the programme")');
  await page.waitForSelector('.from-library-choice [role=status]:has-text("8 songs are in the room.")', { timeout: 90_000 });
  expect(await page.locator('.from-library-choice [role=alert]').count()).toBe(0);
  await page.keyboard.press('Escape');
  const named = async (): Promise<string[]> => {
    const text = await page.locator('.programme').first().innerText();
    return [...new Set(text.match(/\d (Kyrie|Gloria|Credo|Sanctus|Benedictus|Agnus Dei|Dona nobis|Ite missa)/g))];
  };
  await expect.poll(named).toEqual(SONGS);
  await picture(page, 'evening-programme');
  await page.context().close();
});

it('takes somebody without a pointer from registering to a room', async () => {
  await ask((await goIn(stage)).page, 'PATCH', '/', { registration: 'open' });
  const { page } = await visit(stage.browser, { context: { bypassCSP: true } });
  await page.goto(`${stage.server.url}/library`);
  const { press, write, tick } = keyboard;
  await press(page, '.library-account button:has-text("Register")');
  await write(page, '#library-name', 'Keys');
  await write(page, '#library-password', 'only keys here');
  await write(page, '#library-again', 'only keys her');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog [role=alert]:has-text("The two passwords are not the same.")');
  await write(page, '#library-again', 'only keys here');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.library-who:has-text("Keys")');
  // Pressed twice, as one does.
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('library-account');
  const [choice] = await Promise.all([page.waitForEvent('filechooser'), press(page, '.library-new button:has-text("Upload songs")')]);
  await choice.setFiles(soundFile(folder, 'keys_song', melody(4, RATE, 30, 0.3), RATE));
  await press(page, '.library-coming .note a');
  await write(page, '#song-title', 'Song of the keys');
  await tick(page, '.library-form label:has-text("For everybody") input');
  await page.keyboard.press('Enter');
  await page.waitForSelector('h1:has-text("Song of the keys")');
  await press(page, 'a:has-text("All songs")');
  await press(page, 'summary:has-text("A new playlist")');
  await write(page, '#library-list-name', 'Mine');
  await page.keyboard.press('Enter');
  await page.waitForSelector('h1:has-text("Mine")');
  await press(page, 'a:has-text("All songs")');
  await press(page, '.library-songs a:has-text("Song of the keys")');
  await press(page, '.library-into button:text-is("Add")');
  await page.waitForSelector('[role=status]:has-text("It is on “Mine” now.")');
  await press(page, '.library-one button:has-text("Play")');
  await page.waitForSelector('.library-player button[aria-label="Pause Song of the keys"]');
  await well(page, 'keys-song');
  const { link } = await stage.server.makeRoom({ name: 'Keys room' });
  await page.goto(stage.server.url + link);
  await write(page, '#your-name', 'Keys');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.bucket.here');
  await page.goto(`${stage.server.url}/library`);
  await press(page, '.library-songs a:has-text("Song of the keys")');
  await press(page, 'button:has-text("Take it into a room")');
  await press(page, 'dialog button:has-text("Keys room")');
  await page.waitForSelector('dialog [role=status]:has-text("is in the room"), dialog [role=alert], .door, #your-name', { timeout: 60_000 });
  await picture(page, 'keys-room');
  await page.context().close();
});

/** What is cut off, or is no word. */
async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const over = document.documentElement.scrollWidth - innerWidth;
    const found = over > 0 ? [`${over} pixels too wide`] : [];
    for (const one of document.querySelectorAll<HTMLElement>('button, label, a, summary, h1, h2, select, legend, .hint')) {
      if (one.closest('.only-read') || one.classList.contains('only-read') || one.offsetParent === null) continue;
      if (one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline') found.push(`cut off: ${one.textContent}`);
    }
    const text = document.body.innerText;
    for (const key of text.match(/\b(undefined|null|NaN)\b|\[object|\$\{|\b[a-z]+[A-Z]\w*\b/g) ?? []) found.push(`no word: ${key}`);
    return found;
  });
}

it('says all of it in five languages on a phone, with nothing cut off', async () => {
  const { page } = await goIn(stage);
  const table = 'title,artist,album,genre,length\nOne,Anon,First,Folk,1:00\nTwo,Anon,Second,Folk,2:00\nOne,Anon,Third,Folk,2:00';
  await ask(page, 'POST', '/import', { csv: table });
  const { data } = await ask<{ songs: { id: number; title: string; album_id: number; artist_id: number }[] }>(
    page,
    'GET',
    '/songs?genre=folk&order=title',
  );
  const [song] = data.songs;
  await ask(page, 'PUT', `/songs/${song?.id}/favourite`);
  const rule = { match: 'all', rules: [{ genre_is: 'Folk' }], order: 'newest', most: 10 };
  const list = (await ask<{ playlist: { id: number } }>(page, 'POST', '/playlists', { name: 'Folk', rule })).data.playlist.id;
  const pages = ['', `/songs/${song?.id}`, `/playlists/${list}`, '/artists', `/artists/${song?.artist_id}`, '/albums', `/albums/${song?.album_id}`];
  pages.push('/favourites', '/recommended', '/duplicates', '/account', '/settings', '/songs/999999', '/playlists/999999');
  await page.setViewportSize({ width: 375, height: 844 });
  const found: string[] = [];
  const reasons = new Set<string>();
  for (const language of ['de', 'es', 'fr', 'ru', 'en']) {
    await page.goto(`${stage.server.url}/library`);
    await page.selectOption('.language-choice select', language);
    await page.waitForSelector(`html[lang=${language}]`);
    for (const path of pages) {
      await page.goto(`${stage.server.url}/library${path}`);
      await page.waitForSelector('.library-account .library-who');
      await page.waitForSelector('main h1');
      await page.waitForLoadState('networkidle');
      await page.$$eval('main details', (all) => all.forEach((one) => one.setAttribute('open', '')));
      await page.waitForLoadState('networkidle');
      found.push(...(await cutOff(page)).map((what) => `${language} ${path}: ${what}`));
      if (path === '/recommended') reasons.add((await page.locator('.library-why').first().textContent()) ?? '');
      if (language === 'de' || language === 'ru') await picture(page, `lang-${language}${path.replace(/[/]/g, '-').replace(/\d+/, 'N')}`);
    }
  }
  expect(found).toEqual([]);
  expect(reasons.size).toBe(5);
  expect([...reasons]).toContain('You like other songs of Anon.');
  await well(page, 'recommended');
});
