// What the tests of a file share: a server and a browser, begun before them and ended after them.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { openBrowser } from './browser.js';
import { Server } from './server.js';

export interface Stage {
  server: Server;
  browser: Browser;
}

/** To be called at the top of a file; its fields are there once the tests run. */
export function stageOf(shards: number, config: Record<string, unknown> = {}): Stage {
  const stage: Partial<Stage> = {};
  beforeAll(async () => {
    stage.server = await Server.start(shards, config);
    stage.browser = await openBrowser();
  });
  afterAll(async () => {
    await stage.browser?.close();
    await stage.server?.stop();
  });
  return stage as Stage;
}
