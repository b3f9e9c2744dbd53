// At the door: what the server refuses is said there and can be mended there, and no wait is without an end and a sentence.
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { enter, visit } from './browser.js';
import { faults } from './faults.js';
import { Proxy, type Habit } from './proxy.js';
import { Server } from './server.js';
import { stageOf } from './stage.js';
import { AGENTS } from '../test/features/device/agents.js';

const stage = stageOf(1, { max_singers_per_room: 2 });
let room: { room: string; link: string };

beforeEach(async () => {
  room = await stage.server.makeRoom({ name: 'Monday choir' });
});

const NARROW = { context: { viewport: { width: 390, height: 844 }, bypassCSP: true } };

async function goIn(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url + room.link);
  await page.fill('#your-name', name);
  await page.check('input[name=role][value=listener]', { force: true });
  await page.click('button:has-text("Go in")');
}

describe('a refused hello', () => {
  it('is none for what cannot be seen', async () => {
    const { page } = await visit(stage.browser);
    await goIn(page, stage.server.url, '\u200FMa\u200E\uFEFFri\u00AD\u200Da\u3164');
    await page.waitForSelector('.bucket.here');
    expect(await page.textContent('.you .person-name')).toBe('Maria');
    await page.context().close();
  });

  it('is shown at the door and mended there: a name', async () => {
    const { page } = await visit(stage.browser, NARROW);
    await goIn(page, stage.server.url, `a${'\u20DD'.repeat(300)}`);
    await page.waitForSelector('.problem:has-text("too many accents")');
    expect(await faults(page)).toEqual([]);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('your-name');
    await page.fill('#your-name', 'Maria');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.bucket.here');
    await page.context().close();
  });

  it('is shown at the door and mended there: a key that does not fit', async () => {
    const { page } = await visit(stage.browser, { script: `localStorage.setItem('roundelay.key.${room.room}', 'wrong')` });
    await goIn(page, stage.server.url, 'Maria');
    await page.waitForSelector('.problem:has-text("organiser")');
    await page.click('button:has-text("Go in")');
    await page.waitForSelector('.bucket.here');
    await page.context().close();
  });
});

describe('a network that lets no socket through', () => {
  it.each<Habit>(['forbids', 'diverts', 'ignores'])('is named as such where its proxy %s it, with what helps', async (habit) => {
    const proxy = await Proxy.start(stage.server.url, habit);
    const { page } = await visit(stage.browser, NARROW);
    await goIn(page, proxy.url, 'Maria');
    await page.waitForSelector('.problem:has-text("another network")', { timeout: 20_000 });
    expect(await page.textContent('.problem')).toContain('WebSocket');
    expect(await page.textContent('.next-try')).toContain('Trying');
    expect(await faults(page)).toEqual([]);
    expect(await page.isEnabled('button:has-text("Go in")')).toBe(true);
    // Another network: she need not do anything.
    proxy.habit = 'passes';
    if (habit !== 'ignores') await page.waitForSelector('.bucket.here');
    await page.context().close();
    await proxy.stop();
  });
});

describe('a server that is gone', () => {
  it('is told at the door with a count-down, and in the room too', async () => {
    const own = await Server.start(1);
    room = await own.makeRoom({ name: 'Short' });
    const inside = await visit(stage.browser, NARROW);
    await enter(own, inside, room.link, 'Ann', 'listener');
    const outside = await visit(stage.browser);
    await outside.page.goto(own.url + room.link);
    await outside.page.click('button:has-text("Try my microphone")');
    await outside.page.waitForSelector('#microphone');
    await own.stop();
    await inside.page.waitForSelector('.status.trouble .next-try:has-text("Trying again in") >> button:has-text("Try now")');
    const kept = async (): Promise<number> => Number(/another (\d+) s/.exec((await inside.page.textContent('.status')) ?? '')?.[1]);
    const first = await kept();
    expect(first).toBeLessThanOrEqual(120);
    await expect.poll(kept).toBeLessThan(first);
    expect(await faults(inside.page)).toEqual([]);
    await outside.page.fill('#your-name', 'Ben');
    await outside.page.check('input[name=role][value=listener]', { force: true });
    await outside.page.click('button:has-text("Go in")');
    await outside.page.waitForSelector('.problem:has-text("cannot be reached")');
    await outside.page.waitForSelector('.next-try:has-text("Trying again in")');
    await Promise.all([inside, outside].map((visitor) => visitor.page.context().close()));
  });
});

describe('a browser that cannot', () => {
  it('is told so on the first page and at the door: within a chat program the way out of it, elsewhere what this very device can do', async () => {
    const chat = await visit(stage.browser, { context: { ...NARROW.context, userAgent: AGENTS['instagram iphone'] } });
    for (const path of ['/', room.link]) {
      await chat.page.goto(stage.server.url + path);
      await chat.page.waitForSelector('.in-app:has-text("the browser within Instagram") >> button:has-text("Copy")');
      expect(await chat.page.inputValue('#link-outside')).toBe(stage.server.url + path);
      expect(await faults(chat.page)).toEqual([]);
    }
    await chat.page.click('.in-app button');
    await chat.page.waitForSelector('.in-app button:has-text("Copied")');

    const script = 'delete window.AudioEncoder; delete window.AudioDecoder;';
    const phone = await visit(stage.browser, { script, context: { ...NARROW.context, userAgent: AGENTS['iphone chrome'] } });
    for (const path of ['/', room.link]) {
      await phone.page.goto(stage.server.url + path);
      await phone.page.waitForSelector('main p:has-text("Another browser on this iPhone or iPad does not help")');
      expect(await faults(phone.page)).toEqual([]);
    }
    await Promise.all([chat, phone].map((visitor) => visitor.page.context().close()));
  });
});
