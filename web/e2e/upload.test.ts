// Uploading as a person does it, over a line that goes away in the middle, and files that the page need not even begin to send.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { visit } from './browser.js';
import { stageOf } from './stage.js';

const stage = stageOf(1);

/** A WAV file with a quiet saw, 16 bits, mono. */
function wav(seconds: number, rate: number): Buffer {
  const bytes = Buffer.alloc(44 + 2 * seconds * rate);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(2 * rate, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(bytes.length - 44, 40);
  for (let i = 44; i < bytes.length; i += 2) bytes.writeInt16LE((i % 200) * 10, i);
  return bytes;
}

async function inRoom(): Promise<Page> {
  const { page } = await visit(stage.browser);
  await page.goto(stage.server.url);
  await page.fill('#room-name', 'Monday choir');
  await page.click('button:has-text("Make a room")');
  await page.fill('#your-name', 'Maria');
  await page.click('button:has-text("Go in")');
  await page.waitForSelector('.bucket.here');
  return page;
}

describe('an upload', () => {
  it('goes on where it was after the line broke, and is chosen for the next song', async () => {
    const page = await inRoom();
    let pieces = 0;
    await page.route(/\/uploads\/[^/]+\?offset=/, (route) => (++pieces === 2 ? route.abort('connectionreset') : route.continue()));
    await page.setInputFiles('input[type=file]', { name: 'Tallis.wav', mimeType: 'audio/wav', buffer: wav(30, 44_100) });
    await page.waitForSelector('.upload .progress:has-text("The network is away")');
    await page.waitForSelector('.track.chosen:has-text("Tallis.wav")');
    expect(pieces).toBe(4);
    await page.context().close();
  });

  it('that is too long is not even begun', async () => {
    const page = await inRoom();
    let pieces = 0;
    page.on('request', (request) => (pieces += request.url().includes('offset=') ? 1 : 0));
    await page.setInputFiles('input[type=file]', { name: 'Long.wav', mimeType: 'audio/wav', buffer: wav(21 * 60, 4_000) });
    await page.waitForSelector('.upload .problem:has-text("it lasts 21:00, and up to 20:00 minutes are allowed")');
    expect(pieces).toBe(0);
    await page.context().close();
  });
});
