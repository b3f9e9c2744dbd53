// One's own microphone and sound in a real page: the chosen one is used, what is shown of it is what is sent, and what breaks comes back.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { enter, hear, openBrowser, visit, type Visitor } from './browser.js';
import { faults } from './faults.js';
import { lossy, madeUp, watched } from './microphones.js';
import { melody, writeWav } from './sounds.js';
import { stageOf } from './stage.js';

const stage = stageOf(2);
let link: string;

beforeEach(async () => {
  ({ link } = await stage.server.makeRoom({ name: 'Monday choir' }));
});

/** The microphone from which the page takes its sound. */
function liveIds(page: Page): Promise<(string | undefined)[]> {
  return page.evaluate(() =>
    window.streams
      .flatMap((stream) => stream.getAudioTracks())
      .filter((track) => track.readyState === 'live')
      .map((track) => track.getSettings().deviceId),
  );
}

const tryIt = 'button:has-text("Try my microphone")';

describe('the chosen microphone', () => {
  it('is the one that is used, now and at the next visit', async () => {
    const { page } = await visit(stage.browser, { script: watched });
    await page.goto(stage.server.url + link);
    await page.click(tryIt);
    await page.waitForSelector('#microphone option:nth-child(3)', { state: 'attached' });
    const choices = await page.locator('#microphone option').evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
    expect(choices.length).toBeGreaterThan(2);
    const chosen = choices.at(-1) as string;
    await page.selectOption('#microphone', chosen);
    await expect.poll(() => liveIds(page)).toEqual([chosen]);
    expect(await page.inputValue('#microphone')).toBe(chosen);

    await page.reload();
    await page.click(tryIt);
    await page.waitForSelector('#microphone');
    expect(await page.inputValue('#microphone')).toBe(chosen);
    expect(await liveIds(page)).toEqual([chosen]);
    expect(await page.locator('.microphone .note').count()).toBe(0);
    await page.context().close();
  });

  it('that is away is named, and offered when it is back', async () => {
    const { page } = await visit(stage.browser, { script: watched });
    await page.goto(stage.server.url + link);
    await page.click(tryIt);
    await page.waitForSelector('#microphone option:nth-child(3)', { state: 'attached' });
    const other = page.locator('#microphone option').last();
    const label = (await other.textContent()) as string;
    const id = await other.getAttribute('value');
    await page.selectOption('#microphone', { label });
    await expect.poll(() => liveIds(page)).toEqual([id]);

    // Unplugged between two visits: browsers neither list it nor open it then.
    await page.context().addInitScript((away) => {
      const devices = navigator.mediaDevices;
      const list = devices.enumerateDevices.bind(devices);
      const ask = devices.getUserMedia.bind(devices);
      const isAway = (): boolean => sessionStorage.getItem('plugged') === null;
      devices.enumerateDevices = async () => (await list()).filter((device) => !isAway() || device.label !== away);
      devices.getUserMedia = async (wish) => {
        const { deviceId } = wish?.audio as MediaTrackConstraints;
        const there = (await devices.enumerateDevices()).some((device) => device.deviceId === (deviceId as { exact?: string } | undefined)?.exact);
        if (deviceId && !there) throw new OverconstrainedError('deviceId');
        return ask(wish);
      };
    }, label);
    await page.reload();
    await enter(stage.server, { page, complaints: [] }, link, 'Ann', 'singer');
    await page.waitForSelector(`.voice-note:has-text("“${label}” is not there, so “")`);
    await shot(page, 'absent');
    expect(await page.locator('.mute').textContent()).toBe('Microphone on');
    const [before] = await liveIds(page);
    await page.evaluate(() => {
      sessionStorage.setItem('plugged', 'yes');
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    });
    const offer = `.voice-note button:has-text("Use “${label}”")`;
    await page.waitForSelector(offer);
    await shot(page, 'offered');
    expect(await liveIds(page)).toEqual([before]);
    await page.click(offer);
    await page.waitForSelector('.voice-note button', { state: 'detached' });
    const after = await liveIds(page);
    expect(after.length).toBe(1);
    expect(after).not.toEqual([before]);
    await page.context().close();
  });
});

it('a correction for one microphone is asked for again with another', async () => {
  // Chromium's own beeps clip, and that is said first.
  const folder = mkdtempSync(join(tmpdir(), 'roundelay-voice-'));
  const file = join(folder, 'voice.wav');
  const voice = melody(20, 44_100, 1_000, 0.2);
  writeWav(file, voice, voice, 44_100);
  const browser = await openBrowser(file);
  const visitor = await visit(browser, { script: watched });
  const { page } = visitor;
  await enter(stage.server, visitor, link, 'Ann', 'singer');
  const correction = (): Promise<number | undefined> => page.evaluate(async () => (await window.roundelayStats?.())?.roundTrip.correctionMs);
  await page.click('nav button:has-text("Sound")');
  await page.fill('#field-correction-by-hand', '150');
  await page.keyboard.press('Tab');
  await expect.poll(correction).toBe(150);
  await page.selectOption('#microphone', { index: 2 });
  await page.waitForSelector('dialog .note:has-text("has none yet")');
  expect(await page.inputValue('#field-correction-by-hand')).toBe('0');
  await page.keyboard.press('Escape');
  await expect
    .poll(() => page.locator('.voice-note').allInnerTexts(), { timeout: 10_000 })
    .toEqual([expect.stringContaining('The correction of 150 ms was for')]);
  expect(await correction()).toBe(0);
  await shot(page, 'correction');
  await page.click('.voice-note button:has-text("Use 150 ms")');
  await page.waitForSelector('.voice-note button', { state: 'detached' });
  expect(await correction()).toBe(150);
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Pictures of the states, where a folder is given. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    await page.screenshot({ path: `${folder}/${name}-${width}.png` });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** Of what a listener hears. */
async function level(listener: Visitor): Promise<number> {
  const { samples } = await hear(listener, 0.3);
  return 10 * Math.log10(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length + 1e-12);
}

/** The same, once it does not change any more. */
async function steady(listener: Visitor): Promise<number> {
  let last = await level(listener);
  for (;;) {
    const next = await level(listener);
    if (Math.abs(next - last) < 0.2) return next;
    last = next;
  }
}

// Half a minute: nine states, each of which has to be heard at the other end.
it('in a song: every channel is heard, what is shown is what is sent, and a closed audio context comes back', async () => {
  const ann = await visit(stage.browser, { script: madeUp + watched });
  const { page } = ann;
  await enter(stage.server, ann, link, 'Ann', 'singer');
  const ben = await visit(stage.browser);
  await enter(stage.server, ben, link, 'Ben', 'listener');
  await page.click('button:has-text("Lead a song")');
  await page.click('button:has-text("Start the song")');
  await ben.page.waitForSelector('.status.on');
  const button = (text: string): Promise<unknown> => page.waitForSelector(`.mute:has-text("${text}")`);
  const heard = (least: number): Promise<void> => expect.poll(() => level(ben), { timeout: 15_000, interval: 0 }).toBeGreaterThan(least);
  const unheard = (): Promise<void> => expect.poll(() => level(ben), { timeout: 15_000, interval: 0 }).toBeLessThan(-60);
  await heard(-40);

  // Each out of silence, so that nothing is heard of the case before.
  const channels = async (left: number, right: number): Promise<number> => {
    const set = (l: number, r: number): Promise<void> => page.evaluate(([a, b]) => window.voice.set(a as number, b as number), [l, r]);
    await set(0, 0);
    await unheard();
    await set(left, right);
    await heard(-40);
    return steady(ben);
  };
  const mono = await channels(1, 1);
  for (const [left, right] of [
    [1, 0],
    [0, 1],
    [1, -1],
  ] as const) {
    expect(Math.abs((await channels(left, right)) - mono)).toBeLessThan(1);
  }

  // Nothing at all.
  await page.evaluate(() => window.voice.set(0, 0));
  await button('Microphone silent');
  await page.waitForSelector('.voice-note.warning:has-text("nothing comes from your microphone")');
  expect(await page.textContent('.status-hint')).toContain('Nobody hears you');
  await shot(page, 'silent');
  await unheard();
  // Not even silence is sent as a voice.
  const sent = async (): Promise<{ voices: number; blocks: number }> => {
    const counters = (await page.evaluate(() => window.roundelayStats?.()))?.sound.sender;
    return { voices: counters?.voicesSent ?? NaN, blocks: counters?.blocksSent ?? NaN };
  };
  const before = await sent();
  await expect.poll(async () => (await sent()).blocks).toBeGreaterThan(before.blocks + 10);
  expect((await sent()).voices).toBe(before.voices);
  await page.evaluate(() => window.voice.set(6, 6));
  await page.waitForSelector('.voice-note:has-text("too loud for your microphone")');
  await button('Microphone on');
  await shot(page, 'overdriven');
  await page.evaluate(() => window.voice.set(1, 1));
  await page.waitForSelector('.voice-note', { state: 'detached' });
  await heard(mono - 1);

  // Muted by the system.
  await page.evaluate(() => window.voice.mute(true));
  await button('Microphone muted');
  await shot(page, 'muted');
  await unheard();
  await page.evaluate(() => window.voice.mute(false));
  await button('Microphone on');
  await heard(mono - 1);

  // The audio context ends: the song goes on where she stands, with her microphone.
  await page.click('button:has-text("Sing in group 2")');
  await page.waitForSelector('.bucket.here:nth-child(2)');
  await ben.page.click('button:has-text("Listen in group 3"), .bucket.here:nth-child(3)');
  await heard(mono - 8);
  const people = await ben.page.locator('.person').count();
  for (const count of [2, 3]) {
    await page.evaluate(() => window.contexts.at(-1)?.close());
    await expect.poll(() => page.evaluate(() => window.contexts.length)).toBe(count);
    await expect.poll(() => page.evaluate(() => window.contexts.at(-1)?.state)).toBe('running');
    await page.waitForSelector('.status.on');
    // The gap is too short to be waited for: what is sung behind it is counted, until the last of it has been heard.
    const { voices } = await sent();
    await expect.poll(async () => (await sent()).voices, { timeout: 5_000 }).toBeGreaterThan(voices + 100);
    await heard(mono - 8);
  }
  // Nothing was sung before it was sent to her.
  expect(await page.locator('.notice.error').count()).toBe(0);
  expect(await page.locator('.bucket.here:nth-child(2)').count()).toBe(1);
  expect(await ben.page.locator('.person').count()).toBe(people);
  const details = await page.evaluate(() => window.roundelayStats?.());
  expect(details?.sound.network.reconnects).toBe(0);
  expect(details?.context.state).toBe('running');
  expect((await hear(ann, 0.5)).jumps).toBe(0);

  // Held back, as by a call on a phone: said, and back after a press.
  await page.evaluate(() => {
    const context = window.contexts.at(-1) as AudioContext;
    context.resume = () => Promise.resolve();
    void context.suspend();
  });
  await button('Sound stopped');
  await page.waitForSelector('.status.trouble:has-text("You hear nothing now")');
  await page.evaluate(() => delete (window.contexts.at(-1) as Partial<AudioContext>).resume);
  await page.click('button:has-text("Switch the sound on")');
  await button('Microphone on');
  await page.waitForSelector('.status.on');
  await heard(mono - 8);

  // Pulled out.
  await page.evaluate(() => window.voice.end());
  await button('No microphone');
  await page.waitForSelector('.voice-note.warning:has-text("is gone")');
  await shot(page, 'gone');
  await unheard();
  await page.click('.mute');
  await button('Microphone on');
  await heard(mono - 8);
  expect([...ann.complaints, ...ben.complaints]).toEqual([]);
  await Promise.all([ann, ben].map((visitor) => visitor.page.context().close()));
});

it('what is wrong with the microphone is told at the door, and fits on a phone however long its name is', async () => {
  const { page } = await visit(stage.browser, { script: madeUp + watched, context: { viewport: { width: 390, height: 844 }, bypassCSP: true } });
  await page.goto(stage.server.url + link);
  await page.click(tryIt);
  await page.waitForSelector('#microphone');
  const note = (text: string): Promise<unknown> => page.waitForSelector(`.microphone .note:has-text("${text}")`);
  await page.evaluate(() => window.voice.set(0, 0));
  // Meanwhile, the headphones.
  await page.click('button:has-text("Try my headphones")');
  await page.waitForSelector('.answers');
  expect(await faults(page)).toEqual([]);
  await page.click('button:has-text("I heard nothing")');
  await page.waitForSelector('.headphones .problem:has-text("make it louder")');
  await note('Nothing comes from your microphone');
  await page.evaluate(() => window.voice.mute(true));
  await note('muted outside of this page');
  await page.evaluate(() => window.voice.mute(false));
  await page.evaluate(() => window.voice.set(1, 1));
  await page.waitForSelector('.microphone .note', { state: 'detached' });
  await page.waitForSelector('.microphone .hint:has-text("You are heard well")');
  // The sound card is taken away, by a call for example.
  await page.evaluate(() => {
    const context = window.contexts.at(-1) as AudioContext;
    Object.defineProperty(context, 'state', { get: () => 'interrupted', configurable: true });
    context.dispatchEvent(new Event('statechange'));
  });
  await page.waitForSelector('.note:has-text("such as a call")');
  expect(await faults(page)).toEqual([]);
  await page.evaluate(() => Reflect.deleteProperty(window.contexts.at(-1) as AudioContext, 'state'));
  await page.click('button:has-text("Switch the sound on")');
  await page.evaluate(() => window.contexts.at(-1)?.dispatchEvent(new Event('statechange')));
  await page.waitForSelector('.note:has-text("such as a call")', { state: 'detached' });
  await page.evaluate(() => window.voice.end());
  await note('“MediaStreamAudioDestinationNode” is gone');
  await page.waitForSelector('button:has-text("Use “")');
  expect(await faults(page)).toEqual([]);
  const over = await page.evaluate(() => {
    const edge = document.querySelector('.microphone')?.getBoundingClientRect().right ?? 0;
    return [...document.querySelectorAll('.microphone > *')].filter((part) => part.getBoundingClientRect().right > edge).length;
  });
  expect(over).toBe(0);
  await page.context().close();
});

describe('a sound that does not start', () => {
  it.each(['worklet', 'worker'])('for want of the %s’s script says so, and a second press does it', async (script) => {
    const { page } = await visit(stage.browser, { script: watched + lossy });
    await page.goto(stage.server.url + link);
    await page.evaluate((name) => (window.lost = name), script);
    await page.fill('#your-name', 'Ann');
    await page.click('button:has-text("Go in")');
    await page.waitForSelector('.problem:has-text("out of date")');
    expect(await page.locator('.problem').count()).toBe(1);
    expect(await page.textContent('.problem')).toContain('It is not your microphone');
    await page.waitForSelector('button:has-text("Reload the page")');
    await shot(page, `no-${script}`);
    // Nothing is left behind.
    expect(await liveIds(page)).toEqual([]);
    await expect.poll(() => page.evaluate(() => window.contexts.map((context) => context.state))).toEqual(['closed']);
    await page.evaluate(() => (window.lost = ''));
    await page.click('button:has-text("Go in")');
    await page.waitForSelector('.bucket.here');
    expect(await page.textContent('.mute')).toBe('Microphone on');
    await page.context().close();
  });

  it('with a microphone that the browser cannot take over leaves none open', async () => {
    const broken = `AudioContext.prototype.createMediaStreamSource = () => { throw new DOMException('no', 'NotSupportedError'); };`;
    const { page } = await visit(stage.browser, { script: watched + broken });
    await page.goto(stage.server.url + link);
    await page.click(tryIt);
    await page.waitForSelector('.problem:has-text("could not be opened")');
    expect(await page.evaluate(() => window.streams.length)).toBe(1);
    expect(await liveIds(page)).toEqual([]);
    await page.context().close();
  });
});

describe('who came to listen', () => {
  it('and sings along then has a microphone, and none any more as a listener again', async () => {
    const visitor = await visit(stage.browser, { script: watched });
    const { page } = visitor;
    await enter(stage.server, visitor, link, 'Ann', 'listener');
    const change = async (press: string): Promise<void> => {
      await page.click('nav button:has-text("Sound")');
      await page.click(`dialog button:has-text("${press}")`);
      await page.waitForFunction((before) => document.querySelector('.role-switch button')?.textContent !== before, press);
      await page.keyboard.press('Escape');
    };
    await change('Sing along');
    await page.waitForSelector('.mute:has-text("Microphone on")');
    expect((await liveIds(page)).length).toBe(1);
    await change('Just listen');
    await expect.poll(() => liveIds(page)).toEqual([]);
    await page.context().close();
  });

  it('and may not use a microphone is not told that it is on', async () => {
    const refused = `navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
      navigator.permissions.query = () => Promise.resolve({ state: 'denied' });`;
    const visitor = await visit(stage.browser, { script: refused });
    const { page } = visitor;
    await enter(stage.server, visitor, link, 'Ann', 'listener');
    await page.click('nav button:has-text("Sound")');
    await page.click('dialog button:has-text("Sing along")');
    await page.waitForSelector('.mute:has-text("No microphone")');
    await page.waitForSelector('dialog .problem:has-text("does not let this page use the microphone")');
    await shot(page, 'refused');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.voice-note button:has-text("Open my microphone")');
    await shot(page, 'no-microphone');
    await page.context().close();
  });
});
