// The lead: asked for where the leader is there; and a song whose leader has left can be stopped by every singer.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { enter, visit } from './browser.js';
import { stageOf } from './stage.js';

const stage = stageOf(1);

function button(text: string): string {
  return `.song-controls button:has-text("${text}")`;
}

async function singer(link: string, name: string): Promise<Page> {
  const visitor = await visit(stage.browser);
  await enter(stage.server, visitor, link, name, 'singer');
  return visitor.page;
}

it('is asked for, kept and given; when the leader has left, the song is everybody’s to stop', async () => {
  const { link } = await stage.server.makeRoom();
  const ann = await singer(link, 'Ann');
  const ben = await singer(link, 'Ben');
  await ann.click(button('Lead a song'));
  await ben.click(button('Ask for the lead'));
  await ann.click(button('Keep the lead'));
  await ben.waitForSelector('.notice:has-text("Ann keeps the lead.")');
  await ben.click(button('Ask for the lead'));
  await ann.click(button('Let Ben lead'));
  // A double click starts the song, and does not stop it with its second half.
  await ben.click(button('Start the song'));
  const stop = await ben.waitForSelector(button('Stop the song'));
  const box = await stop.boundingBox();
  await ben.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 10);
  await ben.mouse.down({ clickCount: 2 });
  await ben.mouse.up({ clickCount: 2 });
  await ann.waitForSelector('.status.on');
  expect(await ann.locator('.song-controls button').count()).toBe(0);

  await ben.click('nav button:has-text("Leave")');
  await ben.click('dialog button:has-text("Leave now")');
  await ann.waitForSelector('.notice:has-text("Ben led and has left")');
  await expect.poll(() => ann.locator('.person').count()).toBe(1);
  await ann.click(button('Halt for everybody'));
  await ann.waitForSelector(button('Lead a song'));
  expect(await ann.locator('.notice.error').count()).toBe(0);
});
