// Whether a song is recorded, in words. Pure.
import { t } from '../../i18n/words.js';
import { yourself, type RoomState } from '../../state/room.js';

export interface Sign {
  /** soon: the next song will be; trouble: it should be, and is not. */
  tone: 'on' | 'soon' | 'trouble';
  words: string;
  /** From afar. */
  short: string;
}

/** Null: nothing is recorded. */
export function signOf(room: RoomState): Sign | null {
  const { song } = room;
  const out = yourself(room).left_out;
  const short = t.recordings.recordingNow;
  if (song.recording && song.recording_trouble)
    return {
      tone: 'trouble',
      words: t.recordings.standsStill,
      short: t.recordings.diskFull,
    };
  if (song.recording) return { tone: 'on', words: out ? t.recordings.recordingWithoutYou : short, short };
  const next = song.state === 'none' && (room.room.recording === 'always' || (room.room.recording === 'ask' && song.record_next));
  if (next) return { tone: 'soon', words: out ? t.recordings.nextWithoutYou : t.recordings.nextIsRecorded, short };
  return null;
}
