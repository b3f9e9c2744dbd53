// The measurements of latency.ts, at small size: they must hang together. How fast things are is for the bench to say.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from './browser.js';
import { PARTS, makeChoir, measureJoin, measureLoop } from './measure.js';
import { Server } from './server.js';

let server: Server;
let browser: Browser;
let choir: string;

beforeAll(async () => {
  server = await Server.start(1, { blocks_per_message: 1, lead_in_ms: 500 });
  // Sings by the time at which a visitor comes.
  choir = await makeChoir(server);
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it('the parts of the loop time make up the whole', async () => {
  const loop = await measureLoop(server, browser, 1, 2);
  expect(loop.blocks).toBeGreaterThan(50);
  expect(loop.blocks_per_message).toBe(1);
  expect(loop.unexplained).toBeLessThan(0.01);
  for (const part of PARTS) expect(loop.parts[part].p99).toBeGreaterThanOrEqual(loop.parts[part].p50);
  for (const part of ['to_page', 'decode', 'encode', 'send', 'to_server'] as const) expect(loop.parts[part].p50).toBeGreaterThan(0);
  // A block must be sung in full: 20 ms, and the codecs' delay of 5 ms on both ways.
  expect(loop.parts.block.p50).toBeCloseTo(25, 1);
  expect(loop.without_sound_card.p50).toBeLessThan(loop.total.p50);
  expect(loop.without_sound_card.p50).toBeGreaterThan(25);
});

it('a visitor hears the song that is being sung', async () => {
  const join = await measureJoin(server, browser, 1, choir);
  expect(join.all).toHaveLength(1);
  expect(join.median).toBeGreaterThan(50);
  expect(join.median).toBeLessThan(20_000);
});
