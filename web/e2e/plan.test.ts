// The plan of a song on the page: set by the leader, told to the others in words, counted in, heard in clicks at one's own volume.
import { expect, it } from 'vitest';
import { click } from '../src/features/plan/clicks.js';
import { beatSamples } from '../src/features/plan/tempo.js';
import { enter, hear, visit, type Visitor } from './browser.js';
import { stageOf } from './stage.js';

const stage = stageOf(1, { default_interval_ms: 300 });
const BPM = 133.1;

async function singer(link: string, name: string): Promise<Visitor> {
  const visitor = await visit(stage.browser);
  await enter(stage.server, visitor, link, name, 'singer');
  return visitor;
}

/** Where clicks begin, by correlation with one that is plain or accented. */
function clicksIn(samples: Float32Array): { at: number; accent: boolean }[] {
  const found: { at: number; accent: boolean }[] = [];
  const sounds = [click(false), click(true)];
  const likeness = (sound: Float32Array, at: number): number => {
    let product = 0;
    let energy = 1e-9;
    let own = 0;
    for (let i = 0; i < sound.length; i++) {
      const sample = samples[at + i] ?? 0;
      product += sample * (sound[i] as number);
      energy += sample * sample;
      own += (sound[i] as number) ** 2;
    }
    return product / Math.sqrt(energy * own);
  };
  for (let at = 0; at + 960 < samples.length; at++) {
    if (Math.abs(samples[at] as number) < 0.02) continue;
    // Here one rises: its beginning lies a few samples before.
    let best = { at, accent: false, share: 0 };
    for (let start = Math.max(0, at - 20); start < at + 20; start++) {
      sounds.forEach((sound, accent) => {
        const share = likeness(sound, start);
        if (share > best.share) best = { at: start, accent: accent === 1, share };
      });
    }
    if (best.share > 0.9) found.push({ at: best.at, accent: best.accent });
    at += 2_000;
  }
  return found;
}

it('is set by the leader, read by the others, counted in, and heard in clicks at one’s own volume', async () => {
  const { link } = await stage.server.makeRoom();
  const ann = await singer(link, 'Ann');
  const ben = await singer(link, 'Ben');
  await ann.page.click('button:has-text("Lead a song")');
  await ann.page.check('.plan label:has-text("A tempo") input');
  await ann.page.fill('.plan #field-tempo', String(BPM));
  await ann.page.press('.plan #field-tempo', 'Enter');
  await ben.page.waitForSelector(`.plan:has-text("${BPM} beats a minute, 4 beats in a bar.")`);
  expect(await ben.page.locator('.plan input').count()).toBe(0);
  await ann.page.check('.plan label:has-text("Clicks during the song") input');
  await ann.page.check('.plan label:has-text("2 bars") input');
  await ben.page.waitForSelector('.plan:has-text("Two bars are counted in, and it clicks on.")');
  await ann.page.click('button:has-text("Start the song")');
  await ann.page.waitForSelector('.status:has-text("Count-in: 1, 2")');
  await ben.page.waitForSelector('.status:has-text("Count-in: 1, 2")');
  await ann.page.waitForSelector('.status.on');

  const heard = await hear(ann, 3);
  const clicks = clicksIn(heard.samples);
  expect(clicks.length).toBeGreaterThan(4);
  const [first] = clicks as [{ at: number; accent: boolean }];
  clicks.forEach(({ at }, i) => expect(Math.abs(at - first.at - beatSamples(BPM, i))).toBeLessThanOrEqual(2));
  const accents = clicks.flatMap(({ accent }, i) => (accent ? [i] : []));
  expect(accents.length).toBeGreaterThan(0);
  for (const accent of accents) expect((accent - (accents[0] as number)) % 4).toBe(0);

  await ann.page.fill('#metronome-volume', '0');
  const silent = await hear(ann, 1);
  expect(Math.max(...silent.samples.map(Math.abs))).toBeLessThan(1e-3);
  await ann.page.click('button:has-text("Stop the song")');
  await ann.page.waitForSelector('.plan fieldset:not([disabled])');
});
