// One's own open loudspeaker: what was found of it, what the server was told, and whether one has said that it is not so.
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Verdict } from '../../audio/shared/open_loudspeaker.js';
import { may, yourself, type RoomState } from '../../state/room.js';
import type { Command, Person } from '../../wire/control/control.js';

export class OwnLoudspeaker {
  /** The microphone hears it, as far as is known. */
  private readonly open = signal(false);
  /** The number of the song in which one said that it is not so; null: one did not. */
  private readonly denied: Signal<number | null> = signal(null);
  /** What the server knows. */
  private told = false;

  /** One is told, and asked to do something. */
  readonly disturbs: ReadonlySignal<boolean> = computed(() => {
    const room = this.room.value;
    return room !== null && this.open.value && this.denied.value !== room.song.number && disturbsOthers(room, yourself(room));
  });

  constructor(
    private readonly room: ReadonlySignal<RoomState | null>,
    private readonly send: (command: Command) => void,
  ) {}

  take(verdict: Verdict): void {
    // While nothing can be said, what was found before stays: between songs somebody may do something about it.
    if (verdict.kind === 'unsure') return;
    this.open.value = verdict.kind === 'open';
    this.tell();
  }

  /** Another microphone or loudspeaker: nothing is known of it. */
  forget(): void {
    this.open.value = false;
    this.tell();
  }

  /** "It is not so": for this song. */
  deny(): void {
    this.denied.value = this.room.value?.song.number ?? null;
    this.tell();
  }

  /** A server that welcomes anew may have forgotten. */
  welcomed(): void {
    this.told = false;
  }

  private tell(): void {
    const room = this.room.value;
    const open = room !== null && this.open.value && this.denied.value !== room.song.number;
    if (room === null || open === this.told || !may(room, 'loudspeaker')) return;
    this.told = open;
    this.send({ type: 'loudspeaker', open });
  }
}

/** In the last bucket, nobody hears what a loudspeaker adds; who only listens, or whose microphone is off, adds nothing. */
export function disturbsOthers(room: RoomState, person: Person): boolean {
  return person.role === 'singer' && !person.muted && person.bucket < room.settings.buckets;
}

/** Those of whom organisers and engineers are told, but oneself. */
export function otherLoudspeakers(room: RoomState): Person[] {
  return room.people.filter((person) => room.loudspeakers.includes(person.id) && person.id !== room.you && disturbsOthers(room, person));
}

/** Moving is for between songs. */
export function mayMoveNow(room: RoomState): boolean {
  return may(room, 'move_person') && room.song.state === 'none';
}
