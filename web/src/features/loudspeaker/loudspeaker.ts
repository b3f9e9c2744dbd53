// One's own open loudspeaker: what was found of it, what the server was told, and whether one has said that it is not so.
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Verdict } from '../../audio/shared/open_loudspeaker.js';
import { may, yourself, type RoomState } from '../../state/room.js';
import type { Command, Person } from '../../wire/control/control.js';

export class OwnLoudspeaker {
  /** Numbers of the songs in which the microphone heard it last, in which one said that it is not so, and of which the server was told; null: none. */
  private readonly found: Signal<number | null> = signal(null);
  private readonly denied: Signal<number | null> = signal(null);
  private told: number | null = null;

  /** One is told, and asked to do something. */
  readonly disturbs: ReadonlySignal<boolean> = computed(() => {
    const room = this.room.value;
    return room !== null && this.openIn(room) && disturbsOthers(room, yourself(room));
  });

  constructor(
    private readonly room: ReadonlySignal<RoomState | null>,
    private readonly send: (command: Command) => void,
  ) {}

  take(verdict: Verdict): void {
    // While nothing can be said, what was found before stays: between songs somebody may do something about it.
    if (verdict.kind === 'unsure') return;
    this.found.value = verdict.kind === 'open' ? this.songNow() : null;
    this.tell();
  }

  /** Another microphone or loudspeaker: nothing is known of it. */
  forget(): void {
    this.found.value = null;
    this.tell();
  }

  /** "It is not so": for this song. */
  deny(): void {
    this.denied.value = this.songNow();
    this.tell();
  }

  /** A server that welcomes anew may have forgotten. */
  welcomed(): void {
    this.told = null;
  }

  private songNow(): number | null {
    return this.room.value?.song.number ?? null;
  }

  private openIn({ song }: RoomState): boolean {
    return this.found.value === song.number && this.denied.value !== song.number;
  }

  /** The server forgets it when a song begins. */
  private tell(): void {
    const room = this.room.value;
    if (room === null || !may(room, 'loudspeaker')) return;
    const open = this.openIn(room);
    if (open === (this.told === room.song.number)) return;
    this.told = open ? room.song.number : null;
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

/** Moving is for between songs; and the leader stands in the first bucket. */
export function mayMoveNow(room: RoomState, person: Person): boolean {
  return may(room, 'move_person') && room.song.state === 'none' && !person.leader;
}
