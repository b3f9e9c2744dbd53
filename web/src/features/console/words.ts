// What the console says of a singer. Pure.
import { CLIP_SHOWN_MS, HISS_DB, sounds, type Levels } from './board.js';
import { numberText } from '../../i18n/format.js';
import { t } from '../../i18n/words.js';

/** A level without its sign: everything is below full scale. */
function db(value: number): string {
  return t.units.decibels({ db: String(Math.round(value)) });
}

export function levelText(levels: Levels | null, nowMs: number): string {
  if (!sounds(levels, nowMs)) return t.console.silent;
  return t.console.heardAt({ db: db(levels.beforeDb), db2: db(levels.afterDb) });
}

/** Empty: nothing is wrong. */
export function lateText(levels: Levels | null): string {
  if (levels === null) return '';
  const loop = levels.loopMs === null ? '' : t.console.answersAfterMs({ round: Math.round(levels.loopMs) });
  const late = levels.latePercent >= 0.1 ? t.console.tooLate({ percent: numberText(levels.latePercent, 1) }) : '';
  return [loop, late].filter((text) => text !== '').join(', ');
}

/** How often she was too late in the evening; empty: never. */
export function lateSongsText(late: readonly [late: number, songs: number] | null): string {
  if (late === null) return '';
  const [times, songs] = late;
  return songs === 1 ? t.console.lateInTheLastSong : t.console.lateInSongs({ late: times, songs });
}

/** What the engineer should look at. */
export function troubles(levels: Levels | null, loudspeaker: boolean, nowMs: number): string[] {
  const out: string[] = [];
  if (levels && nowMs - levels.clippedMs < CLIP_SHOWN_MS) out.push(t.console.tooLoudForHerMicrophone);
  if (levels && levels.noiseDb !== null && levels.noiseDb > HISS_DB) out.push(t.console.noiseAtWhileNotSinging({ db: db(levels.noiseDb) }));
  if (loudspeaker) out.push(t.console.loudspeakerOpen);
  return out;
}
