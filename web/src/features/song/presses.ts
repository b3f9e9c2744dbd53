// Which presses of the song's buttons count: Stop takes Start's place, under the same finger. Pure.
import type { SongAction } from './song_actions.js';

/** For so long after Start, who presses again wants the song, and not its end. */
export const SETTLING_MS = 1_000;

export class Presses {
  private startedMs = -Infinity;

  /** `clicks`: 2 is the second one of a double click, 0 a press by keyboard, which is meant as it is. `atMs`: on any clock that rises. */
  counts(action: Pick<SongAction, 'sign'>, clicks: number, atMs: number): boolean {
    if (clicks > 1) return false;
    if (action.sign === 'play') this.startedMs = atMs;
    return action.sign !== 'stop' || clicks === 0 || atMs - this.startedMs >= SETTLING_MS;
  }
}
