// Who comes in is heard as a chime, between songs alone; who gives no sign of life is asked, and listens only when she does not answer.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { ASK_MS, GIVE_UP_MS } from '../src/features/idle/idle.js';
import { CHIME_EVERY_MS } from '../src/features/chime/chime.js';
import { enter, visit } from './browser.js';
import { faults } from './faults.js';
import { madeUp } from './microphones.js';
import { picture } from './pictures.js';
import { stageOf } from './stage.js';

const stage = stageOf(1);

/** The page's clock can be put forward, and the notes of its chime are counted. */
const WATCHED = `${madeUp}
(() => {
  const now = Date.now.bind(Date);
  window.aheadMs = 0;
  Date.now = () => now() + window.aheadMs;
  window.notes = 0;
  const make = AudioContext.prototype.createOscillator;
  AudioContext.prototype.createOscillator = function () {
    window.notes++;
    return make.call(this);
  };
})();`;

const later = (page: Page, ms: number): Promise<void> =>
  page.evaluate((more) => {
    (window as unknown as { aheadMs: number }).aheadMs += more;
  }, ms);
const notes = (page: Page): Promise<number> => page.evaluate(() => (window as unknown as { notes: number }).notes);

it('a newcomer is heard, and who is silent for long is asked, and listens only in the end', async () => {
  const { link } = await stage.server.makeRoom({ name: 'Monday choir' });
  const visitor = await visit(stage.browser, { script: WATCHED, context: { bypassCSP: true } });
  const { page } = visitor;
  await enter(stage.server, visitor, link, 'Ann', 'singer');
  const came = await page.evaluate(() => performance.now());
  await page.evaluate(() => window.voice.set(0, 0));
  await page.waitForFunction((until) => performance.now() > until, came + CHIME_EVERY_MS);
  expect(await notes(page)).toBe(0);
  const ben = await visit(stage.browser);
  await enter(stage.server, ben, link, 'Ben', 'listener');
  await expect.poll(() => notes(page)).toBe(2);

  const question = '.note:has-text("Are you still there?")';
  await later(page, ASK_MS);
  await page.waitForSelector(question);
  await ben.page.waitForSelector('.person:has-text("Ann"):has-text("away")');
  expect(await faults(page)).toEqual([]);
  await picture(page, 'idle');
  await page.focus(`${question} button`);
  await page.keyboard.press('Enter');
  await page.waitForSelector(question, { state: 'detached' });
  await ben.page.waitForSelector('.person:has-text("Ann"):not(:has-text("away"))');

  // In a song nobody is asked, and nothing rings.
  await page.click('button:has-text("Lead a song")');
  await page.click('button:has-text("Start the song")');
  await page.waitForSelector('.status.on');
  await later(page, ASK_MS);
  const cleo = await visit(stage.browser);
  await enter(stage.server, cleo, link, 'Cleo', 'listener');
  await page.waitForSelector('.person:has-text("Cleo")');
  expect(await page.locator(question).count()).toBe(0);
  expect(await notes(page)).toBe(2);
  await page.click('button:has-text("Stop the song")');
  await page.waitForSelector('button:has-text("Start the song")');

  await later(page, ASK_MS);
  await page.waitForSelector(question);
  await later(page, GIVE_UP_MS);
  await page.waitForSelector('.notice:has-text("You did not answer")');
  await ben.page.waitForSelector('.person:has-text("Ann"):has-text("away")');
  // She comes back: she listens, until she wants to sing again.
  await page.keyboard.press('Shift');
  await page.waitForSelector('.person.you:has-text("listening")');
  await ben.page.waitForSelector('.person:has-text("Ann"):has-text("listening")');
  expect(visitor.complaints).toEqual([]);
  await Promise.all([visitor, ben, cleo].map((one) => one.page.context().close()));
});
