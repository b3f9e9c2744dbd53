// How long a voice is on its way through a page, on a machine that has been quiet for a minute.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { takeTrack } from './backing.js';
import { enter, visit } from './browser.js';
import { loopedSoundCard } from './sound_card.js';
import { bursts, writeWav } from './sounds.js';
import { stageOf } from './stage.js';

// By hand: measured for a quiet machine it would be too short for one that becomes busy in the song.
const stage = stageOf(2, { default_interval_ms: 1_000 });
const TRACK_S = 150;
/** Until the last minute of the song was quiet. */
const QUIET_MS = 140_000;

it(
  'is less than 60 ms beyond the sound card, the jitter buffer, a block and the codecs',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'roundelay-sounds-'));
    const file = join(folder, 'track.wav');
    const sound = bursts(TRACK_S, 48_000, 5, 0.05);
    writeWav(file, sound, sound, 48_000);
    const { link } = await stage.server.makeRoom({ name: 'Loop time' });
    const singer = await visit(stage.browser, { script: loopedSoundCard('both') });
    const { page } = singer;
    await enter(stage.server, singer, link, 'Ann', 'singer');
    await page.click('button:has-text("Lead a song")');
    await takeTrack({ page }, file);
    rmSync(folder, { recursive: true, force: true });
    await page.click('button:has-text("Start the song")');
    await page.waitForSelector('.status.on');
    // For each further block of a message 20 ms on either way. Besides, waking up, encoding and both ways take 2 to 20 ms (99th percentile).
    const beyond = async (): Promise<number> => {
      const now = await page.evaluate(() => window.roundelayStats?.());
      if (!now?.loop) return NaN;
      const { targetMs, roomFor } = now.sound.playout;
      return now.loop.loopMs - now.roundTrip.totalMs - targetMs - 25 - 40 * (roomFor - 1);
    };
    await expect.poll(beyond, { timeout: QUIET_MS }).toBeLessThan(60);
    await page.context().close();
  },
  QUIET_MS + 60_000,
);
