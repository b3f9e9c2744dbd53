// A singer's voice lands on the position that she heard, to the sample: through her worklet, encoder, socket, a shard, the mix, another page's
// decoder and worklet.
// Her sound card is a loop (sound_card.ts): what she hears is what she sings, so her voice must be found at the track's own positions.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { takeTrack, turnBackingDown } from './backing.js';
import { enter, gapsOf, hear, leastDisturbed, LOSSES_ALLOWED, openBrowser, visit, waitWhileHearing, type Visitor } from './browser.js';
import { faults } from './faults.js';
import { picture } from './pictures.js';
import { Server } from './server.js';
import { LOOPED_MS, loopedSoundCard } from './sound_card.js';
import { bursts, find, heights, writeWav } from './sounds.js';

const WINDOW_S = 4;

let folder: string;
let server: Server;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roundelay-sounds-'));
  // By hand: measured for a quiet machine it would be too short for one that becomes busy in the song.
  server = await Server.start(2, { default_interval_ms: 1_000 });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Blocks that these visitors have not heard or not sent so far, and those that came too late for the next bucket. */
async function lostBy(visitors: Visitor[]): Promise<number> {
  const { totals } = await server.status();
  return (await gapsOf(visitors)) + (totals['blocks_late'] ?? NaN) + (totals['blocks_refused'] ?? NaN);
}

it('a voice is heard by the next bucket at the positions at which it was sung', async () => {
  const left = bursts(60, 48_000, 5, 0.05);
  const right = left.map((sample) => sample * 0.5);
  const file = join(folder, 'track.wav');
  writeWav(file, left, right, 48_000);
  const { link } = await server.makeRoom({ name: 'Alignment' });

  const singer = await visit(browser, { script: loopedSoundCard('both') });
  await enter(server, singer, link, 'Ann', 'singer');
  await singer.page.click('button:has-text("Lead a song")');
  await takeTrack(singer, file);
  const height = await turnBackingDown(singer, left, right);
  const listener = await visit(browser);
  await enter(server, listener, link, 'Ben', 'listener');
  // Only the voice: the listener's own backing track is off.
  await listener.page.fill('#backing-volume', '0');
  await singer.page.click('button:has-text("Start the song")');
  await listener.page.waitForSelector('.status.on');
  await waitWhileHearing(listener, 2);

  const { own, heard, lost } = await leastDisturbed(0, async () => {
    const before = await lostBy([singer, listener]);
    const [own, heard] = await Promise.all([hear(singer, WINDOW_S), hear(listener, WINDOW_S)]);
    return { own, heard, lost: (await lostBy([singer, listener])) - before + own.jumps + heard.jumps };
  });
  expect(lost).toBeLessThan(LOSSES_ALLOWED * WINDOW_S * 50 * 3); // two hear, one sings
  const details = await listener.page.evaluate(() => window.roundelayStats?.());
  const sung = await singer.page.evaluate(() => window.roundelayStats?.());
  const start = (details?.sound.anchor?.end ?? 0) - left.length;

  const track = find(own, left, start, 480);
  expect(track.lag).toBe(0);
  expect(track.correlation).toBeGreaterThan(0.97);
  expect(track.gain).toBeCloseTo(height, 2);

  // The microphone is as loud as the louder of left and right; a leader's voice is raised by 6 dB, and the mix of one voice by 1.2.
  const voice = find(heard, left, start, 480);
  expect(voice.lag).toBe(0);
  // Three codecs in a row, of the track, the voice and the mix, leave 0.970 to 0.98 of this sound by themselves, the more the less care the server's
  // encoder takes.
  expect(voice.correlation).toBeGreaterThan(0.965);
  expect(voice.gain / (height * 1.995799 * 1.2)).toBeCloseTo(1, 1);

  // The server may send a listener longer messages at any time, and a singer between songs only.
  expect(details?.sound.playout.roomFor).toBe(5);
  expect(sung?.sound.playout.roomFor).toBe(sung?.sound.playout.blocksPerMessage);

  expect(sung?.loop?.latePercent).toBeLessThan(1);
  expect([...singer.complaints, ...listener.complaints]).toEqual([]);
  console.log(`loop time in Chromium: ${sung?.loop?.loopMs} ms, of which the sound card is ${sung?.roundTrip.totalMs.toFixed(1)} ms`);
});

it('a voice that follows the mix is heard, by the bucket behind it, together with the voice that it followed', async () => {
  const left = bursts(80, 48_000, 5, 0);
  const right = bursts(80, 48_000, 11, 0, 0.5);
  const file = join(folder, 'sides.wav');
  writeWav(file, left, right, 48_000);
  const { link, room, key } = await server.makeRoom({ name: 'Chain' });

  // Ann sings the left side of the backing track; Ben the mix and the right side.
  const ann = await visit(browser, { script: loopedSoundCard('left') });
  await enter(server, ann, link, 'Ann', 'singer');
  await ann.page.click('button:has-text("Lead a song")');
  await takeTrack(ann, file);
  const ben = await visit(browser, { script: loopedSoundCard('right'), context: { bypassCSP: true } });
  await enter(server, ben, link, 'Ben', 'singer');
  const height = await turnBackingDown(ann, left, right);
  await turnBackingDown(ben, left, right);
  await ben.page.click('button:has-text("Sing in group 2"), .bucket.here:nth-child(2)');
  const cleo = await visit(browser, { script: `localStorage.setItem('roundelay.key.${room}', '${key}')`, context: { bypassCSP: true } });
  await enter(server, cleo, link, 'Cleo', 'listener');
  await cleo.page.click('button:has-text("Listen in group 3"), .bucket.here:nth-child(3)');
  await cleo.page.waitForSelector('.bucket.here:nth-child(3)');
  await cleo.page.fill('#backing-volume', '0');
  await ann.page.click('button:has-text("Start the song")');
  await cleo.page.waitForSelector('.status.on');
  await waitWhileHearing(cleo, 2);

  const everyone = [ann, ben, cleo];
  // A single block at the beginning of a burst is an eighth of all that is measured.
  const { heard, lost } = await leastDisturbed(0, async () => {
    const before = await lostBy(everyone);
    const heard = await hear(cleo, WINDOW_S);
    return { heard, lost: (await lostBy(everyone)) - before + heard.jumps };
  });
  expect(lost).toBeLessThan(LOSSES_ALLOWED * WINDOW_S * 50 * 5); // three hear, two sing
  const details = await cleo.page.evaluate(() => window.roundelayStats?.());
  const start = (details?.sound.anchor?.end ?? 0) - left.length;
  expect([find(heard, left, start, 120).lag, find(heard, right, start, 120).lag]).toEqual([0, 0]);
  // Ann's voice has the track's height and is a leader's, raised by 6 dB. Ben hears her in his mix, by 1.2, and adds that. For two people the
  // mix is multiplied by sqrt(3 / 4) and 1.2. The codecs, five in a row for the half of Ann's voice that Ben repeats, leave 0.91 to 0.96 by themselves.
  const mix = Math.sqrt(3 / 4) * 1.2;
  const hers = height * 1.995799;
  const sounds = [left, right].map((samples) => ({ position: start, samples }));
  const [ofAnn, ofBen] = heights(heard, sounds) as [number, number];
  for (const ratio of [ofAnn / (mix * (hers + 1.2 * hers)), ofBen / (mix * height)]) {
    expect(ratio).toBeGreaterThan(0.88);
    expect(ratio).toBeLessThan(1.03);
  }

  // Their microphones hear their loudspeakers.
  const { page } = ben;
  await page.waitForSelector('.note:has-text("Your microphone hears your loudspeaker")');
  await ann.page.waitForSelector('.note:has-text("Put on headphones, or make your sound softer")');
  expect(await faults(page)).toEqual([]);
  await picture(page, 'loudspeaker');
  const verdict = (await page.evaluate(() => window.roundelayStats?.()))?.sound.loudspeaker;
  expect(verdict?.kind === 'open' ? verdict.delayMs : NaN).toBeCloseTo(LOOPED_MS, 0);
  const named = (name: string): string => `.note:has-text("${name}’s microphone hears a loudspeaker")`;
  await cleo.page.waitForSelector(named('Ann'));
  await cleo.page.waitForSelector(named('Ben'));
  expect(await faults(cleo.page)).toEqual([]);
  await picture(cleo.page, 'loudspeakers', named('Ben'));
  await ann.page.click('button:has-text("It is not so")');
  await cleo.page.waitForSelector(named('Ann'), { state: 'detached' });
  expect(await ann.page.locator('.note:has-text("loudspeaker")').count()).toBe(0);
  await page.click('button:has-text("Sing in the last group")');
  await page.waitForSelector('.bucket.here:last-child');
  expect(await page.locator('.note:has-text("loudspeaker")').count()).toBe(0);
  await cleo.page.waitForSelector(named('Ben'), { state: 'detached' });
  // Back in time, and after the song the organiser may put him where he disturbs nobody.
  await page.click('button:has-text("Sing in group 2")');
  await ann.page.click('button:has-text("Stop")');
  await cleo.page.click('button:has-text("Put Ben into the last group")');
  await page.waitForSelector('.bucket.here:last-child');
});
