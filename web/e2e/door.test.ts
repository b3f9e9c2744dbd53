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
let room: { room: string; link: string; key: string };

declare global {
  interface Window {
    /** An organiser’s socket, and what it was told. */
    organiser: WebSocket;
    told: string[];
  }
}

/** Runs in a page: goes in as the organiser, who listens. */
function organise({ room, key }: { room: string; key: string }): void {
  window.told = [];
  window.organiser = new WebSocket(`ws://${location.host}/ws`, 'roundelay.1');
  window.organiser.onopen = () =>
    window.organiser.send(JSON.stringify({ type: 'hello', version: 1, room, name: 'Organiser', role: 'listener', key }));
  window.organiser.onmessage = (event: MessageEvent<unknown>) => void (typeof event.data === 'string' && window.told.push(event.data));
}

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

describe('a room with an order', () => {
  it('asks for its password and the voice, and says so where it is closed or one was removed', async () => {
    // The organiser, without a page.
    const organiser = await visit(stage.browser);
    await organiser.page.goto(`${stage.server.url}/healthz`);
    await organiser.page.evaluate(organise, { room: room.room, key: room.key });
    const command = (message: object): Promise<void> => organiser.page.evaluate((wish) => window.organiser.send(JSON.stringify(wish)), message);
    const told = (text: string): Promise<unknown> => organiser.page.waitForFunction((part) => window.told.some((one) => one.includes(part)), text);
    await told('"type":"welcome"');

    const { page } = await visit(stage.browser, NARROW);
    await page.goto(stage.server.url + room.link);
    await page.fill('#your-name', 'Maria');
    expect(await page.locator('#room-password').count()).toBe(0);
    await page.selectOption('#your-part', 'Alto');
    // While she stands at the door.
    await command({ type: 'password', password: 'Snow 1' });
    await told('"password":true');
    await page.click('button:has-text("Go in")');
    await page.waitForSelector('.password .problem:has-text("This room has a password")');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('room-password');
    await page.keyboard.type('snow 1');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.password .problem:has-text("not the room")');
    expect(await faults(page)).toEqual([]);
    await page.fill('#room-password', 'Snow 1');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.bucket.here');
    await told('"part":"Alto"');

    const id = await organiser.page.evaluate(() => /"id":"([^"]+)"/.exec(window.told.find((one) => one.includes('"part":"Alto"')) ?? '')?.[1]);
    await command({ type: 'remove_person', person: id });
    await page.waitForSelector('h1:has-text("You were removed")');
    await page.reload();
    expect(await page.inputValue('#your-part')).toBe('Alto');
    await page.fill('#room-password', 'Snow 1');
    await page.click('button:has-text("Go in")');
    await page.waitForSelector('main:has-text("let you")');

    await command({ type: 'room', locked: true });
    await told('"locked":true');
    const late = await visit(stage.browser, NARROW);
    await late.page.goto(stage.server.url + room.link);
    await late.page.waitForSelector('.note:has-text("closed to newcomers")');
    await late.page.fill('#your-name', 'Ben');
    await late.page.check('input[name=role][value=listener]', { force: true });
    await late.page.fill('#room-password', 'Snow 1');
    await late.page.click('button:has-text("Go in")');
    await late.page.waitForSelector('.refusal:has-text("Ask its organiser to open it")');
    expect(await faults(late.page)).toEqual([]);
    await Promise.all([organiser.page, page, late.page].map((one) => one.context().close()));
  });
});

describe('a network that lets no socket through', () => {
  it('still lets one listen there, where the room has a live link', async () => {
    const organiser = await visit(stage.browser, NARROW);
    await organiser.page.goto(stage.server.url);
    await organiser.page.evaluate(organise, room);
    const told = (what: string): Promise<unknown> =>
      organiser.page.waitForFunction((words) => window.told.some((each) => each.includes(words)), what);
    await told('"welcome"');
    await organiser.page.evaluate(() => window.organiser.send('{"type":"open_live"}'));
    await told('"type":"live"');
    const proxy = await Proxy.start(stage.server.url, 'forbids');
    const { page } = await visit(stage.browser, NARROW);
    await goIn(page, proxy.url, 'Maria');
    await page.waitForSelector('.live-instead audio[controls]', { timeout: 20_000 });
    expect(await faults(page)).toEqual([]);
    const begins = await page.evaluate(async () => {
      const heard = await fetch(document.querySelector('audio')?.src ?? '');
      const { value } = (await heard.body?.getReader().read()) ?? {};
      return new TextDecoder().decode(value?.subarray(0, 4));
    });
    expect(begins).toBe('OggS');
    await Promise.all([organiser.page, page].map((one) => one.context().close()));
    await proxy.stop();
  });

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
