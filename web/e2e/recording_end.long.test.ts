// "Record what I hear" after an evening: its end costs neither the page nor the sound more than 20 ms at a time, in a file and in memory; and the file
// is taken home without ever being in memory.
import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { enter, visitWithDisk, type Visitor } from './browser.js';
import { longestTaskMs } from './main_thread.js';
import { mostGrowth } from './memory.js';
import { stageOf } from './stage.js';

const stage = stageOf(1);

const HOURS = 3;
/** In memory it is half an hour at most. */
const MEMORY_HOURS = 0.45;
const BYTES_PER_HOUR = 3_600 * 48_000 * 4;
const MOST_MS = 20;
/** What the page and the browser may do with while it ends, and is taken home: a part of what it is long. */
const MOST_MB = 150;
const HEADER_BYTES = 44;

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

/** The same where no file is kept: the worker has given the browser so many pieces when it gives the first of its own, as it does while a song lasts. */
const longMemory = (hours: number): string => `
  StorageManager.prototype.getDirectory = () => Promise.reject(new Error('no'));
  const push = Array.prototype.push;
  const piece = new Uint8Array(500_000).fill(7);
  let grown = false;
  Array.prototype.push = function (...given) {
    if (!grown && given.length === 1 && given[0] instanceof Blob) {
      grown = true;
      for (let at = 0; at < ${hours * BYTES_PER_HOUR}; at += piece.length) push.call(this, new Blob([piece]));
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

/** Downloads what is offered; how long the file is, and how long its header says that it is. */
async function takeHome({ page }: Visitor): Promise<{ bytes: number; told: number }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('.recordings a[download]')]);
  const file = openSync(await download.path(), 'r');
  const header = Buffer.alloc(HEADER_BYTES);
  readSync(file, header, 0, HEADER_BYTES, 0);
  const bytes = fstatSync(file).size;
  closeSync(file);
  await download.delete();
  return { bytes, told: header.readUInt32LE(40) + HEADER_BYTES };
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
  let longest = NaN;
  const grewAtEnd = await mostGrowth(folder, async () => {
    longest = await longestTaskMs(ann.page, async () => {
      await ann.page.click('button:has-text("Stop recording")');
      await ann.page.waitForSelector('.recordings a[download]', { timeout: 60_000 });
    });
  });
  const lost = (await missing(ann)) - before;
  let home = { bytes: 0, told: 0 };
  const grewAtHome = await mostGrowth(folder, async () => {
    home = await takeHome(ann);
  });
  const lostAtHome = (await missing(ann)) - before - lost;
  console.log(
    `${where}: longest task ${longest.toFixed(1)} ms; sound missing ${(lost / 48).toFixed(1)} ms at its end, ${(lostAtHome / 48).toFixed(1)} ms at the ` +
      `download of ${(home.bytes / 1e6).toFixed(0)} MB; memory grew by ${grewAtEnd.toFixed(0)} and ${grewAtHome.toFixed(0)} MB; ` +
      `${await ann.page.textContent('.recordings')}`,
  );
  expect(home.bytes).toBeGreaterThan(hours * BYTES_PER_HOUR);
  // In memory the header knows nothing of the hours that came from elsewhere.
  if (where === 'in a file') expect(home.told).toBe(home.bytes);
  expect(longest).toBeLessThan(MOST_MS);
  expect(lost).toBeLessThan((MOST_MS * 48_000) / 1000);
  expect(grewAtEnd).toBeLessThan(MOST_MB);
  expect(grewAtHome).toBeLessThan(MOST_MB);
  await ann.page.context().close();
  rmSync(folder, { recursive: true });
});
