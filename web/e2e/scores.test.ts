// A score: uploaded, drawn by the server, turned by the leader for all, as each hears her, and by each for herself.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { enter, visit } from './browser.js';
import { picture } from './pictures.js';
import { stageOf } from './stage.js';

const INTERVAL_MS = 1_500;
const stage = stageOf(1, { default_interval_ms: INTERVAL_MS });

/** Pages with five staves each; a thick bar at the left is as long as the page's number says. */
function pdf(pages: number): Buffer {
  const staff = (y: number): string => [0, 10, 20, 30, 40].map((line) => `60 ${y + line} m 535 ${y + line} l S`).join('\n');
  const content = (page: number): string =>
    `0 G 1 w\n${[120, 260, 400, 540, 680].map(staff).join('\n')}\n0 g 30 ${700 - page * 100} 12 ${(page + 1) * 100} re f`;
  const kids = Array.from({ length: pages }, (_, i) => `${3 + 2 * i} 0 R`).join(' ');
  const objects = ['<< /Type /Catalog /Pages 2 0 R >>', `<< /Type /Pages /Count ${pages} /Kids [${kids}] >>`];
  for (let page = 0; page < pages; page++) {
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents ${4 + 2 * page} 0 R >>`);
    objects.push(`<< /Length ${content(page).length} >>\nstream\n${content(page)}\nendstream`);
  }
  let out = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const offset = out.length;
    out += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  return Buffer.from(
    `${out}xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${out.length}\n%%EOF\n`,
  );
}

async function singer(link: string, name: string, width: number): Promise<Page> {
  const visitor = await visit(stage.browser, { context: { viewport: { width, height: 844 } } });
  await enter(stage.server, visitor, link, name, 'singer');
  return visitor.page;
}

const upload = (page: Page, name: string, buffer: Buffer): Promise<void> =>
  page.setInputFiles('input[aria-label="Score to upload"]', { name, mimeType: 'application/pdf', buffer });
const sheet = (page: Page, number: number): Promise<unknown> =>
  page.waitForSelector(`canvas[aria-label$="page ${number} of 3"]`, { timeout: 40_000 });
/** Whether what is drawn at this share of the page's width and height is dark. */
const isDark = (page: Page, x: number, y: number): Promise<boolean> =>
  page.evaluate(
    ([across, down]) => {
      const canvas = document.querySelector<HTMLCanvasElement>('.score-sheet');
      const pixel = canvas?.getContext('2d')?.getImageData(canvas.width * (across ?? 0), canvas.height * (down ?? 0), 1, 1).data;
      return (pixel?.[0] ?? 255) < 100;
    },
    [x, y],
  );
/** In the bar of page 3 alone. */
const BAR_X = 36 / 595;
const BAR_Y = 1 - 550 / 842;

it('is uploaded, drawn, turned for all in each one’s own time, and by each for herself', async () => {
  const { link } = await stage.server.makeRoom();
  const ann = await singer(link, 'Ann', 1_280);
  const ben = await singer(link, 'Ben', 390);
  await ann.click('.song-controls button:has-text("Lead a song")');
  await upload(ann, 'Long.pdf', pdf(41));
  await ann.waitForSelector('.problem:has-text("has 41 pages; up to 40")', { timeout: 40_000 });
  await ben.waitForSelector('.hint:has-text("“Long” is no score: This PDF has 41 pages")');
  await upload(ann, 'Evening.pdf', pdf(3));
  await sheet(ben, 1);
  await sheet(ann, 1);
  expect(await ben.locator('button:has-text("Upload a score")').count()).toBe(0);
  await picture(ann, 'score-between', '.score');
  // Between songs each looks where she likes.
  await ben.click('.score button:has-text("Next")');
  await sheet(ben, 2);
  await expect.poll(() => isDark(ben, BAR_X, BAR_Y)).toBe(false);

  await ann.click('.song-controls button:has-text("Start the song")');
  await sheet(ben, 1);
  await ann.waitForSelector('.song-time:text-matches("0:0[2-9]")', { timeout: 8_000 });
  await ann.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await ann.keyboard.press('PageDown');
  await sheet(ann, 2);
  const turnedMs = Date.now();
  await sheet(ben, 2);
  expect(Date.now() - turnedMs).toBeGreaterThan(INTERVAL_MS - 700);
  await picture(ann, 'score-leading');
  await ben.keyboard.press('ArrowRight');
  await sheet(ben, 3);
  await expect.poll(() => isDark(ben, BAR_X, BAR_Y)).toBe(true);
  await picture(ben, 'score-singing-phone');
  await ben.click('button:has-text("Follow the leader")');
  await sheet(ben, 2);
  await ann.click('button:has-text("Show it on a hall")');
  await ann.waitForSelector('.presentation canvas[aria-label$="page 2 of 3"]');
  await picture(ann, 'score-hall');
  await ann.keyboard.press('Escape');
  expect(await ben.locator('.notice.error').count()).toBe(0);
});
