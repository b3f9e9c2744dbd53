// The score that is chosen: which page this singer sees, the leader's as she hears the song or her own, and its picture.
import { computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { t } from '../../i18n/words.js';
import { askPage } from '../../net/scores.js';
import type { Asker } from '../../net/words.js';
import type { RoomState } from '../../state/room.js';
import { PAGE_MARK, type Mark, type Score } from '../../wire/control/control.js';
import type { Result } from '../../wire/result.js';
import { lastMark } from '../marks/heard_marks.js';

export interface ScoreFacts {
  roomId: string;
  room: ReadonlySignal<RoomState | null>;
  /** The position that is heard; null: none. */
  heard: ReadonlySignal<number | null>;
}

/** A page that can be drawn. */
export interface PagePicture {
  width: number;
  height: number;
  source: CanvasImageSource;
  close(): void;
}

export type LoadPage = (asker: Asker, score: string, page: number) => Promise<Result<PagePicture>>;

export function chosenScore(room: RoomState | null): Score | null {
  return room?.scores.find((score) => score.id === room.plan.score) ?? null;
}

/** The page that the leader shows where this position is heard, from 0. Without a mark it is the first. */
export function leadersPage(marks: readonly Mark[], pages: number, heard: number | null): number {
  const page = Number(lastMark(marks, PAGE_MARK, heard)?.payload ?? 0);
  return Number.isInteger(page) && page >= 0 && page < pages ? page : 0;
}

export class SongScore {
  readonly chosen: ReadonlySignal<Score | null>;
  /** Whether the leader's pages are shown, and not one's own. */
  readonly follows: Signal<boolean> = signal(true);
  readonly page: ReadonlySignal<number>;
  /** Of the page; null: it is on its way. */
  readonly picture: Signal<PagePicture | null> = signal(null);
  /** Why it cannot be shown. */
  readonly problem: Signal<string | null> = signal(null);
  private readonly own = signal(0);
  private readonly again = signal(0);
  private readonly kept = new Map<number, PagePicture>();
  private readonly stops: (() => void)[];
  /** What is kept belongs to this score. */
  private keptOf: string | null = null;
  private wanted = '';

  constructor(
    private readonly facts: ScoreFacts,
    private readonly load: LoadPage = loadPage,
  ) {
    const { room, heard } = facts;
    this.chosen = computed(() => chosenScore(room.value));
    this.page = computed(() => {
      const now = room.value;
      const score = this.chosen.value;
      if (!now || !score) return 0;
      if (this.follows.value && now.song.state === 'playing') return leadersPage(now.marks, score.pages, heard.value);
      return Math.min(this.own.value, score.pages - 1);
    });
    // By its id alone: the room's state is another one many times a second.
    const id = computed(() => this.chosen.value?.id ?? null);
    const song = computed(() => (room.value?.song.state === 'playing' ? room.value.song.number : null));
    this.stops = [
      effect(() => {
        void id.value;
        void song.value;
        this.own.value = 0;
        this.follows.value = true;
      }),
      effect(() => void this.show(id.value, this.page.value, this.again.value)),
    ];
  }

  /** One's own page from now on; beyond the ends nothing is turned. */
  turnTo(page: number): void {
    const score = this.chosen.peek();
    if (!score || page < 0 || page >= score.pages) return;
    this.own.value = page;
    this.follows.value = this.facts.room.peek()?.song.state !== 'playing';
  }

  /** The leader's pages again. */
  follow(): void {
    this.follows.value = true;
  }

  reload(): void {
    this.again.value++;
  }

  close(): void {
    for (const stop of this.stops) stop();
    this.forget(() => true);
  }

  private async show(id: string | null, page: number, again: number): Promise<void> {
    const wanted = `${id ?? ''} ${page} ${again}`;
    this.wanted = wanted;
    if (this.keptOf !== id) this.forget(() => true);
    this.keptOf = id;
    this.problem.value = null;
    if (id === null) {
      this.picture.value = null;
      return;
    }
    const current = this.kept.get(page) ?? null;
    if (current === null && this.picture.peek() !== null && this.kept.size === 0) this.picture.value = null;
    if (current) this.picture.value = current;
    else {
      const answer = await this.fetch(id, page);
      if (this.wanted !== wanted) return;
      if (!answer.ok) {
        this.picture.value = null;
        this.problem.value = answer.error;
        return;
      }
      this.picture.value = answer.value;
    }
    this.forget((kept) => Math.abs(kept - page) > 1);
    // The next one is turned to without waiting.
    for (const near of [page + 1, page - 1]) {
      if (near >= 0 && near < (this.chosen.peek()?.pages ?? 0) && !this.kept.has(near)) void this.fetch(id, near);
    }
  }

  private async fetch(id: string, page: number): Promise<Result<PagePicture>> {
    const token = this.facts.room.peek()?.token ?? '';
    const answer = await this.load({ room: this.facts.roomId, token }, id, page);
    if (!answer.ok) return answer;
    const before = this.kept.get(page);
    if (this.keptOf !== id || before) {
      answer.value.close();
      return before ? { ok: true, value: before } : answer;
    }
    this.kept.set(page, answer.value);
    return answer;
  }

  private forget(which: (page: number) => boolean): void {
    for (const [page, picture] of this.kept) {
      if (!which(page)) continue;
      if (this.picture.peek() === picture) this.picture.value = null;
      this.kept.delete(page);
      picture.close();
    }
  }
}

async function loadPage(asker: Asker, score: string, page: number): Promise<Result<PagePicture>> {
  const answer = await askPage(asker, score, page);
  if (!answer.ok) return answer;
  try {
    const bitmap = await createImageBitmap(answer.value);
    return { ok: true, value: { width: bitmap.width, height: bitmap.height, source: bitmap, close: () => bitmap.close() } };
  } catch {
    return { ok: false, error: t.scores.cannotShow };
  }
}
