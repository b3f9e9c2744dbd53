// The song library and the room: a song is found in the room, becomes its track, and is sung to; its credits stand on the evening's sheet. And the
// pages of artists and albums, whose songs follow one another to the sample.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { hear, waitWhileHearing } from './browser.js';
import { faults } from './faults.js';
import { bring, CHAIR, folderOf, goIn, soundFile, withChair } from './librarians.js';
import { picture } from './pictures.js';
import { bursts, find } from './sounds.js';
import { stageOf } from './stage.js';

const stage = stageOf(1, { default_interval_ms: 500 });
const RATE = 48_000;
const SIZES = [390, 820, 1280];
const folder = folderOf('library-room');
withChair(stage);

async function noFaults(page: Page): Promise<void> {
  for (const width of SIZES) {
    await page.setViewportSize({ width, height: 844 });
    expect(await faults(page)).toEqual([]);
  }
}

/** Keeps what the page's own graph sends to the loudspeaker. */
const TAP = `
  const connect = AudioNode.prototype.connect;
  const code = "registerProcessor('tap', class extends AudioWorkletProcessor { process([input]) { if (input[0]) this.port.postMessage(input[0].slice()); return true; } })";
  window.tapped = [];
  let tap = null;
  AudioNode.prototype.connect = function (to, ...rest) {
    if (to === this.context.destination) {
      tap ??= (async () => {
        await this.context.audioWorklet.addModule(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
        const node = new AudioWorkletNode(this.context, 'tap');
        node.port.onmessage = ({ data }) => window.tapped.push(data);
        return connect.call(node, this.context.destination) && node;
      })();
      void tap.then((node) => connect.call(this, node));
    }
    return connect.call(this, to, ...rest);
  };
`;

it('takes a song into a room, where it is sung to and credited', async () => {
  const visitor = await goIn(stage);
  const { page } = visitor;
  const sound = bursts(30, RATE, 5, 0.05);
  const words = 'Away, you rolling river';
  await bring(page, soundFile(folder, 'Shenandoah', sound, RATE), { artist: 'Traditional', licence: 'CC0-1.0', key: 'D', tempo_bpm: 72, words });

  await page.goto(stage.server.url);
  await page.fill('#room-name', 'Monday choir');
  await page.click('button:has-text("Make a room")');
  await page.fill('#your-name', 'Ann');
  await page.click('button:has-text("Go in")');
  await page.waitForSelector('.bucket.here');
  await page.click('button:has-text("Lead a song")');

  // By keyboard alone, from the button on.
  await page.focus('button:has-text("From the library")');
  await page.keyboard.press('Enter');
  await page.focus('#from-library');
  await page.keyboard.type('shenandoha');
  await page.waitForSelector('.from-library-choice li:has-text("Shenandoah")');
  await picture(page, 'library-in-the-room');
  await noFaults(page);
  await page.focus('.from-library-choice button:has-text("As the track")');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.from-library-choice [role=status]:has-text("“Shenandoah” is in the room.")', { timeout: 75_000 });
  await page.keyboard.press('Escape');
  await page.waitForSelector('.track.chosen:has-text("Shenandoah")');
  await page.waitForSelector('.track.chosen:has-text("Traditional · D · ♩ = 72")');
  await page.waitForSelector(`text=${words}`);
  // It is in the library already.
  await page.waitForSelector('.tracks p:has-text("From the library:") a[href^="/library/songs/"]:has-text("Shenandoah")');
  expect(await page.locator('.tracks button:has-text("Keep in the library")').count()).toBe(0);
  await picture(page, 'library-track', '.tracks');
  await noFaults(page);

  await page.click('button:has-text("Start the song")');
  await page.waitForSelector('.status.on');
  await waitWhileHearing(visitor, 2);
  const heard = await hear(visitor, 3);
  const stats = await page.evaluate(() => window.roundelayStats?.());
  const match = find(heard, sound, (stats?.sound.anchor?.end ?? 0) - sound.length, 480);
  expect(match.lag).toBe(0);
  expect(match.correlation).toBeGreaterThan(0.95);

  await page.click('button:has-text("Credits of the evening")');
  await page.waitForSelector(
    '.credits-sheet:has-text("by Traditional"):has-text("Licence: CC0-1.0") a[href^="/library/songs/"]:has-text("Shenandoah")',
  );
  await picture(page, 'library-credits');
  await noFaults(page);

  // The way back: what was brought into the room goes into the library, as a song of its own.
  await page.keyboard.press('Escape');
  await page.click('button:has-text("Stop the song")');
  await page.setInputFiles('.tracks input[type=file]', soundFile(folder, 'Deep river', sound, RATE));
  await page.click('.track-row .track:has-text("Deep river")', { timeout: 75_000 });
  await page.click('.tracks button:has-text("Keep in the library: Deep river")');
  await page.waitForSelector('.tracks [role=status]:has-text("It is in the library, for you alone.") a:has-text("Deep river")', { timeout: 15_000 });
  await noFaults(page);
  await page.context().close();
});

it('plays the songs of an album without a gap, and shows artists, albums, words and settings', async () => {
  const { page } = await goIn(stage, CHAIR, TAP);
  const rate = await page.evaluate(() => new AudioContext().sampleRate);
  // One long tone in two files: its phase tells where the second begins.
  const hertz = 100;
  const tone = (from: number, seconds: number): Float32Array =>
    Float32Array.from({ length: seconds * rate }, (_, i) => 0.3 * Math.sin((2 * Math.PI * hertz * (from + i)) / rate));
  const first = 6 * rate + 123;
  await bring(page, soundFile(folder, 'One', tone(0, 10).subarray(0, first), rate), {
    artist: 'Anon',
    album: 'A tone',
    track: 1,
    words: '[00:00.50]Ooh\n[00:03.00]Aah',
  });
  await bring(page, soundFile(folder, 'Two', tone(first, 5), rate), { artist: 'Anon', album: 'A tone', track: 2 });
  await page.click('.library-way a:has-text("Artists")');
  await picture(page, 'library-artists');
  await noFaults(page);
  await page.click('a:has-text("Anon")');
  await picture(page, 'library-artist');
  await page.click('a:has-text("A tone")');
  await page.click('button:has-text("Play all")');
  expect(await page.isChecked('.library-saving input')).toBe(false);
  await page.click('.library-player button:has-text("Words")');
  await page.waitForSelector('.library-words .current:has-text("Aah")', { timeout: 15_000 });
  await picture(page, 'library-album');
  await noFaults(page);
  await page.waitForSelector('.library-now:has-text("Two")', { timeout: 15_000 });
  await page.waitForSelector('.library-player button[aria-label^="Play"]', { timeout: 15_000 });
  const tapped = (): Promise<number[]> =>
    page.evaluate(() => (window as unknown as { tapped: Float32Array[] }).tapped.splice(0).flatMap((block) => [...block]));
  const heard = await tapped();
  const gap = gapIn(heard, rate, hertz);
  console.log(`between two songs of an album: ${gap} samples, of ${heard.length} heard`);
  expect(Math.abs(gap)).toBeLessThan(2);

  // The same as smaller files: what is not made is heard as it is, and made meanwhile.
  await page.check('.library-saving input');
  const made = (): Promise<number[]> =>
    page.evaluate(async () => {
      const { data } = (await (await fetch('/api/library/songs?order=title')).json()) as { data: { songs: { id: number; album?: string }[] } };
      const ids = data.songs.filter(({ album }) => album === 'A tone').map(({ id }) => id);
      return Promise.all(ids.map(async (id) => (await fetch(`/api/library/songs/${id}/song.opus`, { method: 'HEAD' })).status));
    });
  await page.click('button:has-text("Play all")');
  await page.waitForSelector('.library-player button[aria-label^="Pause"]', { timeout: 15_000 });
  await expect.poll(made, { timeout: 30_000 }).toEqual([200, 200]);
  await page.click('.library-player button[aria-label^="Pause"]');
  await tapped();
  await page.click('button:has-text("Play all")');
  await page.waitForSelector('.library-now:has-text("Two")', { timeout: 15_000 });
  await page.waitForSelector('.library-player button[aria-label^="Play"]', { timeout: 15_000 });
  const small = await tapped();
  const smallGap = gapIn(small, rate, hertz);
  console.log(`as smaller files: ${smallGap} samples, of ${small.length} heard`);
  expect(Math.abs(smallGap)).toBeLessThan(2);
  await picture(page, 'library-saving');
  await noFaults(page);

  await page.click('a:has-text("Settings of the library")');
  await page.waitForSelector('.library-house .library-who:has-text("Chair")');
  await picture(page, 'library-settings');
  await noFaults(page);
  await page.check('label:has-text("Anybody") input');
  await page.click('a:has-text("Your account")');
  await page.fill('#library-old', 'a long password');
  await page.fill('#library-new-password', 'another password');
  await page.fill('#library-new-again', 'another password');
  await page.keyboard.press('Enter');
  await page.waitForSelector('text=Your password is changed.');
  await page.context().close();
});

/** By how many samples the tone stands still or jumps, all in all; its beginning and end are faded or cut. */
function gapIn(heard: number[], rate: number, hertz: number): number {
  const window = rate / hertz;
  const phases: number[] = [];
  const begin = heard.findIndex((sample) => Math.abs(sample) > 0.25) + Math.round(rate / 4);
  let end = heard.length;
  while (end > 0 && Math.abs(heard[end - 1] as number) < 0.25) end--;
  for (let at = begin; at + window < end - window; at += window) {
    let re = 0;
    let im = 0;
    for (let i = 0; i < window; i++) {
      const angle = (2 * Math.PI * i) / window;
      re += (heard[at + i] as number) * Math.cos(angle);
      im += (heard[at + i] as number) * Math.sin(angle);
    }
    phases.push((Math.atan2(re, im) / (2 * Math.PI)) * window);
  }
  expect(phases.length).toBeGreaterThan(300);
  const turn = ((phases.at(-1) as number) - (phases[0] as number) + 1.5 * window) % window;
  const steps = phases.slice(1).map((phase, i) => Math.abs(((phase - (phases[i] as number) + 1.5 * window) % window) - window / 2));
  return Math.max(Math.abs(turn - window / 2), ...steps);
}
