// What of the chat one has read, and which announcement stands out. Lives as long as the visit, over lost connections.
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { RoomState } from '../../state/room.js';
import type { Line } from '../../wire/control/control.js';

/** Whether line a came after line b. */
export function isLater(a: string, b: string): boolean {
  return a.length === b.length ? a > b : a.length > b.length;
}

export class OwnChat {
  /** The id of the last line that was in sight; empty: none. */
  private readonly read = signal('');
  /** The id of the last announcement that one has put away. */
  private readonly putAway = signal('');
  /** What one has typed and not sent: it outlives the panel. */
  readonly draft = signal('');
  /** How many lines of others one has not read. */
  readonly unread: ReadonlySignal<number>;
  /** The last announcement, until it is put away or a later one comes. */
  readonly announcement: ReadonlySignal<Line | null>;

  constructor(room: Signal<RoomState | null>) {
    this.unread = computed(() => {
      const state = room.value;
      if (!state) return 0;
      return state.lines.filter((line) => line.person !== state.you && isLater(line.id, this.read.value)).length;
    });
    this.announcement = computed(() => {
      const last = room.value?.lines.filter((line) => line.announcement).at(-1);
      return last && isLater(last.id, this.putAway.value) ? last : null;
    });
  }

  /** The lines up to this one are in sight. */
  readTo(id: string): void {
    if (isLater(id, this.read.value)) this.read.value = id;
  }

  putAnnouncementAway(): void {
    this.putAway.value = this.announcement.value?.id ?? this.putAway.value;
  }
}
