// What is said of recordings. Pure.
import { under } from '../../base_path.js';
import { dateText, numberText } from '../../i18n/format.js';
import { partName } from '../../i18n/voice_parts.js';
import { t } from '../../i18n/words.js';
import { minutes } from '../song/status.js';
import { yourself, type RoomState } from '../../state/room.js';
import type { Recording, RecordingPolicy } from '../../wire/control/control.js';

const BLOCKS_PER_SECOND = 50;
/** Fewer missing blocks than these nobody hears. */
const HEARD_BLOCKS = 5;

/** The page of a room's recordings. */
export function recordingsPath(room: string): string {
  return under(`/r/${encodeURIComponent(room)}/recordings`);
}

/** One may hear them. */
export function hearsRecordings(room: RoomState): boolean {
  return room.room.recordings_for === 'everyone' || yourself(room).organiser;
}

export function titleOf({ title }: Pick<Recording, 'title'>): string {
  return title === '' ? t.recordings.voicesAlone : title;
}

/** When it was sung, in the reader's own time. */
export function whenOf({ began }: Pick<Recording, 'began'>): string {
  return dateText(began * 1000, { dateStyle: 'full', timeStyle: 'short' });
}

/** Day and time in few letters, for names of files. */
export function stampOf({ began }: Pick<Recording, 'began'>): string {
  const at = new Date(began * 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}.${two(at.getMinutes())}`;
}

export function singersOf({ tracks }: Pick<Recording, 'tracks'>): string {
  if (tracks.length === 0) return t.recordings.noSingleTrack;
  return tracks.map(({ name, part }) => (part === '' ? name : `${name} (${partName(part)})`)).join(', ');
}

/** How many sang and are not on it, without their names; null: nobody. */
export function leftOutWords({ left_out: count = 0 }: Pick<Recording, 'left_out'>): string | null {
  return count === 0 ? null : t.recordings.leftOut({ count });
}

/** Where it is; null: it is ready. */
export function stateWords({ state, percent }: Pick<Recording, 'state' | 'percent'>): string | null {
  switch (state) {
    case 'recording':
      return t.recordings.isRecorded;
    case 'waiting':
      return t.recordings.waits;
    case 'rendering':
      return t.recordings.isMixed({ percent });
    case 'failed':
      return t.recordings.failed;
    case 'ready':
      return null;
  }
}

/** What is missing of it, in sentences. */
export function lossWords({ cut, missing_blocks: missing, state }: Pick<Recording, 'cut' | 'missing_blocks' | 'state'>): string[] {
  const words: string[] = [];
  if (cut && state !== 'recording') words.push(t.recordings.wasCut);
  if (missing >= HEARD_BLOCKS) {
    const seconds = missing / BLOCKS_PER_SECOND;
    words.push(t.recordings.missing({ seconds: numberText(seconds, seconds < 10 ? 1 : 0) }));
  }
  return words;
}

export function lengthOf({ seconds }: Pick<Recording, 'seconds'>): string {
  return minutes(seconds);
}

/** How long they are kept. */
export function keptWords(days: number): string {
  if (days === 0) return t.recordings.keptForEver;
  return t.recordings.keptForDays({ days });
}

/** What the door says; null: nothing is recorded. */
export function doorWords(policy: RecordingPolicy): string | null {
  if (policy === 'off') return null;
  return policy === 'always' ? t.recordings.doorAlways : t.recordings.doorAsk;
}

const BYTES_IN_MB = 1_000_000;

/** Of a file, as one reads it. */
export function sizeText(bytes: number): string {
  const mb = Math.max(1, Math.round(bytes / BYTES_IN_MB));
  return mb < 1_000 ? t.recordings.megabytes({ count: numberText(mb) }) : t.recordings.gigabytes({ count: numberText(mb / 1_000, 1) });
}
