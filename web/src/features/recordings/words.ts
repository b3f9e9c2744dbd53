// What is said of recordings. Pure.
import { minutes } from '../song/status.js';
import type { Recording, RecordingPolicy } from '../../wire/control/control.js';

const BLOCKS_PER_SECOND = 50;
/** Fewer missing blocks than these nobody hears. */
const HEARD_BLOCKS = 5;

/** The page of a room's recordings. */
export function recordingsPath(room: string): string {
  return `/r/${encodeURIComponent(room)}/recordings`;
}

export function titleOf({ title }: Pick<Recording, 'title'>): string {
  return title === '' ? 'Voices alone' : title;
}

/** When it was sung, in the reader's own time. */
export function whenOf({ began }: Pick<Recording, 'began'>, locale?: string): string {
  return new Date(began * 1000).toLocaleString(locale, { dateStyle: 'full', timeStyle: 'short' });
}

/** Day and time in few letters, for names of files. */
export function stampOf({ began }: Pick<Recording, 'began'>): string {
  const at = new Date(began * 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}.${two(at.getMinutes())}`;
}

export function singersOf({ tracks }: Pick<Recording, 'tracks'>): string {
  if (tracks.length === 0) return 'No track of a single singer was kept.';
  return tracks.map(({ name, part }) => (part === '' ? name : `${name} (${part})`)).join(', ');
}

/** Where it is; null: it is ready. */
export function stateWords({ state, percent }: Pick<Recording, 'state' | 'percent'>): string | null {
  switch (state) {
    case 'recording':
      return 'It is being recorded now.';
    case 'waiting':
      return 'It waits to be mixed. Songs go first.';
    case 'rendering':
      return `It is being mixed: ${percent} %.`;
    case 'failed':
      return 'It could not be mixed. The organiser can look into the server’s log; what was recorded is kept.';
    case 'ready':
      return null;
  }
}

/** What is missing of it, in sentences. */
export function lossWords({ cut, missing_blocks: missing, state }: Pick<Recording, 'cut' | 'missing_blocks' | 'state'>): string[] {
  const words: string[] = [];
  if (cut && state !== 'recording')
    words.push('The recording was cut off: the server stopped in the middle of the song. What was sung until then is here.');
  if (missing >= HEARD_BLOCKS) {
    const seconds = missing / BLOCKS_PER_SECOND;
    words.push(
      `In all ${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s of single voices are missing: the server’s disk was too slow for them.`,
    );
  }
  return words;
}

export function lengthOf({ seconds }: Pick<Recording, 'seconds'>): string {
  return minutes(seconds);
}

/** How long they are kept. */
export function keptWords(days: number): string {
  if (days === 0) return 'Recordings are kept until the organiser deletes them.';
  return days === 1 ? 'Recordings are kept for a day.' : `Recordings are kept for ${days} days.`;
}

/** What the door says; null: nothing is recorded. */
export function doorWords(policy: RecordingPolicy): string | null {
  if (policy === 'off') return null;
  return policy === 'always'
    ? 'Songs are recorded in this room: each voice as a track of its own, and all together.'
    : 'Songs may be recorded in this room: each voice as a track of its own, and all together. A red sign shows when.';
}
