// The rooms that this browser made or visited, for the first page. The browser's storage keeps them.
import { signal, type Signal } from '@preact/signals';
import { remembered, type KeptRoom } from '../../state/storage.js';
import { dateText } from '../../i18n/format.js';
import { t } from '../../i18n/words.js';

export const MOST_ROOMS = 40;

/** The list with this room at its head. Pure. */
export function withRoom(rooms: readonly KeptRoom[], room: KeptRoom): KeptRoom[] {
  return [room, ...rooms.filter((one) => one.room !== room.room)].sort((a, b) => b.lastMs - a.lastMs).slice(0, MOST_ROOMS);
}

/** When one was last there, for a person who reads it at `nowMs`. Pure. */
export function whenText(lastMs: number, nowMs: number): string {
  const [last, now] = [new Date(lastMs), new Date(nowMs)];
  const days = Math.round((midnight(now) - midnight(last)) / DAY_MS);
  const time = dateText(lastMs, { hour: '2-digit', minute: '2-digit' });
  if (days <= 0) return t.rooms.todayAt({ time });
  if (days === 1) return t.rooms.yesterdayAt({ time });
  if (days < 7) return t.rooms.lastThereOn({ day: dateText(lastMs, { weekday: 'long' }) });
  const year = last.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return t.rooms.lastThereOn({ day: dateText(lastMs, { day: 'numeric', month: 'long', ...year }) });
}

const DAY_MS = 86_400_000;

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

export class OwnRooms {
  readonly list: Signal<readonly KeptRoom[]> = signal([]);

  /** Another tab may have written since. */
  look(): void {
    this.list.value = remembered.rooms;
  }

  visited(room: KeptRoom): void {
    this.keep(withRoom(remembered.rooms, room));
  }

  renamed(room: string, name: string): void {
    if (remembered.rooms.some((one) => one.room === room && one.name !== name))
      this.keep(remembered.rooms.map((one) => (one.room === room ? { ...one, name } : one)));
  }

  /** From the list only: an organiser's key stays, so that the link still makes her the organiser. */
  remove(room: string): void {
    this.keep(remembered.rooms.filter((one) => one.room !== room));
  }

  private keep(rooms: KeptRoom[]): void {
    remembered.rooms = rooms;
    this.list.value = rooms;
  }
}

export const ownRooms = new OwnRooms();
