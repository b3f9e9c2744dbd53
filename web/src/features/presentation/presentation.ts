// What a hall's screen shows: the song's title, where it is, who leads, and how long until it begins. Pure.
import { BLOCK, indexOfBucket } from '../../units.js';
import { personOf, yourself, type RoomState } from '../../state/room.js';
import { t } from '../../i18n/words.js';
import { songTitle } from '../song/song_progress.js';
import { wholeSeconds } from '../song/status.js';

export interface Shown {
  /** soon: the song comes; on: it is sung; over: it has ended here; idle: nothing is sung. */
  tone: 'idle' | 'soon' | 'on' | 'over';
  title: string;
  /** Seconds until the song begins here; null: it has begun, or none does. */
  countDown: number | null;
  sentence: string;
  /** Empty: nobody leads. */
  leader: string;
}

/** The seconds before the song's end from which on it is announced. */
const ANNOUNCE_END_S = 10;

/** `now`: the server's now; `heard`: the position that is heard here, or null. */
export function shownOf(room: RoomState, now: number, heard: number | null): Shown {
  const leader = personOf(room, room.leader)?.name ?? '';
  const shown: Shown = {
    tone: 'idle',
    title: songTitle(room) ?? (room.room.name || t.presentation.ourRoom),
    countDown: null,
    sentence: '',
    leader: leader && t.presentation.leads({ name: leader }),
  };
  if (room.song.state === 'none') return { ...shown, sentence: leader ? t.presentation.theSongHasNotStarted : t.presentation.nobodyLeadsYet };
  const { start, end } = room.song;
  const here = heard ?? now - (room.settings.offsets[indexOfBucket(yourself(room).bucket)] ?? 0) * BLOCK;
  if (here < start) return { ...shown, tone: 'soon', countDown: wholeSeconds(start - here), sentence: t.presentation.getReady };
  if (end === null) return { ...shown, tone: 'on', sentence: t.presentation.sing };
  if (here >= end) return { ...shown, tone: 'over', sentence: t.presentation.theSongIsOverHere };
  const rest = wholeSeconds(end - here);
  return { ...shown, tone: 'on', sentence: rest <= ANNOUNCE_END_S ? t.presentation.itEndsIn({ seconds: rest }) : t.presentation.sing };
}

/** Whether this browser can fill the screen: where it cannot, there is no Escape to leave by. */
export function canPresent(): boolean {
  return document.fullscreenEnabled;
}
