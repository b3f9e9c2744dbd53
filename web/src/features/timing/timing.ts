// One's own timing: by how much one was steadily early or late in the last song, and the correction that puts it right. Said between songs only.
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { may, type RoomState } from '../../state/room.js';
import { MOST_CORRECTION_MS, type CorrectionSource } from '../../state/storage.js';
import type { Command } from '../../wire/control/control.js';
import type { Correction } from '../sound/correction.js';
import { t } from '../../i18n/words.js';

/** Less than that nobody hears, and it may be chance: the server is certain to 15 ms. */
const LEAST_TOLD_MS = 25;

/** What was corrected, so that it can be taken back. */
interface Applied {
  lateMs: number;
  beforeMs: number;
  /** Null: there was no correction. */
  before: CorrectionSource | null;
}

/** By how much somebody was late in the song that was sung last; below 0: early. Null: not worth a word, or not known. */
export function lateOf(room: RoomState, person: string): number | null {
  const ms = room.song.state === 'playing' ? 0 : (room.timing.lateMs[person] ?? 0);
  return Math.abs(ms) >= LEAST_TOLD_MS ? ms : null;
}

/** To 5 ms: finer is not certain. */
function told(ms: number): { ms: number } {
  return { ms: Math.round(Math.abs(ms) / 5) * 5 };
}

/** What is known is of the last song, or still of the one that it followed at once. */
function isOfLastSong(room: RoomState): boolean {
  return room.timing.song === room.song.number;
}

/** Of somebody else; null: nothing. */
export function timingWords(room: RoomState, person: string): string | null {
  const ms = lateOf(room, person);
  if (ms === null) return null;
  const timing = told(ms);
  if (!isOfLastSong(room)) return ms > 0 ? t.timing.lateInTheSongBefore(timing) : t.timing.earlyInTheSongBefore(timing);
  return ms > 0 ? t.timing.lateInTheLastSong(timing) : t.timing.earlyInTheLastSong(timing);
}

export function ownTimingWords(room: RoomState, lateMs: number): string {
  const timing = told(lateMs);
  if (!isOfLastSong(room)) return lateMs > 0 ? t.timing.youSangLateBefore(timing) : t.timing.youSangEarlyBefore(timing);
  return lateMs > 0 ? t.timing.youSangLate(timing) : t.timing.youSangEarly(timing);
}

export function appliedWords(lateMs: number): string {
  const ms = Math.abs(lateMs);
  return lateMs > 0 ? t.timing.comesEarlierNow({ ms }) : t.timing.comesLaterNow({ ms });
}

export class OwnTiming {
  private readonly putAwayFor: Signal<number | null> = signal(null);
  /** What was corrected after the last song, until it was read. */
  readonly applied: Signal<Applied | null> = signal(null);
  /** What is offered to be put right; null: nothing. */
  readonly lateMs: ReadonlySignal<number | null> = computed(() => {
    const room = this.room.value;
    return room === null || this.putAwayFor.value === room.timing.song ? null : lateOf(room, room.you);
  });

  constructor(
    private readonly room: ReadonlySignal<RoomState | null>,
    private readonly correction: Correction,
    private readonly send: (command: Command) => void,
  ) {
    let known = correction.ms.value;
    correction.ms.subscribe((ms) => {
      if (ms === known) return;
      known = ms;
      this.forget();
    });
  }

  /** Another correction, or other devices: what was measured counts no more. */
  forget(): void {
    const room = this.room.peek();
    if (room !== null && room.song.number > 0 && may(room, 'corrected')) this.send({ type: 'corrected' });
  }

  apply(): void {
    const lateMs = this.lateMs.value;
    if (lateMs === null) return;
    const beforeMs = this.correction.ms.value;
    const before = this.correction.source.value;
    this.applied.value = { lateMs, beforeMs, before };
    this.putAway();
    this.correction.set(Math.min(MOST_CORRECTION_MS, Math.max(-MOST_CORRECTION_MS, beforeMs + lateMs)), before ?? 'hand');
  }

  takeBack(): void {
    const applied = this.applied.value;
    if (applied === null) return;
    this.applied.value = null;
    if (applied.before === null) this.correction.takeBack();
    else this.correction.set(applied.beforeMs, applied.before);
  }

  /** What one was told was read. */
  putAway(): void {
    this.putAwayFor.value = this.room.value?.timing.song ?? null;
  }
}
