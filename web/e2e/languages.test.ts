// The page in another language, chosen in a room and taken back; in the longest languages everything fits on a phone.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { enter, visit } from './browser.js';
import { picture } from './pictures.js';
import { stageOf } from './stage.js';

const stage = stageOf(1);

/** How much wider than the screen the page is, or than itself the dialog that is open. */
const pixelsTooWide = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const dialog = document.querySelector('dialog[open]');
    return Math.max(document.documentElement.scrollWidth - innerWidth, dialog ? dialog.scrollWidth - dialog.clientWidth : 0);
  });

it('a room speaks German, and English again: what is drawn once as well; German and Russian fit on a phone', async () => {
  const { room, link, key } = await stage.server.makeRoom({ name: 'Chor' });
  const visitor = await visit(stage.browser, { context: { viewport: { width: 390, height: 844 } } });
  const { page, complaints } = visitor;
  await enter({ url: '' }, visitor, `${stage.server.url}${link}#organise=${key}`, 'Otto', 'listener');
  const shown = async (language: string, words: string): Promise<void> => {
    await page.selectOption('.language-choice select', language);
    await page.waitForSelector(`.person.you .person-words:has-text("${words}")`);
    expect(await page.getAttribute('html', 'lang')).toBe(language);
  };
  const wide: Record<string, number> = {};
  const look = async (one: Page, name: string): Promise<void> => {
    wide[name] = await pixelsTooWide(one);
    await picture(one, name);
  };
  for (const [language, listens] of [
    ['de', 'hört zu'],
    ['ru', 'слушает'],
  ] as const) {
    await shown(language, listens);
    if (language === 'de')
      for (const words of ['Wer wo singt', 'Begleitung', 'Tempo und Kanon', 'Programm', 'Aufnahmen'])
        await page.waitForSelector(`h2:has-text("${words}")`);
    await look(page, `${language}-room`);
    // The last one leaves.
    const dialogs = (await page.locator('.room-nav button').count()) - 1;
    expect(dialogs).toBe(4);
    for (let i = 0; i < dialogs; i++) {
      await page.locator('.room-nav button').nth(i).click();
      await page.waitForSelector('dialog[open]');
      await look(page, `${language}-dialog${i}`);
      await page.keyboard.press('Escape');
      await page.waitForSelector('dialog[open]', { state: 'detached' });
    }
    const other = await page.context().newPage();
    for (const [name, path] of [
      ['home', '/'],
      ['recordings', `/r/${room}/recordings`],
    ] as const) {
      await other.goto(stage.server.url + path);
      await other.waitForSelector(`html[lang=${language}] h1`);
      await look(other, `${language}-${name}`);
    }
    await other.close();
  }
  expect(Object.entries(wide).filter(([, pixels]) => pixels > 0)).toEqual([]);
  await shown('en', 'listening');
  expect(complaints).toEqual([]);
});
