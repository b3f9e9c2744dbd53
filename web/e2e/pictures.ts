// Pictures of pages, for who wants to look at them: in the folder that PICTURES names.
import type { Page } from 'playwright-core';

/** `part`: what has to be in sight. Of a phone, a tablet and a computer. */
export async function picture(page: Page, name: string, part?: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (folder === undefined) return;
  const before = page.viewportSize();
  for (const [width, height] of [
    [390, 844],
    [820, 1180],
    [1280, 800],
  ] as const) {
    await page.setViewportSize({ width, height });
    if (part !== undefined) await page.locator(part).first().scrollIntoViewIfNeeded();
    await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true });
  }
  if (before) await page.setViewportSize(before);
}
