// Leaving, closing and reloading: asked first while others would miss one, and a reload leads back in.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { enter, visit } from './browser.js';
import { stageOf } from './stage.js';

const stage = stageOf(1);

async function sing(page: Page): Promise<void> {
  await page.click('button:has-text("Lead a song")');
  await page.click('button:has-text("Start the song")');
  await page.waitForSelector('.status.on');
}

/** How often the browser asked whether the page may be left; it is answered with `leave`. */
function questions(page: Page, leave: boolean): { count: number } {
  const asked = { count: 0 };
  page.on('dialog', (dialog) => {
    asked.count++;
    void (leave ? dialog.accept() : dialog.dismiss());
  });
  return asked;
}

describe('in a song', () => {
  it('the Leave button, the Back button and closing the page ask, and staying costs nothing', async () => {
    const { page } = await visit(stage.browser);
    const asked = questions(page, false);
    await page.goto(stage.server.url);
    await page.fill('#room-name', 'Monday choir');
    await page.click('button:has-text("Make a room")');
    await page.fill('#your-name', 'Maria');
    await page.click('button:has-text("Go in")');
    await page.waitForSelector('.bucket.here');
    const ben = await visit(stage.browser);
    await enter(stage.server, ben, new URL(page.url()).pathname, 'Ben', 'listener');
    await page.waitForSelector('.person-name:has-text("Ben")');
    await sing(page);
    const question = 'dialog[open]:has-text("in the middle of the song")';
    await page.click('nav button:has-text("Leave")');
    await page.waitForSelector(question);
    await page.click('dialog button:has-text("Stay")');
    await page.waitForSelector(question, { state: 'detached' });
    const room = page.url();
    await page.evaluate(() => history.back());
    await page.waitForSelector(question);
    expect(page.url()).toBe(room);
    await page.click('dialog button:has-text("Stay")');
    await page.close({ runBeforeUnload: true });
    await expect.poll(() => asked.count).toBe(1);
    expect(await page.locator('.status.on').count()).toBe(1);
    await page.click('nav button:has-text("Leave")');
    await page.click('dialog button:has-text("Leave now")');
    await page.waitForSelector('h1:has-text("You have left")');
    // Nobody is asked any more.
    await page.reload();
    await page.waitForSelector('#your-name');
    expect(asked.count).toBe(1);
    await Promise.all([page, ben.page].map((one) => one.context().close()));
  });

  it('who only listens is not asked', async () => {
    const { link } = await stage.server.makeRoom({ name: 'Monday choir' });
    const [ann, ben] = [await visit(stage.browser), await visit(stage.browser)];
    const asked = questions(ben.page, true);
    await enter(stage.server, ann, link, 'Ann', 'singer');
    await enter(stage.server, ben, link, 'Ben', 'listener');
    await sing(ann.page);
    await ben.page.waitForSelector('.status.on');
    await ben.page.reload();
    await ben.page.waitForSelector('.bucket.here .you:has-text("listening")');
    expect(asked.count).toBe(0);
    await ben.page.click('nav button:has-text("Leave")');
    await ben.page.waitForSelector('h1:has-text("You have left")');
    // His place is free at once, not after the two minutes in which a lost connection may come back.
    await expect.poll(() => ann.page.locator('.person').count()).toBe(1);
    await Promise.all([ann, ben].map((visitor) => visitor.page.context().close()));
  });

  it('a leader who reloads is back in her place, leading and singing, without a click', async () => {
    const { link } = await stage.server.makeRoom({ name: 'Monday choir' });
    const ann = await visit(stage.browser);
    const asked = questions(ann.page, true);
    await enter(stage.server, ann, link, 'Ann', 'singer');
    await sing(ann.page);
    await ann.page.reload();
    // Nobody else is there to miss her.
    expect(asked.count).toBe(0);
    await ann.page.waitForSelector('.bucket.here:nth-child(1) .you.leads');
    await ann.page.waitForSelector('.status.on');
    expect(await ann.page.locator('.person').count()).toBe(1);
    expect(await ann.page.locator('button:has-text("Stop the song")').count()).toBe(1);
    const sent = async (): Promise<number> => (await ann.page.evaluate(() => window.roundelayStats?.()))?.sound.sender?.voicesSent ?? 0;
    await expect.poll(sent, { timeout: 10_000 }).toBeGreaterThan(20);
    await ann.page.context().close();
  });
});
