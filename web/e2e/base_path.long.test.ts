// A server under a path of a host that has other things too: whatever the page asks for lies below it, and a song is heard.
import { expect, it } from 'vitest';
import { enter, hear, visit } from './browser.js';
import { stageOf } from './stage.js';

const BELOW = '/sing/';
const stage = stageOf(1, { base_path: BELOW, default_interval_ms: 300, lead_in_ms: 500 });

it('a room is made, entered by its link, and sung in, under a path', async () => {
  const asked = new Set<string>();
  const note = (address: string): void => {
    const { protocol, pathname } = new URL(address);
    if (protocol !== 'blob:' && protocol !== 'data:') asked.add(pathname);
  };
  const visitors = [await visit(stage.browser), await visit(stage.browser)] as const;
  for (const { page } of visitors) {
    page.on('request', (request) => note(request.url()));
    page.on('websocket', (socket) => note(socket.url()));
  }
  const [{ page }, ben] = visitors;
  await page.goto(stage.server.url + BELOW);
  await page.fill('#room-name', 'Monday choir');
  await page.click('button:has-text("Make a room")');
  await page.fill('#your-name', 'Ann');
  await page.click('button:has-text("Go in")');
  await page.waitForSelector('.bucket.here');
  const { pathname } = new URL(page.url());
  expect(pathname).toMatch(/^\/sing\/r\/\w+$/);
  await enter(stage.server, ben, pathname, 'Ben', 'listener');
  await page.click('button:has-text("Lead a song")');
  await page.click('button:has-text("Start the song")');
  await ben.page.waitForSelector('.status.on');
  const loudest = async (): Promise<number> => (await hear(ben, 0.5)).samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  await expect.poll(loudest, { timeout: 10_000 }).toBeGreaterThan(0.01);
  expect([...asked].filter((path) => !path.startsWith(BELOW))).toEqual([]);
  expect(asked).toContain(`${BELOW}ws`);
  await Promise.all(visitors.map((visitor) => visitor.page.context().close()));
});
