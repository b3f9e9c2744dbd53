// What one's other windows hear when an account is deleted or its password changed, in the middle of what they do.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { visit } from './browser.js';
import { faults } from './faults.js';
import { ask, bring, folderOf, goIn, logIn, register, soundFile, withChair } from './librarians.js';
import { picture } from './pictures.js';
import { melody } from './sounds.js';
import { stageOf } from './stage.js';

const stage = stageOf(1);
const folder = folderOf('library-windows');
withChair(stage);

const RATE = 44_100;
const ANN = { name: 'Ann', password: 'ann sings alto' };
const BEA = { name: 'Bea', password: 'bea sings bass' };
const PHONE = 'Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0';
const OUT = 'text=You are not logged in here any more.';
const DELETED = 'text=Your account has been deleted';

const file = (name: string, seconds: number, seed: number): string => soundFile(folder, name, melody(seconds, RATE, seed, 0.3), RATE);

/** Somebody comes back to this window. */
const comeBack = (page: Page): Promise<unknown> => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));

async function opened(beside: Page, path: string, there: string): Promise<Page> {
  const page = await beside.context().newPage();
  await page.goto(`${stage.server.url}/library${path}`);
  await page.waitForSelector(there);
  return page;
}

it('tells each window of an account that was deleted while it played, uploaded, wrote and listed', async () => {
  const { page: chair } = await goIn(stage);
  await ask(chair, 'PATCH', '/', { registration: 'open' });
  const { page: uploading } = await visit(stage.browser, { context: { bypassCSP: true } });
  await register(stage, uploading, ANN);
  const song = await bring(uploading, file('Hers', 20, 1));
  const list = (await ask<{ playlist: { id: number } }>(uploading, 'POST', '/playlists', { name: 'Evening', songs: [song] })).data.playlist.id;
  const playing = await opened(uploading, `/songs/${song}`, '#song-title');
  await playing.click('.library-one button:has-text("Play")');
  await playing.waitForSelector('.library-player button[aria-label="Pause Hers"]');
  const writing = await opened(uploading, `/songs/${song}`, '#song-title');
  await writing.fill('#song-title', 'Mine for ever');
  const listing = await opened(uploading, `/playlists/${list}`, '.library-songs li');
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  await uploading.route('**/api/library/songs/upload', async (route) => {
    await held;
    await route.continue();
  });
  await uploading.setInputFiles('.library-new input[type=file]', [file('Ahead', 1, 2), file('Behind', 1, 3)]);
  await uploading.waitForSelector('.library-coming li:has-text("Behind.wav” waits")');

  const { data } = await ask<{ accounts: { id: number; username: string }[] }>(chair, 'GET', '/accounts');
  const ann = data.accounts.find(({ username }) => username === 'Ann');
  expect((await ask(chair, 'DELETE', `/accounts/${ann?.id}`)).status).toBe(200);
  goOn();
  // What did not come is named, and why.
  await uploading.waitForSelector(DELETED);
  for (const name of ['Ahead', 'Behind'])
    await uploading.waitForSelector(`.library-coming li:has-text("${name}.wav” did not come: This account has been deleted")`);
  await picture(uploading, 'windows-uploading');
  expect(await faults(uploading)).toEqual([]);
  await writing.click('form:has(#song-title) button[type=submit]');
  await writing.waitForSelector(DELETED);
  // Nothing of hers stays where she looked at it.
  await comeBack(listing);
  await listing.waitForSelector(DELETED);
  await listing.waitForSelector('[role=alert]:has-text("no such playlist")');
  await listing.waitForSelector('.library-songs', { state: 'detached' });
  // What the browser has already is heard to its end.
  await comeBack(playing);
  await playing.waitForSelector(DELETED);
  expect(await playing.locator('.library-player button[aria-label="Pause Hers"]').count()).toBe(1);
  await uploading.context().close();
});

it('names the devices, ends the login of the others with the password, and keeps what was being written there', async () => {
  const { page: desk } = await visit(stage.browser, { context: { bypassCSP: true } });
  await register(stage, desk, BEA);
  const { page: phone } = await visit(stage.browser, { context: { bypassCSP: true, userAgent: PHONE } });
  await phone.goto(`${stage.server.url}/library`);
  await logIn(phone, BEA);
  await phone.click('summary:has-text("A new playlist")');
  await phone.fill('#library-list-name', 'Half a name');

  await desk.click('a:has-text("Your account")');
  await desk.waitForSelector('[aria-labelledby=account-logins] li:has-text("Chrome on Linux"):has-text("this browser")');
  await desk.waitForSelector('[aria-labelledby=account-logins] li:has-text("Firefox on Android"):has-text("Log it out")');
  await picture(desk, 'windows-logins');
  await desk.fill('#library-old', BEA.password);
  await desk.fill('#library-new-password', 'bea sings on');
  await desk.fill('#library-new-again', 'bea sings on');
  await desk.keyboard.press('Enter');
  await desk.waitForSelector('[role=status]:has-text("Other browsers are logged out.")');
  expect((await ask(desk, 'GET', '/auth/me')).status).toBe(200);

  await comeBack(phone);
  await phone.waitForSelector(OUT);
  await logIn(phone, { ...BEA, password: 'bea sings on' });
  await phone.waitForSelector('#library-list-name');
  expect(await phone.inputValue('#library-list-name')).toBe('Half a name');
  await phone.context().close();

  // Whoever looks after the accounts is told that it was done; an invitation that is used up is asked about no more.
  const { page: chair } = await goIn(stage);
  await chair.goto(`${stage.server.url}/library/settings`);
  const role = chair.locator('select[aria-label="What Bea may"]');
  const roles = async (): Promise<string[]> => {
    const { data } = await ask<{ accounts: { username: string; role: string }[] }>(chair, 'GET', '/accounts');
    return data.accounts.map(({ username, role }) => `${username} ${role}`);
  };
  // Down to the last one and up again: nothing is given on the way.
  await role.focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp']) await chair.keyboard.press(key);
  expect(await role.inputValue()).toBe('curator');
  expect(await roles()).toContain('Bea member');
  await picture(chair, 'library-role', '[aria-labelledby=library-accounts]');
  await chair.keyboard.press('Tab');
  await chair.keyboard.press('Enter');
  await chair.waitForSelector('[aria-labelledby=library-accounts] [role=status]:has-text("Saved.")');
  expect(await roles()).toContain('Bea curator');
  await ask(chair, 'PATCH', '/', { registration: 'invitation' });
  const { invitation } = (await ask<{ invitation: string }>(chair, 'POST', '/invitations', {})).data;
  const { page: invited } = await visit(stage.browser, { context: { bypassCSP: true } });
  await invited.goto(`${stage.server.url}/library#invitation=${invitation}`);
  await invited.fill('#library-name', 'Cora');
  await invited.fill('#library-password', 'cora is new here');
  await invited.fill('#library-again', 'cora is new here');
  await invited.keyboard.press('Enter');
  await invited.waitForSelector('.library-who:has-text("Cora")');
  expect(invited.url()).not.toContain('invitation');
});
