// A track that is heard at a known height, whatever its loudness: one's own volume makes up for the balance that the page reckons by itself.
import type { Visitor } from './browser.js';
import { backingGainOf } from '../src/audio/shared/balance.js';
import { LoudnessMeter } from '../src/audio/shared/loudness.js';
import { volumeFactor } from '../src/audio/shared/volume.js';
import { balanceOf, volumeOfBalance } from '../src/features/sound/balance_slider.js';

/** Tracks are decoded by a process that gives way to everything else: a busy machine takes its time. */
const DECODED_MS = 75_000;

/** Uploads a track as the leader, and takes it for the next song. */
export async function takeTrack({ page }: Pick<Visitor, 'page'>, file: string): Promise<void> {
  await page.setInputFiles('input[type=file]', file);
  await page.waitForSelector('.track-row .track', { timeout: DECODED_MS });
  await page.click('.track-row .track');
  await page.waitForSelector('.track-row .track.chosen');
}

/** What a track is heard at whose loudness is not known. */
const WANTED = 0.192;

/** Sets the slider, as near as it comes. The factor by which the track is then heard. */
export async function turnBackingDown(visitor: Visitor, left: Float32Array, right: Float32Array): Promise<number> {
  const meter = new LoudnessMeter();
  meter.add(left, right);
  const gain = backingGainOf(meter.integrated);
  const volume = 1 + (2 * Math.log(WANTED / gain)) / 6.908;
  const balance = Math.round(100 * balanceOf(volume)) / 100;
  await visitor.page.fill('#backing-volume', String(balance));
  return gain * volumeFactor(volumeOfBalance(balance));
}
