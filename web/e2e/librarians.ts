// What the tests of the song library begin with: somebody who is in, songs, and what she sees of them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { visit, type Visitor } from './browser.js';
import { writeWav } from './sounds.js';
import type { Stage } from './stage.js';

export const CHAIR = { name: 'Chair', password: 'a long password' };

/** To be called at the top of a file: there is an admin before its tests. */
export function withChair(stage: Stage): void {
  beforeAll(() => stage.server.addLibrarian(CHAIR.name, CHAIR.password));
}

export async function logIn(page: Page, { name, password } = CHAIR): Promise<void> {
  await page.click('.library-account button:has-text("Log in")');
  await page.fill('#library-name', name);
  await page.fill('#library-password', password);
  await page.keyboard.press('Enter');
  await page.waitForSelector(`.library-who:has-text("${name}")`);
}

/** Where anybody may. */
export async function register(stage: Stage, page: Page, { name, password }: typeof CHAIR): Promise<void> {
  await page.goto(`${stage.server.url}/library`);
  await page.click('.library-account button:has-text("Register")');
  await page.fill('#library-name', name);
  await page.fill('#library-password', password);
  await page.fill('#library-again', password);
  await page.keyboard.press('Enter');
  await page.waitForSelector(`.library-who:has-text("${name}")`);
}

/** In a browser of her own. */
export async function goIn(stage: Stage, who = CHAIR, script = ''): Promise<Visitor> {
  const visitor = await visit(stage.browser, { script, context: { bypassCSP: true } });
  await visitor.page.goto(`${stage.server.url}/library`);
  await logIn(visitor.page, who);
  return visitor;
}

interface Answer<T> {
  status: number;
  data: T;
}

/** As a page asks, with this one's login. */
export async function ask<T>(page: Page, method: string, path: string, data?: unknown): Promise<Answer<T>> {
  const answer = await page.request.fetch(`${new URL(page.url()).origin}/api/library${path}`, { method, data });
  return { status: answer.status(), data: ((await answer.json()) as { data: T }).data };
}

export const titles = (page: Page): Promise<string[]> => page.locator('.library-songs .library-song a').allTextContents();

/** A folder for files, to be called at the top of a test file. */
export function folderOf(name: string): { readonly path: string } {
  const folder = { path: '' };
  beforeAll(() => {
    folder.path = mkdtempSync(join(tmpdir(), `roundelay-${name}-`));
  });
  afterAll(() => rmSync(folder.path, { recursive: true, force: true }));
  return folder;
}

/** A WAV file. */
export function soundFile(folder: { readonly path: string }, name: string, sound: Float32Array, rate: number): string {
  const file = join(folder.path, `${name}.wav`);
  writeWav(file, sound, sound, rate);
  return file;
}

/** Uploads it on the page; its number. */
export async function bring(page: Page, file: string, fields: Record<string, unknown> = {}): Promise<number> {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  await page.setInputFiles('.library-new input[type=file]', file);
  const way = await page.getAttribute(`.library-new .note:has-text("“${name}”") a`, 'href');
  const id = Number(way?.split('/').at(-1));
  const { status } = await ask(page, 'PATCH', `/songs/${id}`, fields);
  if (status !== 200) throw new Error(`the song was not changed: ${status}`);
  return id;
}
