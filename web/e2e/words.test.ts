// Words: pasted, tapped by the leader while she sings, and marked for each where she hears them; the next song has the times.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { enter, visit } from './browser.js';
import { picture } from './pictures.js';
import { stageOf } from './stage.js';

const INTERVAL_MS = 1_500;
const stage = stageOf(1, { default_interval_ms: INTERVAL_MS });
const TEXT = '{title: Evening}\n[G]Low is the [C]sun\nand red the sky\n\nthe day is done';

/** Keeps the marks that are heard, and when. */
const LISTEN = `window.heardMarks = []; addEventListener('roundelay-mark', (e) => window.heardMarks.push({ ...e.detail, atMs: Date.now() }));`;

interface HeardMark {
  position: number;
  payload: string;
  atMs: number;
}

async function singer(link: string, name: string): Promise<Page> {
  const visitor = await visit(stage.browser, { script: LISTEN });
  await enter(stage.server, visitor, link, name, 'singer');
  return visitor.page;
}

const marksOf = (page: Page): Promise<HeardMark[]> => page.evaluate(() => (window as unknown as { heardMarks: HeardMark[] }).heardMarks);
const sung = (page: Page): Promise<string | null> => page.evaluate(() => document.querySelector('.words-line[aria-current]')?.textContent ?? null);

/** Of what a leader sings from and taps on, what is not in sight. */
async function outOfSight(page: Page, width: number, height: number): Promise<string[]> {
  await page.setViewportSize({ width, height });
  return page.evaluate(() => {
    const box = (part: string): DOMRect => (document.querySelector(part) as HTMLElement).getBoundingClientRect();
    const [lines, tap, scroll] = [box('.words-lines'), box('.tap'), box('.room-scroll')];
    // A note that cannot wait comes first: on a low screen one scrolls to the words then.
    const note = document.querySelector('.first-screen > .notes')?.getBoundingClientRect().height ?? 0;
    if (note > 0 && innerHeight < 480) return [];
    const beside = lines.right <= tap.left;
    const seen = Math.min(lines.bottom, scroll.bottom, beside ? Infinity : tap.top) - lines.top;
    const out: string[] = [];
    if (seen < 60) out.push(`${seen} pixels of the words are seen`);
    if (tap.bottom > scroll.bottom || lines.top < scroll.top) out.push('they are not in sight');
    return out;
  });
}

it('are pasted, tapped, marked for each in her own time, and timed in the next song', async () => {
  const { link } = await stage.server.makeRoom();
  const ann = await singer(link, 'Ann');
  const ben = await singer(link, 'Ben');
  await ann.click('.song-controls button:has-text("Lead a song")');
  await ann.click('button:has-text("Add words")');
  await ann.fill('#words-text', 'one [G');
  await ann.selectOption('#words-format', 'chordpro');
  await ann.click('button:has-text("Save the words")');
  await ann.waitForSelector('dialog .problem:has-text("Line 1: the [ before the chord has no ] behind it.")');
  await picture(ann, 'words-dialog');
  await ann.fill('#words-text', TEXT);
  await ann.click('button:has-text("Save the words")');
  await ann.waitForSelector('.words h2:has-text("Evening")');
  await ben.waitForSelector('.words-line:has-text("and red the sky")');
  expect(await ben.locator('button:has-text("Add words")').count()).toBe(0);
  await picture(ben, 'words-between', '.words');

  await ann.evaluate(() => document.querySelector('.room-scroll')?.scrollTo(0, 10_000));
  await ann.click('.song-controls button:has-text("Start the song")');
  await ann.waitForSelector('.tap:enabled');
  for (const [width, height] of [
    [390, 844],
    [844, 390],
    [1280, 800],
  ] as const)
    expect(await outOfSight(ann, width, height), `${width} by ${height}`).toEqual([]);
  // Where nothing else has the focus, the space bar says that the next line begins.
  await ann.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await ann.keyboard.press('Space');
  await expect.poll(async () => (await marksOf(ann)).length).toBe(1);
  expect(await sung(ann)).toContain('sun');
  expect(await sung(ben)).toBeNull();
  await picture(ann, 'words-leading', '.words');
  await ann.click('.words-line:has-text("the day is done")');
  await ben.waitForFunction(() => (window as unknown as { heardMarks: unknown[] }).heardMarks.length > 0);
  await ben.waitForSelector('.words-line[aria-current]:has-text("sun")');
  await picture(ben, 'words-singing', '.words');
  const [first] = await marksOf(ann);
  const [same] = await marksOf(ben);
  expect(same?.position).toBe(first?.position);
  expect((same?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThan(INTERVAL_MS - 500);
  await ben.waitForSelector('.words-line[aria-current]:has-text("the day is done")');

  await ann.click('.song-controls button:has-text("Stop the song")');
  await ann.waitForSelector('.words-list .track.chosen:has-text("timed")', { timeout: 20_000 });
  await ann.click('.song-controls button:has-text("Start the song")');
  await ben.waitForSelector('.words-line[aria-current]:has-text("the day is done")', { timeout: 10_000 });
  expect(await ann.locator('.notice.error').count()).toBe(0);
});
