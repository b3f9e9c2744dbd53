// "Record what I hear" after two hours: its end costs neither the page nor the sound more than 20 ms at a time, in a file and in memory.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { enter, visitWithDisk, type Visitor } from './browser.js';
import { longestTaskMs } from './main_thread.js';
import { stageOf } from './stage.js';

const stage = stageOf(1);

const HOURS = 2;
/** In memory it is half an hour at most. */
const MEMORY_HOURS = 0.45;
const BYTES_PER_HOUR = 3_600 * 48_000 * 4;
const MOST_MS = 20;

/** The worker finds so many pieces in its recording already when the first of its own comes. */
const longFile = (hours: number): string => `
  const more = ${hours * BYTES_PER_HOUR}, header = 44;
  const write = FileSystemSyncAccessHandle.prototype.write;
  let grown = false;
  FileSystemSyncAccessHandle.prototype.write = function (bytes, where) {
    if (where.at < header) return write.call(this, bytes, where);
    const piece = new Uint8Array(4_000_000).fill(7);
    if (!grown) for (let at = 0; at < more; at += piece.length) write.call(this, piece, { at: header + at });
    grown = true;
    return write.call(this, bytes, { at: more + where.at });
  };`;

/** The same where no file is kept: pieces as large as the worker writes them. */
const longMemory = (hours: number): string => `
  StorageManager.prototype.getDirectory = () => Promise.reject(new Error('no'));
  const push = Array.prototype.push;
  let grown = false;
  Array.prototype.push = function (...given) {
    if (!grown && given.length === 1 && given[0] instanceof Uint8Array) {
      grown = true;
      for (let at = 0; at < ${hours * BYTES_PER_HOUR}; at += 192_000) push.call(this, new Uint8Array(192_000).fill(7));
    }
    return push.apply(this, given);
  };`;

const missing = (visitor: Visitor): Promise<number> =>
  visitor.page.evaluate(async () => (await window.roundelayStats?.())?.sound.missingFrames ?? NaN);

async function singer(folder: string, worker: string): Promise<Visitor> {
  const { link } = await stage.server.makeRoom({ name: 'Monday choir' });
  const ann = await visitWithDisk(folder);
  await enter(stage.server, ann, link, 'Ann', 'singer');
  await ann.page.evaluate((before) => {
    window.Worker = class extends Worker {
      constructor(url: string | URL) {
        super(URL.createObjectURL(new Blob([`${before}importScripts(${JSON.stringify(new URL(url, location.href).href)})`])));
      }
    };
  }, worker);
  await ann.page.click('button:has-text("Lead a song")');
  await ann.page.click('button:has-text("Start the song")');
  await ann.page.waitForSelector('.status.on');
  return ann;
}

it.each([
  ['in a file', longFile(HOURS), HOURS],
  ['in memory', longMemory(MEMORY_HOURS), MEMORY_HOURS],
])('%s: its end holds up neither page nor sound', async (where, worker, hours) => {
  const folder = mkdtempSync(join(tmpdir(), 'roundelay-recording-'));
  const ann = await singer(folder, worker);
  await ann.page.click('button:has-text("Record what I hear")');
  await ann.page.waitForSelector('button:has-text("Stop recording (0:1")', { timeout: 60_000 });
  const before = await missing(ann);
  const longest = await longestTaskMs(ann.page, async () => {
    await ann.page.click('button:has-text("Stop recording")');
    await ann.page.waitForSelector('.recordings a[download]', { timeout: 60_000 });
  });
  const lost = (await missing(ann)) - before;
  const shown = await ann.page.textContent('.recordings');
  console.log(`${where}: longest task ${longest.toFixed(1)} ms, ${(lost / 48).toFixed(1)} ms of sound missing; ${shown}`);
  const bytes = await ann.page.evaluate(async () => {
    const link = document.querySelector<HTMLAnchorElement>('.recordings a[download]');
    return link ? (await (await fetch(link.href)).blob()).size : 0;
  });
  expect(bytes).toBeGreaterThan(hours * BYTES_PER_HOUR);
  expect(longest).toBeLessThan(MOST_MS);
  expect(lost).toBeLessThan((MOST_MS * 48_000) / 1000);
  await ann.page.context().close();
  rmSync(folder, { recursive: true });
});
