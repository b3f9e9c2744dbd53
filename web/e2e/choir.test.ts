// A choir of real pages: two singers in two buckets, a third page behind them with a file as its microphone, and one that comes in the middle
// of the song. The first singer's voice is the left side of the backing track, the second's the right side, so that each can be found in what the
// others hear.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enter, hear, openBrowser, visit, type Heard, type Visitor } from './browser.js';
import { Server } from './server.js';
import { loopedSoundCard } from './sound_card.js';
import { bursts, find, glide, heights, writeWav } from './sounds.js';

const SECONDS = 90;
const WINDOW_S = 10;
/** The machine may be busy with something else for a while; a fault of the client would show in each window. */
const WINDOWS = 4;

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

/** Gaps and jumps that these visitors have had so far. */
async function gapsOf(visitors: Visitor[]): Promise<number> {
  const counts = await Promise.all(
    visitors.map((visitor) =>
      visitor.page.evaluate(async () => {
        const details = await window.roundelayStats?.();
        return details ? details.gaps + details.sound.missingFrames : NaN;
      }),
    ),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** What the `listening` hear in the first window in which nobody at all has a gap, or in the last one tried. */
async function quietWindow(everyone: Visitor[], listening: Visitor[]): Promise<{ heard: Heard[]; gaps: number }> {
  for (let attempt = 1; ; attempt++) {
    const before = await gapsOf(everyone);
    const heard = await Promise.all(listening.map((visitor) => hear(visitor, WINDOW_S)));
    const gaps = (await gapsOf(everyone)) - before + heard.reduce((sum, one) => sum + one.jumps, 0);
    if (gaps === 0 || attempt === WINDOWS) return { heard, gaps };
  }
}

it('everyone hears those before her at their places, without a gap, also who comes in the middle', async () => {
  const left = bursts(SECONDS, 48_000, 5, 0);
  const right = bursts(SECONDS, 48_000, 11, 0, 0.5);
  const file = join(folder, 'track.wav');
  writeWav(file, left, right, 48_000);
  const { link } = await server.makeRoom({ name: 'Choir' });

  const singer = await visit(browser, { script: loopedSoundCard('left') });
  await enter(server, singer, link, 'Ann', 'singer');
  await singer.page.click('button:has-text("Lead a song")');
  await singer.page.setInputFiles('input[type=file]', file);
  await singer.page.click('.track-row .track');
  await singer.page.waitForSelector('.track-row .track.chosen');
  const ben = await visit(browser, { script: loopedSoundCard('right') });
  await enter(server, ben, link, 'Ben', 'singer');
  await moveTo(ben, 2);
  const cleo = await visit(browser);
  await enter(server, cleo, link, 'Cleo', 'singer');
  await moveTo(cleo, 3);
  // The third page hears voices alone.
  await cleo.page.fill('#backing-volume', '0');
  await singer.page.click('button:has-text("Start the song")');
  await cleo.page.waitForSelector('.status.on');

  const dora = await visit(browser);
  await enter(server, dora, link, 'Dora', 'listener');
  await dora.page.fill('#backing-volume', '0');
  // In Cleo's bucket: nobody hears those beside her, so both must hear the very same.
  await moveTo(dora, 3);
  await dora.page.waitForSelector('.status.on');
  await dora.page.waitForTimeout(1_000);

  const all = [singer, ben, cleo, dora];
  const { heard, gaps } = await quietWindow(all, [cleo, dora]);
  const [atCleo, atDora] = heard as [Heard, Heard];
  expect(gaps).toBe(0);
  const details = await cleo.page.evaluate(() => window.roundelayStats?.());
  const start = (details?.sound.anchor?.end ?? 0) - left.length;

  const sides: [Float32Array, Float32Array] = [left, right];
  const found = [find(atCleo, left, start, 120), find(atCleo, right, start, 120), find(atDora, left, start, 120)];
  const measured = { found, cleo: heights(atCleo, sides, start), dora: heights(atDora, sides, start) };
  expect(found.map((match) => match.lag)).toEqual([0, 0, 0]);
  // Ann sings the left side of the track, at its height of 0.192. Ben hears her (6 dB for the leader, 1.2 for the mix) on both of his sides, and the
  // track's right side, which he sings both. For two people the mix is multiplied by sqrt(3 / 4) and 1.2. The codec takes a little each time.
  const mix = Math.sqrt(3 / 4) * 1.2;
  const ann = 0.192 * 1.995799;
  for (const [ofAnn, ofBen] of [measured.cleo, measured.dora]) {
    expect(ofAnn / (mix * (ann + 1.2 * ann))).toBeGreaterThan(0.8);
    expect(ofAnn / (mix * (ann + 1.2 * ann))).toBeLessThan(1.15);
    expect(ofBen / (mix * 0.192)).toBeGreaterThan(0.8);
    expect(ofBen / (mix * 0.192)).toBeLessThan(1.15);
  }

  expect(details?.sound.sender?.voicesSent).toBeGreaterThan(400);
  expect(details?.sound.receiver.blocksLost).toBe(0);
  expect(all.flatMap((visitor) => visitor.complaints)).toEqual([]);
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
