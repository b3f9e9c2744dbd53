// What lies where, on screens of all sizes and enlarged ones: nothing covers a button, and the keyboard's place is never lost.
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { enter, visit } from './browser.js';
import { Proxy } from './proxy.js';
import { stageOf } from './stage.js';

const stage = stageOf(1);
let room: { room: string; link: string; key: string };

beforeEach(async () => {
  room = await stage.server.makeRoom({ name: 'Monday choir' });
});

/** As the organiser, who has most buttons. */
function organiser(): string {
  return `localStorage.setItem('roundelay.key.${room.room}', '${room.key}')`;
}

/** Buttons that something else lies over, where they are on the screen, and the shares of its height that the dock takes, with what it says and without. */
function layout(page: Page): Promise<{ covered: string[]; dock: number; pressed: number }> {
  return page.evaluate(() => {
    const scroll = document.querySelector('.room-scroll')?.getBoundingClientRect();
    const covered: string[] = [];
    for (const button of document.querySelectorAll('button, a, input, select')) {
      const box = button.getBoundingClientRect();
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      if (box.width === 0 || x < 0 || x > innerWidth || y < 0 || y > innerHeight) continue;
      // What has been scrolled away lies behind nothing: it can be scrolled to.
      if (button.closest('.room-scroll') && scroll && (y < scroll.top || y > scroll.bottom)) continue;
      const status = document.querySelector('.status')?.getBoundingClientRect();
      if (!button.closest('.status') && button.closest('.room-main') && status && y < status.bottom) continue;
      const there = document.elementFromPoint(x, y);
      if (there !== button && !button.contains(there) && !there?.contains(button)) covered.push(button.textContent || button.id);
    }
    const share = (part: string): number => (document.querySelector(part)?.getBoundingClientRect().height ?? Infinity) / innerHeight;
    return { covered, dock: share('.dock'), pressed: share('.dock-inner') };
  });
}

describe.each([
  [1280, 720, 0.2, 0.4],
  [390, 844, 0.3, 0.45],
  [640, 360, 0.2, 0.4],
])('a screen of %i by %i', (width, height, least, most) => {
  it('has no button covered by news, and room for more than the dock', async () => {
    const visitor = await visit(stage.browser, { context: { viewport: { width, height } }, script: organiser() });
    const { page } = visitor;
    await enter(stage.server, visitor, room.link, 'Maria', 'singer');
    await page.click('button:has-text("Lead a song")');
    await page.click('button:has-text("Start the song")');
    await page.waitForSelector('.song-controls button:has-text("Stop for all at once")');
    await page.waitForSelector('.notice:last-child');
    const told = await layout(page);
    expect(told.covered).toEqual([]);
    expect(told.dock).toBeLessThan(most);
    expect(told.pressed).toBeLessThan(least);
    // Whatever lies further down can be brought into sight and pressed.
    await page.click('button:has-text("Record what I hear")');
    await page.click('button:has-text("Stop recording")');
    await page.context().close();
  });
});

describe("the keyboard's place", () => {
  const place = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.className || document.activeElement?.tagName || '');
  const press = async (page: Page, button: string): Promise<void> => {
    await page.focus(`button:has-text("${button}")`);
    await page.keyboard.press('Enter');
  };

  it('is where one goes on after Lead, Start, moving and Stop', async () => {
    const visitor = await visit(stage.browser, { script: organiser() });
    const { page } = visitor;
    await enter(stage.server, visitor, room.link, 'Maria', 'singer');
    await press(page, 'Lead a song');
    await page.waitForSelector('button:has-text("Start the song")');
    expect(await place(page)).toBe('song-controls');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Start the song');
    await page.keyboard.press('Enter');
    await page.waitForSelector('button:has-text("Stop for all")');
    expect(await place(page)).toBe('song-controls');
    await press(page, 'Sing in bucket 3');
    await page.waitForSelector('.bucket.here:nth-child(3)');
    expect(await place(page)).toContain('bucket here');
    await press(page, 'Stop for all');
    await page.waitForSelector('button:has-text("Start the song"), button:has-text("Take the lead"), button:has-text("Lead a song")');
    expect(await place(page)).toBe('song-controls');
    await page.context().close();
  });

  it('is the same again after a lost connection', async () => {
    const proxy = await Proxy.start(stage.server.url, 'passes');
    const visitor = await visit(stage.browser);
    const { page } = visitor;
    await enter(proxy, visitor, room.link, 'Maria', 'singer');
    await page.focus('button.mute');
    proxy.cut();
    await page.waitForSelector('.status.trouble');
    await page.waitForSelector('button.mute:enabled');
    await expect.poll(() => place(page)).toContain('mute');
    await page.context().close();
    await proxy.stop();
  });
});
