// The order of a room, as its organiser keeps it: from making the room to deleting it, with a second organiser by the link.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { enter, visit, type Visitor } from './browser.js';
import { faults } from './faults.js';
import { stageOf } from './stage.js';

const stage = stageOf(1);

const person = (page: Page, name: string) => page.locator('.person', { has: page.locator(`.person-name:text-is("${name}")`) });
const isSaid = (page: Page, name: string, words: string): Promise<void> => person(page, name).filter({ hasText: words }).waitFor();

/** Opens a person's menu by keyboard, presses there what is named, and closes it. */
async function doWith(page: Page, name: string, ...buttons: string[]): Promise<void> {
  await person(page, name).getByRole('button').focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open]');
  for (const button of buttons) {
    await page.locator('dialog').getByRole('button', { name: button, exact: true }).focus();
    await page.keyboard.press('Enter');
  }
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog[open]', { state: 'detached' });
}

async function openRoom(page: Page): Promise<void> {
  await page.click('nav button:has-text("Room")');
  await page.waitForSelector('dialog[open]');
}

const narrow = { viewport: { width: 390, height: 844 }, bypassCSP: true };

describe('the organiser', () => {
  it('keeps her room: link, password, lock, microphones, offices, places, removal, name and end', async () => {
    const maria = await visit(stage.browser, { context: { bypassCSP: true } });
    const { page } = maria;
    await page.goto(stage.server.url);
    await page.fill('#room-name', 'Monday choir');
    await page.click('button:has-text("Make a room")');
    await page.fill('#your-name', 'Maria');
    await page.check('input[name=role][value=listener]', { force: true });
    await page.click('button:has-text("Go in")');
    await page.waitForSelector('.new-room:has-text("You are the organiser")');
    await isSaid(page, 'Maria', 'organiser');
    const ownLink = await page.inputValue('#new-organisers-link');
    const link = new URL(page.url()).pathname;
    expect(await faults(page)).toEqual([]);
    await page.click('button:has-text("put away")');

    // Another device: an organiser by the link alone, which is out of the address at once.
    const otto = await visit(stage.browser);
    await enter({ url: '' }, otto, ownLink, 'Otto', 'listener');
    expect(new URL(otto.page.url()).hash).toBe('');
    await isSaid(page, 'Otto', 'organiser');

    // The password.
    await openRoom(page);
    await page.fill('#new-password', 'forte');
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog:has-text("The room has a password")');
    await page.keyboard.press('Escape');
    const ben = await visit(stage.browser, { context: narrow });
    await knock(ben, link, 'Ben', 'wrong');
    await ben.page.waitForSelector('.problem');
    await ben.page.fill('#room-password', 'forte');
    await ben.page.click('button:has-text("Go in")');
    await ben.page.waitForSelector('.bucket.here');
    // Neither organiser nor engineer nor leader: nothing to open but oneself.
    expect(await ben.page.locator('.person-more').count()).toBe(1);
    expect(await ben.page.locator('nav button:has-text("Room")').count()).toBe(0);

    // Closed.
    await openRoom(page);
    await page.check('label:has-text("Closed to newcomers") input');
    const late = await visit(stage.browser);
    await knock(late, link, 'Late', 'forte');
    await late.page.waitForSelector('.problem:has-text("closed")');
    expect(await faults(page)).toEqual([]);
    await page.uncheck('label:has-text("Closed to newcomers") input');
    await page.keyboard.press('Escape');

    // Muted firmly, which a reload does not undo.
    await doWith(page, 'Ben', 'Mute firmly');
    await isSaid(page, 'Ben', 'muted by the organiser');
    await ben.page.waitForSelector('.mute:disabled:has-text("Muted")');
    await ben.page.waitForSelector('.voice-note:has-text("Ask the organiser")');
    expect(await faults(ben.page)).toEqual([]);
    await ben.page.reload();
    await ben.page.waitForSelector('.mute:disabled:has-text("Muted")');
    await doWith(page, 'Ben', 'Switch the microphone on');
    await ben.page.waitForSelector('.mute:enabled:has-text("Microphone on")');

    // An engineer may do what engineers may, as soon as she is one.
    await doWith(page, 'Ben', 'Make engineer');
    await isSaid(page, 'Ben', 'engineer');
    await person(ben.page, 'Otto').getByRole('button').waitFor();
    await doWith(page, 'Ben', 'Move to group 4');
    await ben.page.waitForSelector('.bucket.here:nth-child(4)');

    // What one says of oneself.
    await person(ben.page, 'Ben').getByRole('button').click();
    await ben.page.selectOption('#own-part', 'Tenor');
    await ben.page.fill('#own-name', 'Benno');
    await ben.page.click('dialog button:has-text("Change")');
    await isSaid(page, 'Benno', 'Tenor');
    expect(await faults(ben.page)).toEqual([]);
    await ben.page.keyboard.press('Escape');

    // Removed, which stays.
    await doWith(page, 'Benno', 'Remove from the room', 'Yes, remove Benno');
    await ben.page.waitForSelector('h1:has-text("You were removed")');
    expect(await faults(ben.page)).toEqual([]);
    await ben.page.click('button:has-text("Try again")');
    await knockHere(ben.page, 'forte');
    await ben.page.waitForSelector('main:has-text("removed")');
    await openRoom(page);
    await page.click('button:has-text("Let back in")');
    await page.waitForSelector('.removed', { state: 'detached' });
    await ben.page.click('button:has-text("Go in")');
    await ben.page.waitForSelector('.bucket.here');

    // Renamed and deleted.
    await page.fill('#the-rooms-name', 'Tuesday choir');
    await page.keyboard.press('Enter');
    await otto.page.waitForSelector('h1:has-text("Tuesday choir")');
    await page.click('button:has-text("Delete the room ...")');
    await page.click('button:has-text("Yes, delete it for good")');
    for (const visitor of [maria, otto, ben]) await visitor.page.waitForSelector('h1:has-text("This room was deleted")');
    await page.click('button:has-text("To the first page")');
    await page.waitForSelector('#room-name');
    expect(await page.locator('.rooms').count()).toBe(0);
    await Promise.all([maria, otto, ben, late].map((visitor) => visitor.page.context().close()));
  });
});

async function knock({ page }: Visitor, link: string, name: string, password: string): Promise<void> {
  await page.goto(stage.server.url + link);
  await page.fill('#your-name', name);
  await knockHere(page, password);
}

async function knockHere(page: Page, password: string): Promise<void> {
  await page.fill('#room-password', password);
  await page.click('button:has-text("Go in")');
}
