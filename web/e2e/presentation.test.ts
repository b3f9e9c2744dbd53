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

it('an organiser sets the next evening; a singer saves it for a calendar', async () => {
  const { room, link, key } = await stage.server.makeRoom({ name: 'Monday choir' });
  const organiser = await visit(stage.browser, { script: `localStorage.setItem('roundelay.key.${room}', '${key}')`, context: { bypassCSP: true } });
  await enter(stage.server, organiser, link, 'Ann', 'listener');
  const { page } = organiser;
  await page.click('button:has-text("Share")');
  await page.click('.meeting button:has-text("Set it for everybody")');
  await page.waitForSelector('text=Choose the day and the time first.');
  const start = `${new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)}T19:30`;
  await page.fill('#meeting-start', start);
  expect(await faults(page)).toEqual([]);
  await picture(page, 'meeting', '.meeting button');
  await page.click('.meeting button:has-text("Set it for everybody")');
  await page.waitForSelector('.meeting-note');

  const ben = await visit(stage.browser);
  await enter(stage.server, ben, link, 'Ben', 'listener');
  const [download] = await Promise.all([
    ben.page.waitForEvent('download'),
    ben.page.click('.meeting-note button:has-text("Save it for the calendar") >> visible=true'),
  ]);
  expect(download.suggestedFilename()).toBe('Monday choir.ics');
  const begin = await ben.page.evaluate((when) => new Date(when).toISOString().replace(/[-:]|\.\d+/g, ''), start);
  expect(readFileSync(await download.path(), 'utf8')).toContain(`DTSTART:${begin}\r\n`);
});
