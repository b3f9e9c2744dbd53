// For everybody's screen and calendar. A hall's screen: entered by a button, left by Escape, and by nothing that a hall could press by accident.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { enter, visit } from './browser.js';
import { faults } from './faults.js';
import { picture } from './pictures.js';
import { stageOf } from './stage.js';

const stage = stageOf(1);

it('shows title, count-down and who leads on the whole screen, does nothing that is pressed on it, and is left by Escape', async () => {
  const { link } = await stage.server.makeRoom({ name: 'Monday choir' });
  const ann = await visit(stage.browser, { context: { bypassCSP: true } });
  await enter(stage.server, ann, link, 'Ann', 'singer');
  const { page } = ann;
  await page.click('button:has-text("Lead a song")');
  await page.waitForSelector('button:has-text("Start the song")');
  await page.click('button:has-text("hall’s screen")');
  const screen = page.locator('.presentation');
  await screen.waitFor();
  expect(await screen.innerText()).toMatch(/The song has not started yet\.\s+Ann leads/);
  expect(await page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
  expect(await page.locator('button, a, input, select').count()).toBe(0);
  expect(await faults(page)).toEqual([]);
  await picture(page, 'presentation-idle');
  await page.mouse.click(300, 300);
  for (const key of ['Space', 'Enter', 'Tab', 'a', 'F6']) await page.keyboard.press(key);
  expect(await screen.count()).toBe(1);
  await page.keyboard.press('Escape');
  await page.waitForSelector('.mute:not(.muted)');
  expect(await screen.count()).toBe(0);

  await page.click('button:has-text("Start the song")');
  await page.click('button:has-text("hall’s screen")');
  await page.waitForSelector('.presentation.soon .presentation-count');
  await picture(page, 'presentation-soon');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForSelector('.presentation.on');
  expect(await faults(page)).toEqual([]);
  await picture(page, 'presentation-dark');

  // One's own choice of colours stands over the device's, also after the page was loaded anew.
  await page.keyboard.press('Escape');
  const paper = (): Promise<string> => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--paper').trim());
  const dark = await paper();
  await page.check('input[name="theme"][value="light"]');
  const light = await paper();
  expect(light).not.toBe(dark);
  await picture(page, 'room-with-screen', '.theme-choice');
  await page.reload();
  await page.waitForSelector('h1');
  expect(await paper()).toBe(light);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.evaluate(() => localStorage.setItem('roundelay.theme', 'dark'));
  await page.reload();
  await page.waitForSelector('h1');
  expect(await paper()).toBe(dark);
});

it('saves the next evening for a calendar, from behind Share', async () => {
  const { link } = await stage.server.makeRoom({ name: 'Monday choir' });
  const ann = await visit(stage.browser, { context: { bypassCSP: true } });
  await enter(stage.server, ann, link, 'Ann', 'listener');
  const { page } = ann;
  await page.click('button:has-text("Share")');
  await page.click('button:has-text("Save it for the calendar")');
  await page.waitForSelector('text=Choose the day and the time first.');
  await page.fill('#meeting-start', '2026-12-07T19:30');
  expect(await faults(page)).toEqual([]);
  await picture(page, 'meeting', '.meeting button');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('button:has-text("Save it for the calendar")')]);
  expect(download.suggestedFilename()).toBe('Monday choir.ics');
  const begin = await page.evaluate(() => new Date('2026-12-07T19:30').toISOString().replace(/[-:]|\.\d+/g, ''));
  expect(readFileSync(await download.path(), 'utf8')).toContain(`DTSTART:${begin}\r\n`);
});
