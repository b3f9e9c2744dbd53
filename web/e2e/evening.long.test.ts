// An evening of four people, in short: a room, its words, a song that is led, a late joiner, solo, the lead that goes over, a round in two parts, a reload, a
// microphone that goes, a leader who leaves, and somebody who is removed. Once with a pointer, once by keyboard alone.
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFailed } from 'vitest';
import { visit, type Visitor } from './browser.js';
import { faults } from './faults.js';
import { keyboard, pointer, type Hands } from './hands.js';
import { madeUp } from './microphones.js';
import { picture } from './pictures.js';
import { stageOf } from './stage.js';

// By hand: a busy machine would make it so long that nobody waits for the last group.
const stage = stageOf(2, { default_interval_ms: 600 });
const TIMEOUT_MS = 600_000;
const SONG_MS = 60_000;
const WORDS = '{title: Evening}\n[G]Low is the [C]sun\nand red the sky\n\nthe day is done';

const control = (text: string): string => `.song-controls button:has-text("${text}")`;
const person = (page: Page, name: string): Promise<string> =>
  page
    .locator('.person', { hasText: name })
    .getByRole('button')
    .getAttribute('aria-label')
    .then((label) => `button[aria-label="${label}"]`);

async function comes(hands: Hands, visitor: Visitor, address: string, name: string, role: 'singer' | 'listener'): Promise<void> {
  const { page } = visitor;
  await page.goto(address);
  await hands.write(page, '#your-name', name);
  if (role === 'listener') await hands.choose(page, 'input[name=role][value=listener]');
  await hands.press(page, 'button:has-text("Go in")');
  await page.waitForSelector('.bucket.here');
}

describe.each([
  ['with a pointer', pointer],
  ['by keyboard alone', keyboard],
] as const)('an evening %s', (name, hands) => {
  it(
    'goes from the first page to the last song',
    async () => {
      const { press, write, tick, choose } = hands;
      const everybody: Visitor[] = [];
      const arrive = async (): Promise<Visitor> => {
        const visitor = await visit(stage.browser, { script: madeUp, context: { bypassCSP: true } });
        everybody.push(visitor);
        return visitor;
      };
      const shot = (page: Page, what: string): Promise<void> => picture(page, `evening-${name.replaceAll(' ', '-')}-${what}`);
      const looksWell = async (page: Page, what: string): Promise<void> => expect(await faults(page), what).toEqual([]);

      onTestFailed(async () => {
        for (const [i, { page }] of everybody.entries()) await shot(page, `failed-${i}`);
        for (const { page } of everybody) await page.context().close();
      });

      // One click makes the room; its maker stands at the door.
      const organiser = await arrive();
      const { page: otto } = organiser;
      await otto.goto(stage.server.url);
      await write(otto, '#room-name', 'Monday choir');
      await press(otto, 'button:has-text("Make a room")');
      await otto.waitForSelector('#your-name');
      await comes(hands, organiser, otto.url(), 'Otto', 'listener');
      await press(otto, 'nav button:has-text("Share")');
      const link = await otto.inputValue('#link');
      await otto.keyboard.press('Escape');

      const [first, second] = [await arrive(), await arrive()];
      await comes(hands, first, link, 'Ann', 'singer');
      await comes(hands, second, link, 'Ben', 'singer');
      const [ann, ben] = [first.page, second.page];

      // A song is prepared and led.
      await press(ann, control('Lead a song'));
      await tick(ann, '.plan label:has-text("A tempo") input');
      await choose(ann, '.plan label:has-text("1 bar") input');
      await tick(ann, '.plan label:has-text("Clicks during the song") input');
      await press(ann, 'button:has-text("Add words")');
      await write(ann, '#words-text', WORDS);
      await looksWell(ann, 'the dialog of the words');
      await press(ann, 'button:has-text("Save the words")');
      await ben.waitForSelector('.song-name:has-text("Evening")');
      await ben.waitForSelector('.plan:has-text("One bar is counted in")');
      await press(ann, control('Start the song'));
      await ben.waitForSelector('.status:has-text("Count-in: 1")');
      for (let line = 0; line < 2; line++) {
        await ann.waitForSelector('.tap:enabled');
        await press(ann, '.tap');
      }
      await ben.waitForSelector('.words-line[aria-current]:has-text("red the sky")', { timeout: SONG_MS });
      await shot(ann, 'leading');

      // Who comes late hears at once where the song is.
      const third = await arrive();
      await comes(hands, third, link, 'Cleo', 'singer');
      const { page: cleo } = third;
      await cleo.waitForSelector('.status.on', { timeout: SONG_MS });
      await cleo.waitForSelector('.words-line[aria-current]');
      await looksWell(cleo, 'a late joiner');

      // The organiser listens to one alone, and lets the server match their levels.
      await press(otto, 'nav button:has-text("Console")');
      await press(otto, 'button[aria-label="Solo Ben"]');
      await press(otto, 'button:has-text("Hear the solo mix")');
      await otto.waitForSelector('.console-solo:has-text("You hear the solo mix.")');
      await press(otto, '.console-room summary');
      await tick(otto, 'label:has-text("Match the voices") input');
      await looksWell(otto, 'the console');
      await shot(otto, 'console');
      await press(otto, 'button[aria-label="Solo Ben"]');
      await press(otto, 'button:has-text("Hear the room again")');
      await otto.keyboard.press('Escape');
      await press(ann, control('Stop the song'));
      await ann.waitForSelector(control('Start the song'), { timeout: SONG_MS });

      // The lead goes over, and a round is sung in two parts.
      await press(ben, control('Ask for the lead'));
      await press(ann, control('Let Ben lead'));
      await ben.waitForSelector(control('Start the song'));
      await choose(ben, '.plan label:has-text("in parts") input');
      await press(ben, control('Start the song'));
      // The groups sing the parts in turn; who is dealt into the second group is chance.
      const secondPart = (one: Page): Promise<Page> => one.waitForSelector('.status:has-text("part 2")', { timeout: SONG_MS }).then(() => one);
      await shot(await Promise.any([ann, cleo].map(secondPart)), 'round');
      await ben.waitForSelector('.status.on', { timeout: SONG_MS });

      // A reload in the song, and a microphone that is pulled out.
      const place = await ann.textContent('.own-place');
      await ann.reload();
      await ann.waitForSelector('.bucket.here');
      expect(await ann.textContent('.own-place')).toBe(place);
      await ann.waitForSelector('.status.on, .status.soon', { timeout: SONG_MS });
      await ann.evaluate(() => window.voice.end());
      await ann.waitForSelector('.voice-note.warning:has-text("is gone")');
      await looksWell(ann, 'a microphone that is gone');
      await press(ann, '.mute');
      await ann.waitForSelector('.mute:has-text("Microphone on")');

      // The leader leaves in the middle; the others halt the song, and one of them leads the next.
      await press(ben, 'nav button:has-text("Leave")');
      await looksWell(ben, 'leaving');
      await press(ben, 'dialog button:has-text("Leave now")');
      await ben.waitForSelector('h1:has-text("You have left")');
      await looksWell(ben, 'the last page');
      await press(cleo, control('Halt for everybody'));
      await cleo.waitForSelector(control('Lead a song'), { timeout: SONG_MS });
      await press(ann, control('Lead a song'));
      await press(ann, control('Start the song'));
      // A press so soon after the start would still mean the start.
      await cleo.waitForSelector('.status.on', { timeout: SONG_MS });
      await press(ann, control('Stop the song'));
      await ann.waitForSelector(control('Start the song'), { timeout: SONG_MS });

      // Somebody is removed, and let in again.
      await press(otto, await person(otto, 'Cleo'));
      await press(otto, 'dialog[open] button:has-text("Remove from the room")');
      await press(otto, 'dialog[open] button:has-text("Yes, remove")');
      await cleo.waitForSelector('h1:has-text("You were removed")');
      await press(otto, 'nav button:has-text("Room")');
      await press(otto, 'button:has-text("Let back in")');
      await otto.keyboard.press('Escape');
      await press(cleo, 'button:has-text("Try again")');
      await press(cleo, 'button:has-text("Go in")');
      await cleo.waitForSelector('.bucket.here');

      for (const one of everybody) {
        expect(await one.page.locator('.notice.error').count()).toBe(0);
        expect(one.complaints).toEqual([]);
        await one.page.context().close();
      }
    },
    TIMEOUT_MS,
  );
});
