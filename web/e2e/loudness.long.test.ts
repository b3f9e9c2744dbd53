// One sings some notes at the door, and is heard by the others as loud as all voices are: through the real page and server.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LoudnessMeter } from '../src/audio/shared/loudness.js';
import { VOICE_LUFS } from '../src/audio/shared/voice_loudness.js';
import { enter, hear, openBrowser, visit, waitWhileHearing } from './browser.js';
import { faults } from './faults.js';
import { madeUp } from './microphones.js';
import { Server } from './server.js';

const DONE_MS = 20_000;
/** The leader's 6 dB and the mix's 1.2 (server/PROTOCOL.md section 5). */
const LEADER_DB = 20 * Math.log10(1.995799 * 1.2);

let server: Server;
let browser: Browser;

beforeAll(async () => {
  server = await Server.start(1);
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** A picture for who wants to look at it. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (folder === undefined) return;
  await page.locator('#loudness').scrollIntoViewIfNeeded();
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

it('a soft voice is measured, refused while it is silent, remembered, and heard at the loudness of all voices', async () => {
  const { link } = await server.makeRoom({ name: 'Monday choir' });
  const singer = await visit(browser, { script: madeUp, context: { viewport: { width: 390, height: 844 }, bypassCSP: true } });
  const { page } = singer;
  await page.goto(server.url + link);
  await page.fill('#your-name', 'Ann');
  await page.click('button:has-text("Try my microphone")');
  await page.waitForSelector('#loudness');

  await page.evaluate(() => window.voice.set(0, 0));
  await page.click('button:has-text("Sing now")');
  await page.waitForSelector('.problem:has-text("your microphone gives no sound at all")', { timeout: DONE_MS });
  await picture(page, 'loudness-refused-390');

  // A tone of 440 Hz and 0.02 of full scale has -34.7 LUFS.
  await page.evaluate(() => window.voice.set(0.1, 0.1));
  await page.click('button:has-text("Sing again")');
  await page.waitForSelector('progress');
  await picture(page, 'loudness-listening-390');
  await page.waitForSelector('.measured:has-text("made louder by 15 dB")', { timeout: DONE_MS });
  expect(await faults(page)).toEqual([]);
  await picture(page, 'loudness-measured-390');

  await page.reload();
  await page.fill('#your-name', 'Ann');
  await page.click('button:has-text("Try my microphone")');
  await page.waitForSelector('.measured:has-text("Measured already. Your voice is made louder by 15 dB")');
  await page.evaluate(() => window.voice.set(0.1, 0.1));
  await page.setViewportSize({ width: 1280, height: 800 });
  await picture(page, 'loudness-door-1280');
  await page.click('button:has-text("Go in")');
  await page.waitForSelector('.bucket.here');
  await page.click('button:has-text("Sound")');
  expect(Number(await page.inputValue('#field-gain-by-hand'))).toBeCloseTo(14.7, 0);
  await picture(page, 'loudness-settings-1280');
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await page.click('button:has-text("Lead a song")');
  const listener = await visit(browser);
  await enter(server, listener, link, 'Ben', 'listener');
  await page.click('button:has-text("Start the song")');
  await listener.page.waitForSelector('.status.on');
  await waitWhileHearing(listener, 1);
  const meter = new LoudnessMeter();
  meter.add((await hear(listener, 2)).samples);
  expect(Math.abs(meter.integrated - (VOICE_LUFS + LEADER_DB))).toBeLessThan(1);
  expect([...singer.complaints, ...listener.complaints]).toEqual([]);
});
