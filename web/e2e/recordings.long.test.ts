// A song is recorded, seen by all to be so, and heard, mixed again, taken home, sung to and deleted on its page.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { enter, visit } from './browser.js';
import { picture } from './pictures.js';
import { stageOf } from './stage.js';

const stage = stageOf(1, { default_interval_ms: 500 });

const played = (page: Page): Promise<number> => page.evaluate(() => document.querySelector('audio')?.currentTime ?? 0);

it('of a room: consent, sign, page, playback, another mix, download, everything as a ZIP, sung to, deletion', async () => {
  const { room, link, key } = await stage.server.makeRoom({ name: 'Monday choir' });
  const organiser = await visit(stage.browser, { script: `localStorage.setItem('roundelay.key.${room}', '${key}')` });
  const ann = organiser.page;
  const ben = await visit(stage.browser);
  await ben.page.goto(stage.server.url + link);
  await ben.page.waitForSelector('.recording-consent:has-text("Songs may be recorded in this room")');
  await picture(ben.page, 'recordings-door', '.recording-consent');
  await enter(stage.server, organiser, link, 'Ann', 'singer');
  await enter(stage.server, ben, link, 'Ben', 'singer');
  await ben.page.check('.recordings-panel label:has-text("Leave me out") input');

  await ann.click('.song-controls button:has-text("Lead a song")');
  await ann.check('.recordings-panel label:has-text("Record the next song") input');
  await ben.page.waitForSelector('.recording-sign.soon:has-text("without you")');
  await ann.click('.song-controls button:has-text("Start the song")');
  await ann.waitForSelector('.recording-sign.on:has-text("Recording")');
  await ben.page.waitForSelector('.recording-sign.on:has-text("Recording, without you")');
  await picture(ann, 'recordings-sign', '.recording-sign');
  await ann.waitForTimeout(4_000); // so long a song
  await ann.click('.song-controls button:has-text("Stop")');

  const page = await ann.context().newPage();
  await page.goto(`${stage.server.url}${link}/recordings`);
  await page.waitForSelector('.recording-card h2');
  await page.waitForSelector('.recording-downloads', { timeout: 30_000 });
  expect(await page.textContent('.recording-singers')).toMatch(/1 singer.*Ann/);
  expect(await page.textContent('.recording-singers')).not.toContain('Ben');
  await page.waitForSelector('.player svg path');
  await picture(page, 'recordings-page');

  await page.click('button[aria-label^="Play Voices alone"]');
  await expect.poll(() => played(page), { timeout: 10_000 }).toBeGreaterThan(0.3);
  await page.focus('.player input[type=range]');
  await page.keyboard.press('End');
  await expect.poll(() => played(page), { timeout: 10_000 }).toBeGreaterThan(2);
  await page.keyboard.press('ArrowLeft'); // five seconds back: to the beginning of so short a song
  await expect.poll(() => played(page), { timeout: 10_000 }).toBeLessThan(1);

  await page.click('button:has-text("Mix it again")');
  await page.check('.strip input[type=checkbox]');
  await page.click('button[aria-label="Hear the new mix"]');
  await page.waitForSelector('button[aria-label="Pause the new mix"]');
  await expect.poll(() => page.getAttribute('input[aria-label="Where in the new mix"]', 'aria-valuetext'), { timeout: 10_000 }).toMatch(/^0:0[1-9]/);
  await picture(page, 'recordings-mixer', '.mixer');
  await page.uncheck('.strip input[type=checkbox]');
  await page.click('button:has-text("Make this mix")');
  await page.waitForSelector('.recording-again', { timeout: 30_000 });

  const [download] = await Promise.all([page.waitForEvent('download'), page.click('.recording-downloads a:has-text("Mix, without loss")')]);
  expect(download.suggestedFilename()).toMatch(/^Song 1 \d{4}-\d\d-\d\d\.flac$/);
  expect(
    readFileSync(await download.path())
      .subarray(0, 4)
      .toString(),
  ).toBe('fLaC');

  // Everything in one file: asked for, made, taken home.
  await page.click('button:has-text("Prepare everything as a ZIP")');
  await page.waitForSelector('a:has-text("Everything as a ZIP")', { timeout: 60_000 });
  await picture(page, 'recordings-zip', '.recording-downloads');
  const [zip] = await Promise.all([page.waitForEvent('download'), page.click('a:has-text("Everything as a ZIP")')]);
  expect(zip.suggestedFilename()).toMatch(/^Song 1 \d{4}-\d\d-\d\d.*\.zip$/);
  const packed = readFileSync(await zip.path());
  expect(packed.subarray(0, 4).toString('latin1')).toBe('PK\x03\x04');
  // The names stand in it as they are.
  for (const name of ['Ann', 'session.rpp', '.wav']) expect(packed.includes(name), name).toBe(true);

  // What was sung is sung to: it becomes a track of the room, is chosen there and heard in the next song.
  await page.click('.recording-downloads > .actions button:has-text("Sing to this")');
  await page.waitForSelector('[role=status]:has-text("becomes a track of the room")');
  await picture(page, 'recordings-sing-to', '.recording-downloads');
  await ann.click('.track-row .track', { timeout: 30_000 });
  await ben.page.waitForSelector('.track-row .track.chosen');
  await ann.click('.song-controls button:has-text("Start the song")');
  await ben.page.waitForSelector('.status.on');
  await ann.press('.song-controls button:has-text("Stop")', 'Enter');
  await ann.waitForSelector('.song-controls button:has-text("Start the song")', { timeout: 30_000 });

  await page.click('button:has-text("Delete ...")');
  await page.click('button:has-text("Yes, delete it for good")');
  await page.waitForSelector('text=Nothing has been recorded yet.');
});
