// The mixing console against a real server, on a wide screen and a phone, among 300 people: by keyboard.
import { expect, describe, it } from 'vitest';
import { enter, visit } from './browser.js';
import { crowd } from './crowd.js';
import { faults } from './faults.js';
import { picture } from './pictures.js';
import { stageOf } from './stage.js';

const stage = stageOf(1);

describe('the console', () => {
  it('draws of a crowd what is seen, and takes volumes, mute, solo and the solo mix by keyboard', async () => {
    const made = await stage.server.makeRoom();
    const visitor = await visit(stage.browser, { context: { bypassCSP: true } });
    const { page } = visitor;
    await enter(stage.server, visitor, `${made.link}#organise=${made.key}`, 'Maria', 'listener');
    const others = await crowd(stage.server.url, made.room, 299);
    await page.waitForSelector('.line-head:has-text("299 singers")');
    await page.focus('nav button:has-text("Console")');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.console-row');
    expect(await page.getAttribute('.console-list', 'aria-rowcount')).toBe('299');
    expect(await page.locator('.console-row').count()).toBeLessThan(20);
    await page.waitForFunction(() => {
      const bottom = (selector: string): number =>
        Math.max(...[...document.querySelectorAll(selector)].map((one) => one.getBoundingClientRect().bottom));
      return bottom('.console-row') >= bottom('.console-list');
    });
    await page.selectOption('#console-order', 'name');
    const ann = page.locator('.console-row').first();
    const name = (await ann.locator('strong').textContent()) ?? '';

    await page.getByRole('slider', { name: `Volume of ${name}`, exact: true }).focus();
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => document.querySelector('.console-row input')?.getAttribute('aria-valuetext') === '+6 dB');
    await page.getByRole('button', { name: `Solo ${name}`, exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector(`.console-solo:has-text("On solo: ${name}.")`);
    await page.getByRole('button', { name: 'Hear the solo mix' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('.console-solo:has-text("You hear the solo mix.")');
    await page.getByRole('button', { name: `Mute ${name}`, exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector(`button[aria-label="Mute ${name}"][aria-pressed=true]`);
    expect(await faults(page)).toEqual([]);

    // What was set is the server's: another organiser's console shows it.
    await page.click('.console-room summary');
    await page.getByRole('slider', { name: 'Leader above the others' }).focus();
    await page.keyboard.press('ArrowRight');
    await picture(page, 'console');
    await page.keyboard.press('Escape');
    await page.click('nav button:has-text("Console")');
    await page.waitForSelector(`button[aria-label="Solo ${name}"][aria-pressed=true], .console-solo:has-text("On solo: ${name}.")`);
    await page.click('.console-room summary');
    expect(await page.getByRole('slider', { name: 'Leader above the others' }).getAttribute('aria-valuetext')).toBe('+6.5 dB');

    // A phone: nothing is wider than the screen, and the last row can be reached.
    await page.setViewportSize({ width: 390, height: 844 });
    await page.locator('.console-list').evaluate((list) => list.scrollTo(0, list.scrollHeight));
    await page.waitForSelector('.console-row[aria-rowindex="299"]');
    const fader = await page.locator('.console-row input').last().boundingBox();
    expect(fader?.width).toBeGreaterThan(150);
    expect(await faults(page)).toEqual([]);
    expect(visitor.complaints).toEqual([]);
    others.close();
    await page.context().close();
  });
});
