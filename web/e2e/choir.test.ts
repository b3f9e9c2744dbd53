// A choir of real pages: two singers in two buckets, a third page behind them with a file as its microphone, and one that comes in the middle
// of the song. The first singer's voice is the left side of the backing track, the second's the right side, so that each can be found in what the
// others hear.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enter, hear, openBrowser, visit, type Visitor } from './browser.js';
import { Server } from './server.js';
import { loopedSoundCard } from './sound_card.js';
import { bursts, find, glide, writeWav } from './sounds.js';

const SECONDS = 60;

let folder: string;
let server: Server;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roundelay-sounds-'));
  const microphone = join(folder, 'microphone.wav');
  const voice = glide(10, 44_100, 3);
  writeWav(microphone, voice, voice, 44_100);
  server = await Server.start(2);
  browser = await openBrowser(microphone);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function moveTo(visitor: Visitor, place: number): Promise<void> {
  const button = visitor.page.locator(`.bucket:nth-child(${place}) .bucket-move`);
  if ((await button.count()) > 0) await button.click();
  await visitor.page.waitForSelector(`.bucket.here:nth-child(${place})`);
}

it('everyone hears those before her at their places, without a gap, also who comes in the middle', async () => {
  const left = bursts(SECONDS, 48_000, 5, 0);
  const right = bursts(SECONDS, 48_000, 11, 0);
  const file = join(folder, 'track.wav');
  writeWav(file, left, right, 48_000);
  const { link } = await server.makeRoom({ name: 'Choir' });

  const ann = await visit(browser, { script: loopedSoundCard('left') });
  await enter(server, ann, link, 'Ann', 'singer');
  await ann.page.click('button:has-text("Lead a song")');
  await ann.page.setInputFiles('input[type=file]', file);
  await ann.page.check('.track-row input');
  const ben = await visit(browser, { script: loopedSoundCard('right') });
  await enter(server, ben, link, 'Ben', 'singer');
  await moveTo(ben, 2);
  const cleo = await visit(browser);
  await enter(server, cleo, link, 'Cleo', 'singer');
  await moveTo(cleo, 3);
  for (const visitor of [ben, cleo]) await visitor.page.fill('#master-volume', '1');
  // The third page hears voices alone.
  await cleo.page.fill('#backing-volume', '0');
  await ann.page.click('button:has-text("Start the song")');
  await cleo.page.waitForSelector('.status.on');

  const dora = await visit(browser);
  await enter(server, dora, link, 'Dora', 'listener');
  await dora.page.fill('#backing-volume', '0');
  await moveTo(dora, 4);
  await dora.page.waitForSelector('.status.on');
  await dora.page.waitForTimeout(1_000);

  const before = await cleo.page.evaluate(() => window.roundelayStats?.());
  const [atCleo, atDora] = await Promise.all([hear(cleo, 10), hear(dora, 4)]);
  const after = await cleo.page.evaluate(() => window.roundelayStats?.());
  const start = (after?.sound.anchor?.end ?? 0) - left.length;

  // Ann sings the left side; Ben the right side, and (a mono mix sounds on both sides) what he hears of Ann.
  const ofAnn = find(atCleo, left, start, 120);
  const ofBen = find(atCleo, right, start, 120);
  expect([ofAnn.lag, ofBen.lag]).toEqual([0, 0]);
  expect(ofAnn.correlation).toBeGreaterThan(0.7);
  expect(ofBen.correlation).toBeGreaterThan(0.15);
  // The backing’s factor, two people in the mix, and the mix’s own factor. Short noise is the hardest for the codec, which takes some of it.
  expect(ofBen.gain / (0.192 * Math.sqrt(3 / 4) * 1.2)).toBeCloseTo(1, 0.5);
  const late = find(atDora, left, start, 120);
  expect(late.lag).toBe(0);
  // Dora hears Cleo's loud voice too, so the correlation is small; Ann's height in it is right: three people share the mix instead of two.
  expect(late.gain / ofAnn.gain / Math.sqrt(4 / 5)).toBeCloseTo(1, 0.5);

  expect(atCleo.jumps).toBe(0);
  expect((after?.sound.missingFrames ?? -1) - (before?.sound.missingFrames ?? 0)).toBe(0);
  expect(after?.sound.playout.shifts).toBe(before?.sound.playout.shifts);
  expect(after?.sound.sender?.voicesSent).toBeGreaterThan(400);
  expect([ann, ben, cleo, dora].flatMap((visitor) => visitor.complaints)).toEqual([]);
  console.log('Ann and Ben as Cleo hears them:', ofAnn, ofBen, 'Ann as Dora does:', late);
});

it('a robot choir sings for somebody alone within half a minute', async () => {
  const { page, complaints } = await visit(browser);
  await page.goto(server.url);
  const begun = Date.now();
  await page.click('button:has-text("robot choir")');
  await page.fill('#your-name', 'Maria');
  await page.check('input[value=listener]', { force: true });
  await page.click('button:has-text("Go in")');
  await page.waitForSelector('.status.on', { timeout: 30_000 });
  await page.waitForFunction(() => Number(document.querySelector('.meter')?.getAttribute('aria-valuenow')) > 30);
  expect(Date.now() - begun).toBeLessThan(30_000);
  expect(await page.locator('.person:has-text("robot")').count()).toBe(8);
  expect(complaints).toEqual([]);
});
