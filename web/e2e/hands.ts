// How somebody uses a page: with a pointer, or with the keyboard alone, from Tab to Tab.
import type { Page } from 'playwright-core';

export interface Hands {
  readonly press: (page: Page, selector: string) => Promise<void>;
  /** In place of what is there. */
  readonly write: (page: Page, selector: string, text: string) => Promise<void>;
  /** Switches a checkbox. */
  readonly tick: (page: Page, selector: string) => Promise<void>;
  /** One radio button of several. */
  readonly choose: (page: Page, selector: string) => Promise<void>;
}

export const pointer: Hands = {
  press: (page, selector) => page.click(selector),
  write: (page, selector, text) => page.fill(selector, text),
  tick: (page, selector) => page.check(selector),
  choose: (page, selector) => page.check(selector, { force: true }),
};

/** More than any page has, there and back. */
const MOST_STEPS = 250;

/** Goes on by Tab until `there` says so. The keyboard's place may be lost while a page is drawn anew: then one begins at its top again. */
async function tabTo(page: Page, selector: string): Promise<void> {
  await page.waitForSelector(selector);
  const target = page.locator(selector).first();
  const group = await target.evaluate((one) => (one instanceof HTMLInputElement && one.type === 'radio' ? one.name : null));
  for (let step = 0; step < MOST_STEPS; step++) {
    const there = await target.evaluate((one, name) => {
      const at = document.activeElement;
      return at === one || (name !== null && at instanceof HTMLInputElement && at.name === name);
    }, group);
    if (there) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${selector}`);
}

export const keyboard: Hands = {
  async press(page, selector) {
    await tabTo(page, selector);
    await page.keyboard.press('Enter');
  },
  async write(page, selector, text) {
    await tabTo(page, selector);
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(text);
  },
  async tick(page, selector) {
    await tabTo(page, selector);
    if (!(await page.isChecked(selector))) await page.keyboard.press('Space');
  },
  async choose(page, selector) {
    await tabTo(page, selector);
    for (let step = 0; step < 10 && !(await page.isChecked(selector)); step++) await page.keyboard.press('ArrowDown');
  },
};
