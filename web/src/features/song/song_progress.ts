// Where the song is for oneself, for its title, its time and its bar. Pure.
import { SAMPLE_RATE } from '../../units.js';
import type { RoomState } from '../../state/room.js';
import { chosenSheet } from '../words/song_words.js';
import { minutes, ownOffset } from './status.js';
import { t } from '../../i18n/words.js';

export interface SongProgress {
  /** Of the music, behind the count-in. Before that: 0. */
  elapsedSeconds: number;
  /** Null: nobody knows yet when it ends. */
  totalSeconds: number | null;
}

/** Null between songs. `now`: the server's now; the rest as in `Hearing`. */
export function songProgress(state: RoomState, now: number, heard: number | null, soloBlocks: number | null = null): SongProgress | null {
  const { song } = state;
  if (song.state !== 'playing') return null;
  const here = heard ?? now - ownOffset(state, soloBlocks);
  const total = song.end === null ? null : Math.max(0, song.end - song.music) / SAMPLE_RATE;
  const elapsed = Math.max(0, here - song.music) / SAMPLE_RATE;
  return { elapsedSeconds: total === null ? elapsed : Math.min(elapsed, total), totalSeconds: total };
}

/** As "1:12 of 2:56". */
export function progressText({ elapsedSeconds, totalSeconds }: SongProgress): string {
  const elapsed = minutes(Math.floor(elapsedSeconds));
  return totalSeconds === null ? elapsed : t.song.of({ elapsed, minutes: minutes(totalSeconds) });
}

/** A track's name without the end that names its kind of file. */
export function titleOf(trackName: string): string {
  return (
    trackName
      .replace(/\.[a-z0-9]{2,4}$/i, '')
      .replace(/_+/g, ' ')
      .trim() || trackName
  );
}

/** What is sung, or what is chosen to be sung next: by its track, else by its words; null: nothing so far. */
export function songTitle(state: RoomState): string | null {
  const prepared = state.entries.find((entry) => entry.id === state.taken);
  if (prepared) return prepared.title;
  const playing = state.song.state === 'playing';
  const track = playing ? state.song.track : state.tracks.find((one) => one.id === state.track);
  if (track) return titleOf(track.name);
  return chosenSheet(state)?.title ?? (playing ? t.song.voicesAlone : null);
}
