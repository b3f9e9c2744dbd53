// What lies where, on screens of all sizes and enlarged ones: nothing covers a button, one's own place, the song and the microphone are in sight, and
// the keyboard's place is never lost.
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { enter, visit } from './browser.js';
import { crowd } from './crowd.js';
import { faults } from './faults.js';
import { Proxy } from './proxy.js';
import { stageOf } from './stage.js';

// A busy machine does not keep the crowd out.
const stage = stageOf(1, { refuse_singers: false });
let room: { room: string; link: string; key: string };

beforeEach(async () => {
  room = await stage.server.makeRoom({ name: 'Monday choir' });
});

/** As the organiser, who has most buttons. */
function organiser(): string {
  return `localStorage.setItem('roundelay.key.${room.room}', '${room.key}')`;
}

interface Layout {
  /** Buttons that something else lies over, where they are on the screen. */
  covered: string[];
  /** Of what has to be in sight, what is not, or not wholly. */
  hidden: string[];
  /** The shares of the screen's height that news and microphone take, and that what scrolls has. */
  dock: number;
  scroll: number;
}

function layout(page: Page): Promise<Layout> {
  return page.evaluate(() => {
    const scroll = document.querySelector('.room-scroll')?.getBoundingClientRect();
    const covered: string[] = [];
    for (const button of document.querySelectorAll('button, a, input, select, summary')) {
      const box = button.getBoundingClientRect();
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      if (box.width === 0 || x < 0 || x > innerWidth || y < 0 || y > innerHeight) continue;
      // What has been scrolled away lies behind nothing: it can be scrolled to.
      if (button.closest('.room-scroll') && scroll && (y < scroll.top || y > scroll.bottom)) continue;
      const there = document.elementFromPoint(x, y);
      if (there !== button && !button.contains(there) && !there?.contains(button)) covered.push(button.textContent || button.id);
    }
    const name = document.querySelector('.room-head h1');
    const cut = name && name.scrollWidth > name.clientWidth ? ['the name of the room'] : [];
    const hidden = ['.own-place', '.mute', '.song-name', '.status-sentence', '.station.here .disc.you'].filter((part) => {
      const box = document.querySelector(part)?.getBoundingClientRect();
      return !box || box.height < 8 || box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth;
    });
    const share = (part: string): number => (document.querySelector(part)?.getBoundingClientRect().height ?? NaN) / innerHeight;
    return { covered, hidden: [...cut, ...hidden], dock: share('.dock'), scroll: share('.room-scroll') };
  });
}

describe.each([
  [1280, 600, 0.25, 0.4],
  [390, 844, 0.2, 0.5],
  [844, 390, 0.3, 0.4],
  [640, 360, 0.35, 0.35],
])('a screen of %i by %i', (width, height, most, least) => {
  it('has place, song and microphone in sight, no button covered by news, and room for the rest', async () => {
    const visitor = await visit(stage.browser, { context: { viewport: { width, height }, bypassCSP: true }, script: organiser() });
    const { page } = visitor;
    await enter(stage.server, visitor, room.link, 'Maria', 'singer');
    await page.click('button:has-text("Lead a song")');
    await page.click('button:has-text("Start the song")');
    await page.waitForSelector('.song-controls button:has-text("Stop the song")');
    await page.waitForSelector('.notice:last-child');
    const told = await layout(page);
    expect(told.covered).toEqual([]);
    expect(told.hidden).toEqual([]);
    expect(told.dock).toBeLessThan(most);
    expect(told.scroll).toBeGreaterThan(least);
    expect(await faults(page)).toEqual([]);
    // Notes travel along the line, but not before the eyes of who does not bear that.
    const moving = (): Promise<number> => page.evaluate(() => document.getAnimations().length);
    await page.waitForSelector('.stream-flow.moving');
    expect(await moving()).toBeGreaterThan(0);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await expect.poll(moving, { timeout: 5_000 }).toBe(0);
    // Drawn in its own typefaces, whatever the machine has.
    const faces = await page.evaluate(async () =>
      [...(await document.fonts.ready)].filter((face) => face.status === 'loaded').map((face) => face.family),
    );
    for (const family of ['Vollkorn', 'Source Sans 3']) expect(faces.join()).toContain(family);
    // Whatever lies further down can be brought into sight and pressed.
    await page.click('button:has-text("Record what I hear")');
    await page.click('button:has-text("Stop recording")');
    expect((await layout(page)).covered).toEqual([]);
    // Only what lies between the song and the microphone can be scrolled.
    expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);
    await page.context().close();
  });
});

describe('a room of 300 people', () => {
  it('shows oneself wherever one looks, draws few of the others, and costs little', async () => {
    const visitor = await visit(stage.browser, { context: { viewport: { width: 390, height: 844 }, bypassCSP: true } });
    const { page } = visitor;
    await enter(stage.server, visitor, room.link, 'Maria', 'singer');
    const others = await crowd(stage.server.url, room.room, 299);
    await page.waitForSelector('.line-head:has-text("300 singers")');
    await page.waitForSelector('.person.you');
    expect(await page.locator('.person').count()).toBeLessThanOrEqual(96);
    for (const where of ['.person.you', '.bucket:last-child', '.side']) {
      await page.locator(where).first().scrollIntoViewIfNeeded();
      const { hidden } = await layout(page);
      expect(hidden.filter((part) => ['.own-place', '.mute', '.status-sentence'].includes(part))).toEqual([]);
    }
    expect(await faults(page)).toEqual([]);
    // Everybody of one group, at a press.
    const more = page.locator('.bucket-more').first();
    const shown = await page.locator('.person').count();
    await more.click();
    expect(await page.locator('.person').count()).toBeGreaterThan(shown + 20);
    // Forty of them switch their microphones off, one after another: what drawing that costs the main thread, in milliseconds of its own time.
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    const spent = async (): Promise<number> => {
      const { metrics } = await devtools.send('Performance.getMetrics');
      return 1_000 * (metrics.find((one) => one.name === 'TaskDuration')?.value ?? NaN);
    };
    const before = await spent();
    for (const one of others.visitors.slice(0, 40)) one.say({ type: 'mute', muted: true });
    const waiting = (): Promise<number> =>
      page.evaluate(() => {
        const muted = [...document.querySelectorAll('.person')].filter((one) => /^Singer ([1-9]|[123]\d|40)(?!\d)/.test(one.textContent ?? ''));
        return muted.length === 0 ? NaN : muted.filter((one) => !one.textContent?.includes('microphone off')).length;
      });
    await expect.poll(waiting).toBe(0);
    const cost = (await spent()) - before;
    console.log(`40 changes among 300 people: ${cost.toFixed(0)} ms of the main thread`);
    expect(cost).toBeLessThan(400);
    others.close();
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
    await page.waitForSelector('button:has-text("Stop the song")');
    expect(await place(page)).toBe('song-controls');
    await press(page, 'Sing in group 3');
    await page.waitForSelector('.bucket.here:nth-child(3)');
    expect(await place(page)).toContain('bucket here');
    await press(page, 'Stop the song');
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
