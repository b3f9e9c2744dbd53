// The words that are chosen: loaded when they change, and which of their lines this singer hears now.
import { computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { askWords, type Asker, type ShownWords } from '../../net/words.js';
import type { RoomState } from '../../state/room.js';
import type { Sheet } from '../../wire/control/control.js';
import { lineAt } from './lines.js';

export interface WordsFacts {
  roomId: string;
  room: ReadonlySignal<RoomState | null>;
  /** The position that is heard; null: none. */
  heard: ReadonlySignal<number | null>;
}

export function chosenSheet(room: RoomState | null): Sheet | null {
  return room?.sheets.find((sheet) => sheet.id === room.plan.words) ?? null;
}

export class SongWords {
  /** Null: none are chosen, or they are still on their way. */
  readonly shown: Signal<ShownWords | null> = signal(null);
  /** Why they cannot be shown. */
  readonly problem: Signal<string | null> = signal(null);
  readonly line: ReadonlySignal<number | null>;
  /** Whether any of the song is heard. */
  readonly hears: ReadonlySignal<boolean>;
  private readonly again = signal(0);
  private readonly stop: () => void;
  private wanted = '';

  constructor(
    private readonly facts: WordsFacts,
    private readonly ask: (asker: Asker, id: string) => ReturnType<typeof askWords> = askWords,
  ) {
    const { room, heard } = facts;
    this.line = computed(() => {
      const now = room.value;
      if (!now || !this.shown.value || now.song.state !== 'playing') return null;
      return lineAt(this.shown.value.lines, now.marks, now.song.music, heard.value);
    });
    this.hears = computed(() => heard.value !== null);
    const key = computed(() => {
      const sheet = chosenSheet(room.value);
      return sheet === null ? '' : `${sheet.id} ${sheet.version} ${this.again.value}`;
    });
    this.stop = effect(() => void this.load(key.value));
  }

  /** Once more, when it went wrong. */
  reload(): void {
    this.again.value++;
  }

  close(): void {
    this.stop();
  }

  private async load(key: string): Promise<void> {
    this.wanted = key;
    const room = this.facts.room.peek();
    const sheet = chosenSheet(room);
    if (this.shown.peek()?.sheet.id !== sheet?.id) this.shown.value = null;
    this.problem.value = null;
    if (!room || !sheet) return;
    const answer = await this.ask({ room: this.facts.roomId, token: room.token }, sheet.id);
    if (this.wanted !== key) return;
    if (answer.ok) this.shown.value = answer.value;
    else this.problem.value = answer.error;
  }
}
