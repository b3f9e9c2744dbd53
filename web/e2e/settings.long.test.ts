// Numbers of a room's settings that the server refuses.
import { expect, it } from 'vitest';
import { enter, visit } from './browser.js';
import { faults } from './faults.js';
import { picture } from './pictures.js';
import { stageOf } from './stage.js';

// With eight groups, ten seconds between them are more than a room has.
const stage = stageOf(1, { default_first_offset_ms: 10_000 });

it('shows what holds again where a number is refused, and says why', async () => {
  const made = await stage.server.makeRoom();
  const visitor = await visit(stage.browser, { context: { bypassCSP: true } });
  const { page } = visitor;
  await enter(stage.server, visitor, `${made.link}#organise=${made.key}`, 'Maria', 'listener');
  await page.click('nav button:has-text("Room")');
  await page.click('label:has-text("By hand") input');
  const interval = page.getByLabel('Time between groups');
  await interval.fill('1.013');
  await interval.press('Enter');
  await expect.poll(() => interval.inputValue()).toBe('1.02');
  const groups = page.getByLabel('Groups', { exact: true });
  await groups.fill('8');
  await groups.press('Enter');
  await interval.fill('10');
  await interval.press('Enter');
  await page.waitForSelector('dialog [role=alert]:has-text("The last group would be")');
  await expect.poll(() => interval.inputValue()).toBe('1.02');
  // Beside the field too, which lies below what the dialog says at its head.
  await page.waitForSelector('.field:has(#field-time-between-groups) .problem:has-text("The last group would be")');
  expect(await page.locator('.field .problem').count()).toBe(1);
  await picture(page, 'settings-refused');
  expect(await faults(page)).toEqual([]);
  // What is half typed meanwhile stays.
  await interval.fill('10');
  await interval.press('Enter');
  await groups.pressSequentially('5');
  await expect.poll(() => interval.inputValue()).toBe('1.02');
  expect(await groups.inputValue()).toBe('85');
});
