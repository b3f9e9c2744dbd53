// The round trip of a sound card is measured at the door by pressing the buttons: through the worklet that a song goes through, and a simulated sound card.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, visit, type Visitor } from './browser.js';
import { faults } from './faults.js';
import { measuredCard, SHORTEST_MS, type MeasuredCard } from './measured_card.js';
import { Server } from './server.js';

const DONE_MS = 30_000;
const NARROW = { viewport: { width: 390, height: 844 }, bypassCSP: true };
const WIDE = { viewport: { width: 1280, height: 800 }, bypassCSP: true };

let server: Server;
let browser: Browser;
let link: string;

beforeAll(async () => {
  server = await Server.start(1);
  browser = await openBrowser();
  ({ link } = await server.makeRoom({ name: 'Monday choir' }));
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function atDoor(card: MeasuredCard & { script?: string }, context: typeof WIDE = WIDE): Promise<Visitor> {
  const visitor = await visit(browser, { script: `${measuredCard(card)};${card.script ?? ''}`, context });
  const { page } = visitor;
  await page.goto(server.url + link);
  await page.fill('#your-name', 'Ann');
  await page.click('button:has-text("Try my microphone")');
  await page.waitForSelector('#calibration');
  return visitor;
}

async function measure(page: Page): Promise<number> {
  await page.click('.calibration button:has-text("Start")');
  const text = (await (await page.waitForSelector('.calibration .measured', { timeout: DONE_MS })).textContent()) ?? '';
  expect(text).toMatch(/^Measured: \d+\.\d ms \(steady to \d\.\d ms\)\.$/);
  return Number(/[\d.]+/.exec(text)?.[0]);
}

/** As the song goes by it. */
function roundTripInRoom(page: Page): Promise<number> {
  return page.evaluate(async () => (await window.roundelayStats?.())?.roundTrip.totalMs ?? NaN);
}

/** A picture for who wants to look at it. */
async function picture(page: Page, name: string, part = '.calibration'): Promise<void> {
  const folder = process.env['PICTURES'];
  if (folder === undefined) return;
  await page.locator(part).first().scrollIntoViewIfNeeded();
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

describe('a sound card', () => {
  // 120 ms is the card of the tests below.
  for (const roundTripMs of [SHORTEST_MS, 380]) {
    it(`of ${Math.floor(roundTripMs)} ms is measured to 1 ms, whatever the browser says of it, and used in the room`, async () => {
      const { page, complaints } = await atDoor({ roundTripMs });
      expect(Math.abs((await measure(page)) - roundTripMs)).toBeLessThan(1);
      expect(await faults(page)).toEqual([]);
      await picture(page, `measured-${Math.floor(roundTripMs)}`);
      await page.click('button:has-text("Go in")');
      await page.waitForSelector('.bucket.here');
      expect(Math.abs((await roundTripInRoom(page)) - roundTripMs)).toBeLessThan(1);
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  }

  it('that drifts is measured to 1 ms', async () => {
    const { page } = await atDoor({ roundTripMs: 120, driftPpm: 100 });
    const before = await page.evaluate(() => window.cardMs());
    const measured = await measure(page);
    const after = await page.evaluate(() => window.cardMs());
    expect(after).toBeGreaterThan(before + 0.4);
    expect(measured).toBeGreaterThan(after - 1);
    expect(measured).toBeLessThan(before + 1);
    await page.context().close();
  });

  it('is known again after a reload, and checked in two seconds', async () => {
    const { page } = await atDoor({ roundTripMs: 120 });
    await measure(page);
    await page.reload();
    await page.click('button:has-text("Try my microphone")');
    await page.waitForSelector('.calibration .measured:has-text("Measured already")');
    expect(Math.abs((await roundTripInRoom(page)) - 120)).toBeLessThan(1);
    await picture(page, 'known');
    await page.click('.calibration button:has-text("Check it in 2 seconds")');
    await page.waitForSelector('.calibration .measured:has-text("Checked: it is still 1")', { timeout: DONE_MS });
    expect(Math.abs((await roundTripInRoom(page)) - 120)).toBeLessThan(1);
    await page.context().close();
  });
});

describe('in the room', () => {
  it('the round trip is measured between songs, in the sound settings, and not in a song, but by itself when it is over', async () => {
    const { page, complaints } = await atDoor({ roundTripMs: 120 });
    await page.click('button:has-text("Go in")');
    await page.waitForSelector('.bucket.here');
    expect(Math.abs((await roundTripInRoom(page)) - 120)).toBeGreaterThan(50);
    await page.setViewportSize(NARROW.viewport);
    expect(await faults(page)).toEqual([]);
    await picture(page, 'offer', '.note');
    await page.setViewportSize(WIDE.viewport);
    await page.click('.note button:has-text("Measure it")');
    await measure(page);
    expect(Math.abs((await roundTripInRoom(page)) - 120)).toBeLessThan(1);
    expect(await faults(page)).toEqual([]);
    await picture(page, 'in-the-room');
    await page.keyboard.press('Escape');
    expect(await page.locator('button:has-text("Measure it")').count()).toBe(0);
    await page.click('button:has-text("Lead a song")');
    await page.click('button:has-text("Start the song")');
    await page.waitForSelector('.status.on');
    await page.click('nav button:has-text("Sound")');
    await page.waitForSelector('.calibration:has-text("Between songs")');
    await page.click('.calibration button:has-text("Measure when the song is over")');
    await page.waitForSelector('.calibration:has-text("Waiting for the end of the song")');
    expect(await page.locator('.calibration button:has-text("Start")').count()).toBe(0);
    expect(await faults(page)).toEqual([]);
    await picture(page, 'waiting');
    await page.evaluate(() => [...document.querySelectorAll('button')].find((one) => one.textContent === 'Stop the song')?.click());
    await page.waitForSelector('.calibration .measured:has-text("Measured:")', { timeout: DONE_MS });
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

/** Presses a key with each click that is played, as soon as the page hears it. */
const tapper = `(() => {
  const Node = window.AudioWorkletNode;
  window.AudioWorkletNode = class extends Node {
    constructor(context, ...rest) {
      super(context, ...rest);
      const ear = new AnalyserNode(context, { fftSize: 1024 });
      this.connect(ear);
      const heard = new Float32Array(1024);
      let last = 0;
      setInterval(() => {
        ear.getFloatTimeDomainData(heard);
        const now = performance.now();
        if (now - last < 200 || !heard.some((sample) => Math.abs(sample) > 0.05)) return;
        last = now;
        document.dispatchEvent(new KeyboardEvent('keydown', { key: 'f', bubbles: true }));
      }, 2);
    }
  };
})();`;

describe('tapping along', () => {
  /** What is said of it at last. */
  const tapped = async (page: Page, button: string): Promise<string> => {
    await page.click(`.calibration button:has-text("${button}")`);
    const words = await page.waitForSelector('.calibration :is(.measured, .problem)', { timeout: DONE_MS });
    return (await words.textContent()) ?? '';
  };
  const msIn = (text: string): number => Number(/\d+/.exec(text)?.[0]);

  it('finds the round trip too, on the microphone, or on a key where it hears nothing, and is marked as less exact', async () => {
    // One microphone hears the clicks as if somebody tapped exactly with them.
    const { page } = await atDoor({ roundTripMs: 120 }, NARROW);
    const { page: deaf } = await atDoor({ roundTripMs: 120, gain: 0, script: tapper }, NARROW);
    const results = Promise.all([tapped(page, 'Tap along instead'), tapped(deaf, 'Tap on a key or the screen')]);
    await page.waitForSelector('.calibration:has-text("tap with a finger")');
    await deaf.waitForSelector('.calibration button:has-text("Tap here")');
    await picture(deaf, 'keys');
    const [onMicrophone, onKey] = await results;
    expect(onMicrophone).toMatch(/^Tapped: \d+ ms \(give or take \d+ ms\)\. Less exact than the chirps\.$/);
    expect(Math.abs(msIn(onMicrophone) - 120)).toBeLessThanOrEqual(2);
    expect(onKey).toMatch(/^Tapped: \d+ ms \(give or take \d+ ms\)\. Less exact than the chirps: keys and screens/);
    // What the page takes to hear and to answer.
    expect(msIn(onKey)).toBeLessThan(100);
    expect(await faults(deaf)).toEqual([]);
    await picture(page, 'tapped');
    await page.context().close();
    await deaf.context().close();
  });
});

describe('a round trip that cannot be measured', () => {
  it('in a noise is refused in words, nothing is set, and one may come in to listen', async () => {
    const { page } = await atDoor({ roundTripMs: 120, gain: 0.01, noise: 0.1 }, NARROW);
    await page.click('.calibration button:has-text("Start")');
    await page.waitForSelector('.calibration progress');
    await picture(page, 'listening');
    await page.waitForSelector('.calibration .problem:has-text("something else was too loud")', { timeout: DONE_MS });
    expect(await faults(page)).toEqual([]);
    await picture(page, 'refused');
    expect(await page.evaluate(() => localStorage.getItem('roundelay.corrections'))).toBeNull();
    await page.click('button:has-text("Come in to listen")');
    await page.waitForSelector('.bucket.here, .listening');
    await page.context().close();
  });

  it('may be tried again, and given up while it goes on', async () => {
    const { page } = await atDoor({ roundTripMs: 120, gain: 0 });
    await page.click('.calibration button:has-text("Start")');
    await page.waitForSelector('.calibration .problem:has-text("did not hear the chirps")', { timeout: DONE_MS });
    await page.click('.calibration button:has-text("Measure again")');
    await page.waitForSelector('.calibration progress');
    await page.click('.calibration button:has-text("Stop")');
    await page.waitForSelector('.calibration button:has-text("Start")');
    await page.context().close();
  });
});
