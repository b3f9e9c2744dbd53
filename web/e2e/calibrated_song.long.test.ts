// Three singers with sound cards of 3, 120 and 380 ms, of which the last one drifts, measure them at the door and sing what they hear: in what the last bucket
// hears, their voices lie within 1 ms of each other, without any number set by hand.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { takeTrack, turnBackingDown } from './backing.js';
import { enter, hear, openBrowser, visit, type Visitor } from './browser.js';
import { measuredCard, SHORTEST_MS, type MeasuredCard } from './measured_card.js';
import { Server } from './server.js';
import { bursts, find, writeWav } from './sounds.js';

const TRACK_S = 90;
const WINDOW_S = 3;
/** A microphone with a clock of its own, as of the last one, moves away from the loudspeaker: by 0.3 ms in the minute from the measuring to the end. */
const CARDS: MeasuredCard[] = [
  { roundTripMs: SHORTEST_MS, reportedMs: 25 },
  { roundTripMs: 120, reportedMs: 0 },
  { roundTripMs: 380, reportedMs: 60, driftPpm: 5 },
];
const FRAMES_PER_MS = 48;

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

async function comeIn(card: MeasuredCard, name: string, link: string): Promise<Visitor> {
  const visitor = await visit(browser, { script: measuredCard(card) });
  const { page } = visitor;
  await page.goto(server.url + link);
  await page.fill('#your-name', name);
  await page.click('button:has-text("Try my microphone")');
  await page.click('.calibration button:has-text("Start")');
  await page.waitForSelector('.calibration .measured:has-text("Measured:")', { timeout: 30_000 });
  await page.click('button:has-text("Go in")');
  await page.waitForSelector('.bucket.here');
  return visitor;
}

async function heardBy({ page }: Visitor): Promise<number> {
  return page.evaluate(async () => (await window.roundelayStats?.())?.sound.heardPosition ?? -Infinity);
}

async function setMuted({ page }: Visitor, muted: boolean): Promise<void> {
  if (((await page.locator('button.mute.muted').count()) === 1) === muted) return;
  await page.click('button.mute');
  await page.waitForSelector(muted ? 'button.mute.muted' : 'button.mute:not(.muted)');
}

it('voices over measured sound cards meet within 1 ms', async () => {
  // No tone: it is like itself a wave later.
  const track = bursts(TRACK_S, 48_000, 9, 0);
  const file = join(folder, 'track.wav');
  writeWav(file, track, track, 48_000);
  const { link } = await server.makeRoom({ name: 'Three cards' });
  const singers: Visitor[] = [];
  for (const [i, card] of CARDS.entries()) singers.push(await comeIn(card, `Singer ${i + 1}`, link));
  const leader = singers[0] as Visitor;
  await leader.page.click('button:has-text("Lead a song")');
  await takeTrack(leader, file);
  for (const singer of singers) await turnBackingDown(singer, track, track);
  const listener = await visit(browser);
  await enter(server, listener, link, 'Listener', 'listener');
  await listener.page.fill('#backing-volume', '0');
  await leader.page.click('button:has-text("Start the song")');
  await listener.page.waitForSelector('.status.on', { timeout: 60_000 });

  const lags: number[] = [];
  const correlations: number[] = [];
  for (const singer of singers) {
    for (const other of singers) await setMuted(other, other !== singer);
    const alone = Math.max(...(await Promise.all(singers.map(heardBy)))) + 48_000;
    await expect.poll(() => heardBy(listener), { timeout: 40_000 }).toBeGreaterThan(alone);
    const heard = await hear(listener, WINDOW_S);
    const end = await listener.page.evaluate(async () => (await window.roundelayStats?.())?.sound.anchor?.end ?? NaN);
    const voice = find(heard, track, end - track.length, 480);
    // The loudspeaker's band and the room's echo leave half of it; by chance it would be 0.01.
    expect(voice.correlation).toBeGreaterThan(0.3);
    lags.push(voice.lag);
    correlations.push(voice.correlation);
  }
  console.log(`lags in frames: ${lags.join(', ')}; correlations: ${correlations.map((one) => one.toFixed(2)).join(', ')}`);
  expect(Math.max(...lags) - Math.min(...lags)).toBeLessThan(FRAMES_PER_MS);
  expect(Math.max(...lags.map(Math.abs))).toBeLessThan(FRAMES_PER_MS);
});
