// Pictures of the song library: those of tags, one that a curator brings by keyboard, what is none, and where they are shown.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { visit } from './browser.js';
import { faults } from './faults.js';
import { folderOf, goIn, withChair } from './librarians.js';
import { picture } from './pictures.js';
import { stageOf } from './stage.js';

const stage = stageOf(1);
const folder = folderOf('covers');
withChair(stage);

/** A PNG that the browser draws: a colour and a circle. */
async function drawn(page: Page, hue: number, width = 800, height = 800): Promise<Buffer> {
  const base64 = await page.evaluate(
    ([hue, width, height]) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [width, height];
      const pen = canvas.getContext('2d');
      if (!pen) throw new Error('no canvas');
      const colours = pen.createLinearGradient(0, 0, width, height);
      colours.addColorStop(0, `hsl(${hue} 60% 30%)`);
      colours.addColorStop(1, `hsl(${hue + 60} 70% 75%)`);
      pen.fillStyle = colours;
      pen.fillRect(0, 0, width, height);
      pen.fillStyle = '#fffc';
      pen.beginPath();
      pen.arc(width / 2, height / 2, Math.min(width, height) / 4, 0, 7);
      pen.fill();
      return canvas.toDataURL('image/png').split(',')[1] ?? '';
    },
    [hue, width, height] as const,
  );
  return Buffer.from(base64, 'base64');
}

/** Some seconds of silence, with title, album and this picture in its tags (ID3v2.3). */
function mp3(title: string, album: string, cover: Buffer | null): Buffer {
  const frame = (id: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(10);
    head.write(id, 'latin1');
    head.writeUInt32BE(body.length, 4);
    return Buffer.concat([head, body]);
  };
  const text = (id: string, said: string): Buffer => frame(id, Buffer.concat([Buffer.from([0]), Buffer.from(said, 'latin1')]));
  const frames = [text('TIT2', title), text('TALB', album), text('TPE1', 'The Choir')];
  if (cover) frames.push(frame('APIC', Buffer.concat([Buffer.from('\0image/png\0\x03\0', 'latin1'), cover])));
  const tag = Buffer.concat(frames);
  const size = [21, 14, 7, 0].map((shift) => (tag.length >> shift) & 0x7f);
  const sound = Buffer.concat(Array.from({ length: 400 }, () => Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0]), Buffer.alloc(413)])));
  return Buffer.concat([Buffer.from('ID3\x03\0\0', 'latin1'), Buffer.from(size), tag, sound]);
}

const shown = (page: Page, where: string): Promise<boolean> =>
  page.$eval(where, (one) => one instanceof HTMLImageElement && one.complete && one.naturalWidth > 0).catch(() => false);

it('shows the pictures of tags, and takes others', async () => {
  const file = (name: string, content: Buffer): string => {
    writeFileSync(join(folder.path, name), content);
    return join(folder.path, name);
  };
  const { page } = await goIn(stage);
  const albums = ['Missa brevis', 'Folk songs', 'Spirituals', 'Canons', 'Evening'];
  for (const [i, album] of albums.entries()) {
    const name = file(`${album}.mp3`, mp3(`Song of ${album}`, album, i === 1 ? null : await drawn(page, i * 70)));
    await page.setInputFiles('.library-new input[type=file]', name);
    await page.waitForSelector(`.library-new .note:has-text("${album}")`);
  }

  // Jobs find them, niced: beside other work on the machine they take their time. Then they are on the albums' page.
  const covers = async (): Promise<number> => {
    const body = (await (await page.request.get(`${stage.server.url}/api/library/albums`)).json()) as {
      data: { albums: { cover: string | null }[] };
    };
    return body.data.albums.filter(({ cover }) => cover !== null).length;
  };
  await expect.poll(covers, { timeout: 60_000 }).toBe(4);
  await page.click('.library-way a:has-text("Albums")');
  await page.waitForSelector('.library-albums li:nth-child(5)');
  await expect
    .poll(() => page.$$eval('.library-albums img', (all) => all.filter((one) => (one as HTMLImageElement).naturalWidth > 0).length))
    .toBe(4);
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await picture(page, `covers-albums-${scheme}`);
    expect(await faults(page)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });

  // The pages' own rules let them through, and no picture of elsewhere.
  const guarded = await visit(stage.browser, { context: { storageState: await page.context().storageState() } });
  const refused: string[] = [];
  guarded.page.on('console', (said) => {
    if (said.text().includes('Content Security Policy')) refused.push(said.text());
  });
  await guarded.page.goto(`${stage.server.url}/library/albums`);
  await expect.poll(() => shown(guarded.page, '.library-albums img')).toBe(true);
  expect(refused).toEqual([]);
  await guarded.page.$eval('.library-albums img', (one) => ((one as HTMLImageElement).srcset = 'http://127.0.0.1:1/other.webp 160w'));
  await expect.poll(() => refused.length).toBeGreaterThan(0);
  await guarded.page.context().close();

  // By keyboard: the button opens the choice of a file.
  await page.click('.library-albums a:has-text("Folk songs")');
  await page.waitForSelector('svg.library-cover-large[role=img][aria-label="Folk songs"]');
  const change = page.locator('.library-cover-change button:has-text("Change the picture")');
  const [choice] = await Promise.all([page.waitForEvent('filechooser'), change.press('Enter')]);
  await choice.setFiles(file('none.png', Buffer.from('Dear choir, here is the cover.')));
  await page.waitForSelector('.library-cover-change [role=alert]:has-text("This file is no picture that can be shown")');
  await page.setInputFiles('.library-cover-change input', file('large.png', Buffer.alloc(10_000_001)));
  await page.waitForSelector('.library-cover-change [role=alert]:has-text("A picture may have up to 10 MB.")');
  await page.setInputFiles('.library-cover-change input', file('folk.png', await drawn(page, 20, 900, 600)));
  await page.waitForSelector('.library-cover-change [role=status]:has-text("The picture is changed.")');
  await expect.poll(() => shown(page, 'img.library-cover-large')).toBe(true);
  expect(await page.getAttribute('img.library-cover-large', 'alt')).toBe('Folk songs');

  // Its song has it too, in the player as well.
  await page.click('.library-songs button[aria-label^="Play"]');
  await expect.poll(() => shown(page, '.library-player img')).toBe(true);
  const artwork = await page.evaluate(() => navigator.mediaSession.metadata?.artwork.map(({ src }) => src) ?? []);
  expect(artwork.map((src) => new URL(src).searchParams.get('size'))).toEqual(['160', '640']);
  for (const src of artwork) expect((await page.request.get(src)).headers()['content-type']).toBe('image/webp');
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await picture(page, `covers-album-${scheme}`);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      expect(await faults(page)).toEqual([]);
    }
  }
  await page.click('.library-song a');
  await page.waitForSelector('img.library-cover-large[alt="Folk songs"]');
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await picture(page, `covers-song-${scheme}`);
    expect(await faults(page)).toEqual([]);
  }
  await page.goBack();
  await page.click('button:has-text("Take the picture away")');
  await page.waitForSelector('svg.library-cover-large');
  await page.waitForSelector('.library-cover-change [role=status]:has-text("The picture is taken away.")');
});
