// Whether a song is recorded, in words. Pure.
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
  const short = 'Recording';
  if (song.recording && song.recording_trouble)
    return {
      tone: 'trouble',
      words:
        'The recording stands still: the server’s disk takes nothing just now. The song goes on; what is sung meanwhile is missing in the recording.',
      short: 'Not recording: disk full',
    };
  if (song.recording) return { tone: 'on', words: out ? 'Recording, without you' : 'Recording', short };
  const next = song.state === 'none' && (room.room.recording === 'always' || (room.room.recording === 'ask' && song.record_next));
  if (next) return { tone: 'soon', words: out ? 'The next song is recorded, without you' : 'The next song is recorded', short };
  return null;
}
