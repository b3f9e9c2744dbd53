// Songs that have just come: what the server finds in their files (picture, length, who made them) is known only some seconds later, so
// each is looked at again for a while.
import { askSong, type LibraryResult, type LibrarySong } from '../../net/library.js';

/** Each after the one before. A busy machine takes its time: what is found in files waits for those who sing. */
export const LOOKS_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 120_000] as const;
/** Whoever opens a song of this age may be waiting for its picture. */
const NEW_S = 240;

export interface ArrivalsAround {
  ask: (id: number) => Promise<LibraryResult<LibrarySong>>;
  /** The result undoes it. */
  later: (ms: number, call: () => void) => () => void;
}

const browserAround: ArrivalsAround = {
  ask: askSong,
  later(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

export class Arrivals {
  /** Something is known of it that was not. */
  onChange: (song: LibrarySong) => void = () => undefined;
  private readonly watched = new Map<number, () => void>();

  constructor(private readonly around: ArrivalsAround = browserAround) {}

  watch(song: LibrarySong): void {
    if (this.watched.has(song.id) || !isWaiting(song)) return;
    this.wait(song, 0);
  }

  close(): void {
    for (const stop of this.watched.values()) stop();
    this.watched.clear();
  }

  private wait(song: LibrarySong, looks: number): void {
    const ms = LOOKS_MS[looks];
    if (ms === undefined || !isWaiting(song)) this.watched.delete(song.id);
    else
      this.watched.set(
        song.id,
        this.around.later(ms, () => void this.look(song, looks)),
      );
  }

  private async look(before: LibrarySong, looks: number): Promise<void> {
    const answer = await this.around.ask(before.id);
    if (!this.watched.has(before.id)) return;
    // Away for a moment: it is asked again; not there: it was deleted.
    if (!answer.ok && answer.status !== 0) {
      this.watched.delete(before.id);
      return;
    }
    const song = answer.ok ? answer.value : before;
    if (JSON.stringify(song) !== JSON.stringify(before)) this.onChange(song);
    this.wait(song, looks + 1);
  }
}

/** It has a file in which something may still be found. */
function isWaiting({ hash, cover, failure, length_ms: length }: LibrarySong): boolean {
  return hash !== null && failure === null && (cover === null || length === null);
}

export function isNew({ created }: LibrarySong, nowMs: number): boolean {
  return nowMs / 1_000 - created < NEW_S;
}
