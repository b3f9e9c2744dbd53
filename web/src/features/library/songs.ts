// The list of the library's songs, as far as it has been asked for, and what is looked for in it while somebody types.
import { signal, type Signal } from '@preact/signals';
import type { KeptSongs } from './kept_songs.js';
import { NO_FILTER, queryOf, type SongFilter } from './song_filter.js';
import { askSongs, searchSongs, type LibraryResult, type LibrarySong, type LibrarySongs, type SongsPart } from '../../net/library.js';

/** After the last letter. */
export const TYPED_MS = 200;
/** So many are shown at once, where there are so many; then as many again as there are, so that one gets far down soon. */
const AT_ONCE = 100;
/** Of what was typed, while more letters may come; it is the best that stands first. */
const TYPED_AT_ONCE = 30;
/** As the server gives at once. */
const MOST_AT_ONCE = 500;

export interface Around {
  songs: (part: SongsPart, wishes: Record<string, string>, signal: AbortSignal) => Promise<LibraryResult<LibrarySongs>>;
  search: (typed: string, part: SongsPart, wishes: Record<string, string>, signal: AbortSignal) => Promise<LibraryResult<LibrarySongs>>;
  /** The result undoes it. */
  later: (ms: number, call: () => void) => () => void;
}

const browserAround: Around = {
  songs: askSongs,
  search: searchSongs,
  later(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** Without accents and capitals. */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Every word that was typed stands in it somewhere, or begins there. */
export function isMeant({ title, artist, album, genre }: LibrarySong, typed: string): boolean {
  const said = folded([title, artist, album, genre].filter(Boolean).join(' '));
  return folded(typed)
    .split(/\s+/)
    .every((word) => said.includes(word));
}

export class SongBook {
  /** Null: nothing has come yet. */
  readonly shown: Signal<readonly LibrarySong[] | null> = signal(null);
  readonly looking: Signal<boolean> = signal(false);
  /** There may be others behind those that are shown. */
  readonly more: Signal<boolean> = signal(false);
  /** So many there are; null: nobody knows. */
  readonly total: Signal<number | null> = signal(null);
  readonly problem: Signal<string | null> = signal(null);
  readonly typed: Signal<string> = signal('');
  readonly filter: Signal<SongFilter> = signal(NO_FILTER);
  private asked: AbortController | null = null;
  private waits: (() => void) | null = null;
  /** The place where the list goes on. */
  private from = 0;
  /** The server looks for what was typed; otherwise it is looked for here. */
  private serverSearches = true;

  constructor(private readonly around: Around = browserAround) {}

  search(typed: string): void {
    this.typed.value = typed;
    this.soon();
  }

  narrow(filter: SongFilter): void {
    this.filter.value = filter;
    this.soon();
  }

  /** From the beginning. */
  load(atLeast = 0): Promise<void> {
    this.stop();
    this.from = 0;
    return this.look([], Math.max(this.typed.value.trim() === '' ? AT_ONCE : TYPED_AT_ONCE, atLeast));
  }

  /** As it was. */
  loadAgain(kept: KeptSongs | null): Promise<void> {
    if (kept === null) return this.load();
    this.typed.value = kept.typed;
    this.filter.value = kept.filter;
    return this.load(kept.shown);
  }

  /** Asks anew where it is something else than was left. */
  return(kept: KeptSongs | null): void {
    if (kept === null) return;
    const same = kept.typed === this.typed.value && JSON.stringify(queryOf(kept.filter)) === JSON.stringify(queryOf(this.filter.value));
    const { value } = this.shown;
    if (same && (value === null || value.length >= kept.shown || !this.more.value)) return;
    void this.loadAgain(kept);
  }

  goOn(): Promise<void> {
    this.stop();
    const shown = this.shown.value ?? [];
    return this.look(shown, Math.min(MOST_AT_ONCE, Math.max(AT_ONCE, shown.length)));
  }

  /** A new one, or one that was changed: it stands first, or where it stood. */
  put(song: LibrarySong): void {
    const shown = this.shown.value ?? [];
    this.shown.value = shown.some(({ id }) => id === song.id) ? shown.map((one) => (one.id === song.id ? song : one)) : [song, ...shown];
  }

  drop(song: number): void {
    this.shown.value = this.shown.value?.filter(({ id }) => id !== song) ?? null;
  }

  close(): void {
    this.stop();
  }

  private soon(): void {
    this.stop();
    this.waits = this.around.later(TYPED_MS, () => void this.load());
  }

  /** What was asked before counts no longer. */
  private stop(): void {
    this.waits?.();
    this.waits = null;
    this.asked?.abort();
    this.asked = null;
    this.looking.value = false;
  }

  /** Asks for one part after the other until there are enough more of them. */
  private async look(before: readonly LibrarySong[], wanted: number): Promise<void> {
    const asked = new AbortController();
    const typed = this.typed.value.trim();
    const wishes = queryOf(this.filter.value);
    const found = [...before];
    this.asked = asked;
    this.looking.value = true;
    this.problem.value = null;
    for (;;) {
      const byServer = typed !== '' && this.serverSearches;
      const missing = before.length + wanted - found.length;
      const part = { from: this.from, limit: Math.min(MOST_AT_ONCE, Math.max(byServer ? TYPED_AT_ONCE : AT_ONCE, missing)) };
      const answer = await (byServer ? this.around.search(typed, part, wishes, asked.signal) : this.around.songs(part, wishes, asked.signal));
      if (asked.signal.aborted) return;
      if (byServer && !answer.ok && answer.status === 404) {
        this.serverSearches = false;
        continue;
      }
      if (!answer.ok) {
        this.problem.value = answer.error;
        break;
      }
      const { songs, next, total } = answer.value;
      const known = new Set(found.map(({ id }) => id));
      found.push(...songs.filter((song) => !known.has(song.id) && (byServer || isMeant(song, typed))));
      if (next !== null) this.from = next;
      this.shown.value = [...found];
      this.more.value = next !== null;
      this.total.value = byServer || typed === '' ? total : null;
      if (next === null || found.length >= before.length + wanted) break;
    }
    this.looking.value = false;
  }
}
