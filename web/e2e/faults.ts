// What is wrong with a page for those who do not see or point, or have a small screen.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const AXE = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/** What axe finds, what has no name, and whether the page is wider than the screen. The page has to be opened with bypassCSP. */
export async function faults(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate((source) => void (0, eval)(source), AXE);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { help: string; nodes: { target: string[] }[] }[] }> };
    };
    const { violations } = await axe.run();
    const found = violations.map((one) => `${one.help}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`);
    const over = document.documentElement.scrollWidth - innerWidth;
    return over > 0 ? [...found, `${over} pixels too wide`] : found;
  });
  return [...found, ...(await nameless(page))];
}

const NAMED_ROLES = ['button', 'link', 'textbox', 'radio', 'slider', 'combobox', 'spinbutton', 'checkbox', 'dialog', 'group', 'region'];

/** What one can use, but a screen reader has no name for, as the browser itself computes it. */
async function nameless(page: Page): Promise<string[]> {
  const devtools = await page.context().newCDPSession(page);
  const { nodes } = await devtools.send('Accessibility.getFullAXTree');
  await devtools.detach();
  const used = nodes.filter((node) => !node.ignored && NAMED_ROLES.includes(String(node.role?.value)));
  return used.filter((node) => !String(node.name?.value ?? '').trim()).map((node) => `a ${String(node.role?.value)} without a name`);
}
