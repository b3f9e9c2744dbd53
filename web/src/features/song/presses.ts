// Which presses of the song's buttons count: Stop takes Start's place under the same finger, and Halt that of Stop. Pure.
import type { SongAction } from './song_actions.js';

/** For so long after one of them, who presses again means the same one still. */
export const SETTLING_MS = 1_000;

export class Presses {
  private pressedMs = -Infinity;

  /** `clicks`: 2 is the second one of a double click, 0 a press by keyboard, which is meant as it is. `atMs`: on any clock that rises. */
  counts(action: Pick<SongAction, 'sign'>, clicks: number, atMs: number): boolean {
    if (clicks > 1 || action.sign === null) return clicks <= 1;
    const counts = action.sign === 'play' || clicks === 0 || atMs - this.pressedMs >= SETTLING_MS;
    if (counts) this.pressedMs = atMs;
    return counts;
  }
}
