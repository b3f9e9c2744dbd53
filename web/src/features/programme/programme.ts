// The programme of the evening: which song comes next, where one moves to, what a new one has. Pure.
import type { RoomState } from '../../state/room.js';
import type { Entry, EntryWish, Plan, PlanChange } from '../../wire/control/control.js';
import { NO_PLAN } from '../../wire/control/plan.js';
import { titleOf } from '../song/song_progress.js';
import { t } from '../../i18n/words.js';

/** The first that was not sung behind those that were; then one that was passed over. Null: all were sung, or one is taken. */
export function nextEntry({ entries, taken }: Pick<RoomState, 'entries' | 'taken'>): Entry | null {
  if (taken !== null) return null;
  const lastSung = entries.map((entry) => entry.sung).lastIndexOf(true);
  return entries.slice(lastSung + 1).find((entry) => !entry.sung) ?? entries.find((entry) => !entry.sung) ?? null;
}

export function takenEntry({ entries, taken }: Pick<RoomState, 'entries' | 'taken'>): Entry | null {
  return entries.find((entry) => entry.id === taken) ?? null;
}

/** The id of the one before which `id` comes when it is put at this place, from 0; null: at the end. */
export function beforeAt(entries: readonly Entry[], id: string, place: number): string | null {
  return entries.filter((entry) => entry.id !== id)[place]?.id ?? null;
}

/** Where it would be dropped, from 0, when the pointer is at `y`; `middles`: of the other rows, from above. */
export function placeAt(middles: readonly number[], y: number): number {
  const below = middles.findIndex((middle) => y < middle);
  return below === -1 ? middles.length : below;
}

/** What is chosen in the room now, as a new song. */
export function entryOfNow(room: RoomState): EntryWish {
  const track = room.tracks.find((one) => one.id === room.track);
  const words = room.sheets.find((sheet) => sheet.id === room.plan.words);
  const title = track ? titleOf(track.name) : (words?.title ?? '');
  return { title, track: track?.id ?? null, plan: room.plan, score: null, leader: '', hidden: false, sung: false };
}

/** As the server takes it: without a tempo nothing is left of what needs one. */
export function changedPlan(plan: Plan, change: PlanChange): Plan {
  const next = { ...plan, ...change };
  return next.bpm === null ? { ...NO_PLAN, beats_per_bar: next.beats_per_bar, words: next.words, score: next.score } : next;
}

/** What a list says of a song besides its title. */
export function entryDetails(entry: Entry, room: Pick<RoomState, 'tracks' | 'sheets'>): string[] {
  const out: string[] = [];
  const track = room.tracks.find((one) => one.id === entry.track);
  if (track) out.push(titleOf(track.name));
  else if (entry.track !== null) out.push(t.programme.itsTrackWasDeleted);
  if (entry.plan.words !== null) {
    const words = room.sheets.find((sheet) => sheet.id === entry.plan.words);
    out.push(words ? t.programme.words : t.programme.itsWordsWereDeleted);
  }
  const { bpm, round } = entry.plan;
  if (bpm !== null) out.push(round === null ? t.programme.beatsAMinute({ bpm }) : t.programme.aRound);
  if (entry.leader !== '') out.push(t.programme.leads({ name: entry.leader }));
  if (entry.hidden) out.push(t.programme.notShownToSingers);
  return out;
}
