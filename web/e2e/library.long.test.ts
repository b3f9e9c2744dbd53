// The song library: an admin invites, a newcomer registers, uploads, corrects a title, hears and finds the song.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { visit } from './browser.js';
import { faults } from './faults.js';
import { folderOf, soundFile, withChair } from './librarians.js';
import { picture } from './pictures.js';
import { melody } from './sounds.js';
import { stageOf } from './stage.js';

const stage = stageOf(1);
const folder = folderOf('library');
withChair(stage);
const SECONDS = 20;
const RATE = 44_100;

const where = (page: Page): Promise<string | null> => page.getAttribute('.library-seek input', 'aria-valuetext');

it('takes a newcomer who was invited, and her song, which is played and found', async () => {
  const chair = await visit(stage.browser);
  await chair.page.goto(stage.server.url);
  await chair.page.click('.library-link a');
  await chair.page.click('button:has-text("Log in")');
  await chair.page.fill('#library-name', 'Chair');
  await chair.page.fill('#library-password', 'a wrong password');
  await chair.page.keyboard.press('Enter');
  await chair.page.waitForSelector('dialog .problem');
  await chair.page.fill('#library-password', 'a long password');
  await chair.page.keyboard.press('Enter');
  await chair.page.click('button:has-text("Invite somebody")');
  await chair.page.click('button:has-text("Make an invitation")');
  const link = await chair.page.inputValue('#library-link');

  const { page } = await visit(stage.browser, { context: { bypassCSP: true } });
  await page.goto(link);
  await page.fill('#library-name', 'Ann');
  await page.fill('#library-password', 'ann sings alto');
  await page.fill('#library-again', 'ann sings alto');
  await picture(page, 'library-register');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.library-who:has-text("Ann")');
  await page.waitForSelector('.library-found:has-text("There are no songs here yet.")');

  await page.setInputFiles('.library-new input[type=file]', soundFile(folder, 'dona_nobis', melody(SECONDS, RATE, 1, 0), RATE));
  await page.click('.library-new .note a');
  await page.waitForSelector('h1:has-text("dona nobis")');
  await page.fill('#song-title', 'Dóna nobis pacem');
  await page.check('.library-form label:has-text("For everybody") input');
  await page.click('.library-form button[type=submit]');
  await page.waitForSelector('h1:has-text("Dóna nobis pacem")');
  await page.waitForSelector('[role=status]:has-text("Saved.")');

  await page.click('.library-one button:has-text("Play")');
  await expect.poll(() => where(page), { timeout: 10_000 }).toMatch(/^0:0[1-9] of 0:20$/);
  await page.waitForSelector('.library-place svg');
  await page.focus('.library-seek input');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => where(page), { timeout: 10_000 }).toMatch(/^0:1\d of 0:20$/);
  await picture(page, 'library-song');

  // What plays goes on from page to page.
  await page.click('a:has-text("All songs")');
  await page.fill('#library-search', 'nothing of that name');
  await page.waitForSelector('.library-found:has-text("No song is called that.")');
  await page.fill('#library-search', 'pacem dona');
  await page.waitForSelector('.library-songs a:has-text("Dóna nobis pacem")');
  await page.click('.library-player button[aria-label^="Pause"]');
  for (const width of [390, 820, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    expect(await faults(page)).toEqual([]);
  }
  await picture(page, 'library-found');

  // It is for everybody now; and whoever has no account is told what to do.
  const stranger = await visit(stage.browser);
  await stranger.page.goto(`${stage.server.url}/library`);
  await stranger.page.waitForSelector('.library-songs a:has-text("Dóna nobis pacem")');
  await stranger.page.waitForSelector('text=Log in to upload songs of your own.');

  // A program of hers may do what she may, until she takes its token away.
  await page.click('a:has-text("Your account")');
  await page.fill('#token-name', 'Notes on the wall');
  await page.keyboard.press('Enter');
  const token = await page.inputValue('#token-secret');
  const asked = async (): Promise<number> =>
    (await fetch(`${stage.server.url}/api/library/auth/me`, { headers: { Authorization: `Bearer ${token}` } })).status;
  expect(await asked()).toBe(200);
  await page.fill('#player-name', 'My phone');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#player-secret');
  await picture(page, 'library-account');
  expect(await faults(page)).toEqual([]);
  await page.click('button:has-text("Take the token away: Notes on the wall")');
  await page.waitForSelector('#token-secret', { state: 'detached' });
  expect(await asked()).toBe(401);

  await page.click('a:has-text("Song library")');
  await page.click('.library-songs a');
  await page.click('button:has-text("Delete ...")');
  await page.click('button:has-text("Yes, delete it for good")');
  await page.waitForSelector('h1:has-text("Song library")');
  await page.click('button:has-text("Log out")');
  await page.waitForSelector('button:has-text("Register")');
});
