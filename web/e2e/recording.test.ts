// "Record what I hear": every sample that was played, through a crash of the page and after leaving, without costing the sound anything.
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enter, gapsOf, hear, openBrowser, visit, type Heard, type Visitor } from './browser.js';
import { faults } from './faults.js';
import { Server } from './server.js';

let server: Server;
let browser: Browser;
let link: string;
/** For the page; its workers have a global of their own. */
const NO_FILES = 'StorageManager.prototype.getDirectory = () => Promise.reject(new Error("no"));';

/** The disk takes the header and four pieces. */
const FULL_DISK = `
  let left = 5;
  const write = FileSystemSyncAccessHandle.prototype.write;
  FileSystemSyncAccessHandle.prototype.write = function (...given) {
    if (--left < 0) throw new DOMException('', 'QuotaExceededError');
    return write.apply(this, given);
  };`;

let ann: Visitor;

beforeAll(async () => {
  server = await Server.start(1);
  browser = await openBrowser();
  ({ link } = await server.makeRoom({ name: 'Monday choir' }));
  ann = await visit(browser);
  await enter(server, ann, link, 'Ann', 'singer');
  await ann.page.click('button:has-text("Lead a song")');
  await ann.page.click('button:has-text("Start the song")');
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Who listens to the song that Ann sings. */
async function listener(): Promise<Visitor> {
  const ben = await visit(browser, { context: { bypassCSP: true } });
  await enter(server, ben, link, 'Ben', 'listener');
  await ben.page.waitForSelector('.status.on');
  return ben;
}

/** The recording that a page offers, as its samples on the left. */
async function offered(page: Page): Promise<Int16Array> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('.recordings a[download]')]);
  expect(download.suggestedFilename()).toMatch(/^[\w ]+ \d{4}-\d\d-\d\d \d\d\.\d\d( \(\d\))?\.wav$/);
  const file = readFileSync(await download.path());
  expect(file.subarray(0, 4).toString()).toBe('RIFF');
  expect(file.readUInt32LE(4)).toBe(file.length - 8);
  expect(file.readUInt32LE(40)).toBe(file.length - 44);
  return Int16Array.from({ length: (file.length - 44) / 4 }, (_, i) => file.readInt16LE(44 + i * 4));
}

/** Whether the recording holds what was heard, sample by sample. */
function holds(recording: Int16Array, heard: Heard): boolean {
  const wanted = Int16Array.from(heard.samples, (s) => Math.round(Math.min(1, Math.max(-1, s)) * 32_767));
  expect(wanted.filter((s) => s !== 0).length).toBeGreaterThan(wanted.length / 20);
  for (let at = 0; at + wanted.length <= recording.length; at++) {
    let i = 0;
    while (i < wanted.length && recording[at + i] === wanted[i]) i++;
    if (i === wanted.length) return true;
  }
  return false;
}

/** Runs `code` in every worker that the page starts from now on, before its own. */
async function inItsWorkers(page: Page, code: string): Promise<void> {
  await page.evaluate((before) => {
    window.Worker = class extends Worker {
      constructor(url: string | URL) {
        super(URL.createObjectURL(new Blob([`${before}importScripts(${JSON.stringify(new URL(url, location.href).href)})`])));
      }
    };
  }, code);
}

async function record(page: Page): Promise<void> {
  await page.click('button:has-text("Record what I hear")');
  await page.waitForSelector('button:has-text("Stop recording (0:01)")');
}

describe('a recording', () => {
  it('outlives a crash of the page, and is offered at the next visit with every sample', async () => {
    const ben = await listener();
    await record(ben.page);
    const heard = await hear(ben, 1.5);
    // So that what was heard lies on the disk: the last quarter of a second may be lost.
    await ben.page.waitForSelector('button:has-text("Stop recording (0:04)")');
    // Another window of the same browser does not offer what is still being made.
    const other = await ben.page.context().newPage();
    await other.goto(server.url);
    await other.waitForSelector('#room-name');
    // Of the recording, and of the tab that is in the room.
    expect(await other.evaluate(() => navigator.locks.query().then((locks) => locks.held?.length))).toBe(2);
    expect(await other.locator('.recordings').count()).toBe(0);
    const crashed = ben.page.waitForEvent('crash');
    await ben.page.goto('chrome://crash').catch(() => undefined);
    await crashed;
    await other.reload();
    await other.waitForSelector('.recordings a[download*="Monday choir"]');
    const recording = await offered(other);
    expect(recording.length).toBeGreaterThan(3 * 48_000);
    expect(holds(recording, heard)).toBe(true);
    // Deleted for good, asked once.
    await other.click('.recordings button:has-text("Delete")');
    await other.click('.recordings button:has-text("Delete for good")');
    await other.waitForSelector('.recordings', { state: 'detached' });
    await other.reload();
    await other.waitForSelector('#room-name');
    expect(await other.locator('.recordings').count()).toBe(0);
    await other.context().close();
  });

  it('ends with the visit, costs neither her nor the singers a sample, and is offered at the good-bye', async () => {
    const ben = await listener();
    await hear(ben, 0.5);
    // A fault would cost something at each of these ends; a busy machine may cost a block at one.
    const before = await gapsOf([ann, ben]);
    for (let i = 0; i < 4; i++) {
      await record(ben.page);
      const heard = await hear(ben, 1);
      await ben.page.click('button:has-text("Stop recording")');
      await ben.page.waitForSelector(`.recordings li:nth-child(${i + 1}) a[download]`);
      if (i === 0) expect(holds(await offered(ben.page), heard)).toBe(true);
    }
    expect((await gapsOf([ann, ben])) - before).toBeLessThan(4);
    const made = await ben.page.locator('.recordings a[download]').count();
    await ben.page.click('button:has-text("Record what I hear")');
    await ben.page.waitForSelector('button:has-text("Stop recording (0:01)")');
    // Closing the page by mistake asks.
    const question = ben.page.waitForEvent('dialog');
    await ben.page.close({ runBeforeUnload: true });
    await (await question).dismiss();
    expect(await faults(ben.page)).toEqual([]);
    await ben.page.click('nav button:has-text("Leave")');
    await ben.page.click('dialog[open]:has-text("You are recording") button:has-text("Leave now")');
    await ben.page.waitForSelector('h1:has-text("You have left")');
    await expect.poll(() => ben.page.locator('.recordings a[download]').count()).toBe(made + 1);
    expect(await faults(ben.page)).toEqual([]);
    await ben.page.context().close();
  });

  it('ends with a sentence when the disk is full, and what there is is offered', async () => {
    const ben = await listener();
    await inItsWorkers(ben.page, FULL_DISK);
    await ben.page.click('button:has-text("Record what I hear")');
    await ben.page.waitForSelector('.problem:has-text("no room left")');
    await ben.page.waitForSelector('button:has-text("Record what I hear")');
    expect((await offered(ben.page)).length).toBeGreaterThan(10_000);
    await ben.page.evaluate(() => {
      navigator.storage.estimate = () => Promise.resolve({ quota: 1e9, usage: 999e6 });
    });
    await ben.page.click('button:has-text("Record what I hear")');
    await ben.page.waitForSelector('.problem:has-text("too little room")');
    await ben.page.context().close();
  });

  it('is made in memory where the browser keeps no files, and says so', async () => {
    const cy = await visit(browser, { script: NO_FILES, context: { bypassCSP: true } });
    await enter(server, cy, link, 'Cy', 'listener');
    await inItsWorkers(cy.page, NO_FILES);
    await cy.page.click('button:has-text("Record what I hear")');
    await cy.page.waitForSelector('.record:has-text("cannot keep it")');
    await cy.page.waitForSelector('button:has-text("Stop recording (0:01)")');
    await cy.page.click('button:has-text("Stop recording")');
    await cy.page.waitForSelector('.recordings:has-text("before you close this page")');
    expect((await offered(cy.page)).length).toBeGreaterThan(20_000);
    await cy.page.context().close();
  });
});
