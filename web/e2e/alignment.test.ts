// A singer's voice lands on the position that she heard, to the sample: through her worklet, encoder, socket, a shard, the mix, another page's
// decoder and worklet.
// Her sound card is a loop (sound_card.ts): what she hears is what she sings, so her voice must be found at the track's own positions.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enter, hear, openBrowser, visit } from './browser.js';
import { Server } from './server.js';
import { loopedSoundCard } from './sound_card.js';
import { bursts, find, writeWav } from './sounds.js';

let folder: string;
let server: Server;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roundelay-sounds-'));
  server = await Server.start(2);
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('a voice is heard by the next bucket at the positions at which it was sung', async () => {
  const left = bursts(40, 48_000, 5, 0.05);
  const right = left.map((sample) => sample * 0.5);
  const file = join(folder, 'track.wav');
  writeWav(file, left, right, 48_000);
  const { link } = await server.makeRoom({ name: 'Alignment' });

  const singer = await visit(browser, { script: loopedSoundCard('both') });
  await enter(server, singer, link, 'Ann', 'singer');
  await singer.page.click('button:has-text("Lead a song")');
  await singer.page.setInputFiles('input[type=file]', file);
  await singer.page.click('.track-row .track');
  await singer.page.waitForSelector('.track-row .track.chosen');
  const listener = await visit(browser);
  await enter(server, listener, link, 'Ben', 'listener');
  // Only the voice: the listener's own backing track is off.
  await listener.page.fill('#backing-volume', '0');
  await singer.page.click('button:has-text("Start the song")');
  await listener.page.waitForSelector('.status.on');
  await listener.page.waitForTimeout(2_000);

  const [own, heard] = await Promise.all([hear(singer, 4), hear(listener, 4)]);
  const details = await listener.page.evaluate(() => window.roundelayStats?.());
  const sung = await singer.page.evaluate(() => window.roundelayStats?.());
  const start = (details?.sound.anchor?.end ?? 0) - left.length;

  const track = find(own, left, start, 480);
  expect(track.lag).toBe(0);
  expect(track.correlation).toBeGreaterThan(0.97);
  expect(track.gain).toBeCloseTo(0.192, 2);

  // The microphone is the mean of left and right; a leader's voice is raised by 6 dB, and the mix of one voice by 1.2.
  const middle = left.map((sample) => sample * 0.75);
  const voice = find(heard, middle, start, 480);
  expect(voice.lag).toBe(0);
  expect(voice.correlation).toBeGreaterThan(0.97);
  expect(voice.gain / (0.192 * 1.995799 * 1.2)).toBeCloseTo(1, 1);

  expect(details?.sound.missingFrames).toBe(0);
  expect(details?.sound.receiver.blocksLost).toBe(0);
  expect(sung?.sound.sender?.blocksMissed).toBe(0);
  expect(sung?.loop?.latePercent).toBe(0);
  expect(sung?.loop?.loopMs).toBeLessThan(500);
  expect([...singer.complaints, ...listener.complaints]).toEqual([]);
  console.log(`loop time in Chromium: ${sung?.loop?.loopMs} ms, of which the sound card is ${sung?.roundTrip.totalMs.toFixed(1)} ms`);
});
