// The programme of an evening: prepared, put in order by keyboard, taken and started by one press each, exported, imported into another room and copied
// there.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { visit } from './browser.js';
import { faults } from './faults.js';
import { picture } from './pictures.js';
import { stageOf } from './stage.js';

const stage = stageOf(1, { default_interval_ms: 300 });

/** Makes a room as people do, and goes in; returns its path. */
async function makeRoom(page: Page, name: string): Promise<string> {
  await page.goto(stage.server.url);
  await page.fill('#room-name', name);
  await page.click('button:has-text("Make a room")');
  await page.fill('#your-name', 'Ann');
  await page.click('button:has-text("Go in")');
  await page.waitForSelector('.bucket.here');
  return new URL(page.url()).pathname;
}

async function addSong(page: Page, title: string, more: (page: Page) => Promise<void> = () => Promise.resolve()): Promise<void> {
  await page.click('.programme button:has-text("Add a song")');
  await page.fill('#entry-title', title);
  await more(page);
  await page.click('button:has-text("Save the song")');
  await page.waitForSelector(`.entry-title:has-text("${title}")`);
}

const titles = (page: Page): Promise<string[]> => page.locator('.entry-title').allInnerTexts();

it('is prepared, put in order, sung by one press each, and goes to another room as a file and without one', async () => {
  const { page, complaints } = await visit(stage.browser, { context: { bypassCSP: true, viewport: { width: 1280, height: 800 } } });
  const refused: string[] = [];
  page.on('response', (one) => {
    if (one.status() >= 400) refused.push(`${one.status()} ${one.request().method()}`);
  });
  const first = await makeRoom(page, 'Monday choir');
  await addSong(page, 'Amen');
  await addSong(page, 'Psalm 23', async () => {
    await page.fill('#entry-leader', 'Ann');
    await page.check('.entry-plan label:has-text("A tempo") input');
    await picture(page, 'programme-form', 'dialog[open]');
    expect(await faults(page)).toEqual([]);
  });
  // By keyboard, and the keyboard stays with it.
  await page.focus('button[aria-label^="Move Psalm 23"]');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => titles(page)).toEqual(['1. Psalm 23', '2. Amen']);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/^Move Psalm 23, number 1 of 2/);
  await page.keyboard.press('End');
  await expect.poll(() => titles(page)).toEqual(['1. Amen', '2. Psalm 23']);
  await page.keyboard.press('Home');
  await expect.poll(() => titles(page)).toEqual(['1. Psalm 23', '2. Amen']);
  await picture(page, 'programme-list', '.programme');
  await picture(page, 'programme-next');

  const download = page.waitForEvent('download');
  await page.click('button:has-text("Export, import, copy")');
  await picture(page, 'programme-files', 'dialog[open]');
  expect(await faults(page)).toEqual([]);
  await page.click('button:has-text("Export the programme")');
  expect((await download).suggestedFilename()).toBe('Monday choir.zip');
  const file = readFileSync(await (await download).path());
  await page.keyboard.press('Escape');

  // One press takes it, its leader leads, and one press starts it.
  await page.click('.next-entry:has-text("Psalm 23")');
  await page.waitForSelector('.entry.taken:has-text("Psalm 23")');
  await page.click('.song-controls button:has-text("Start the song")');
  await page.waitForSelector('.entry.taken:has-text("now")');
  // By keyboard: a second click so soon would still mean the start.
  await page.press('.song-controls button:has-text("Stop the song")', 'Enter');
  await page.waitForSelector('.entry.sung:has-text("Psalm 23")', { timeout: 15_000 });
  await page.waitForSelector('.next-entry:has-text("Amen")');

  const second = await makeRoom(page, 'Summer');
  expect(second).not.toBe(first);
  await page.click('button:has-text("Export, import, copy")');
  await page.setInputFiles('input[aria-label="Programme to import"]', {
    name: 'notes.zip',
    mimeType: 'application/zip',
    buffer: Buffer.from('no zip'),
  });
  await page.waitForSelector('.problem:has-text("This file is no programme")');
  await page.setInputFiles('input[aria-label="Programme to import"]', { name: 'evening.zip', mimeType: 'application/zip', buffer: file });
  await page.waitForSelector('.brought:has-text("2 songs have come into the programme.")');
  expect(await page.locator('#copy-from option').allInnerTexts()).toEqual(['Monday choir']);
  await page.click('button:has-text("Copy its songs")');
  await page.waitForFunction(() => document.querySelectorAll('.entry').length === 4);
  await page.waitForSelector('.brought:has-text("2 songs have come into the programme.")');
  await picture(page, 'programme-brought', 'dialog[open]');
  await page.keyboard.press('Escape');
  expect(await titles(page)).toEqual(['1. Psalm 23', '2. Amen', '3. Psalm 23', '4. Amen']);
  expect(await page.locator('.entry.sung').count()).toBe(0);
  // The voice parts in another order, by keyboard, which stays with what it moved.
  await page.click('nav button:has-text("Room")');
  const parts = (): Promise<string[]> => page.locator('.parts .part-name').allInnerTexts();
  await page.focus('button[aria-label="Move Bass up"]');
  await page.keyboard.press('ArrowUp');
  await expect.poll(parts).toEqual(['Soprano', 'Alto', 'Bass', 'Tenor']);
  await page.keyboard.press('Home');
  await expect.poll(parts).toEqual(['Bass', 'Soprano', 'Alto', 'Tenor']);
  await page.keyboard.press('Enter');
  await expect.poll(parts).toEqual(['Soprano', 'Bass', 'Alto', 'Tenor']);
  // The file that was no programme, and what is left of it, which the server has thrown away already.
  expect(refused).toEqual(['422 POST', '404 DELETE']);
  expect(complaints.filter((one) => !/status of (422|404) /.test(one))).toEqual([]);
});
