// When one's own microphone is on: as one switches it, or by itself while a song lasts.
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { may, yourself, type RoomState } from '../../state/room.js';
import { remembered } from '../../state/storage.js';
import type { Command } from '../../wire/control/control.js';

export const MICROPHONE_MODES = ['off', 'songs', 'on'] as const;
export type Mode = (typeof MICROPHONE_MODES)[number];

export class MicrophoneMode {
  private readonly forSongs: Signal<boolean> = signal(remembered.microphoneForSongs);
  /** Of a singer who is in the room: whether a song lasts, as it was looked at last. */
  private lasted: boolean | null = null;

  readonly mode: ReadonlySignal<Mode | null> = computed(() => {
    const room = this.room.value;
    if (room === null) return null;
    if (this.forSongs.value) return 'songs';
    return yourself(room).muted ? 'off' : 'on';
  });

  constructor(
    private readonly room: ReadonlySignal<RoomState | null>,
    private readonly send: (command: Command) => void,
  ) {}

  choose(mode: Mode): void {
    this.forSongs.value = mode === 'songs';
    remembered.microphoneForSongs = mode === 'songs';
    this.mute(mode === 'songs' ? !this.songLasts() : mode === 'off');
  }

  /** Something was told of the room. What one switches by hand holds until a song begins or ends. */
  look(startedMuted = false): void {
    const room = this.room.value;
    if (room === null || yourself(room).role !== 'singer') {
      this.lasted = null;
      return;
    }
    const lasts = this.songLasts();
    if (lasts === this.lasted) return;
    this.lasted = lasts;
    // Who came in muted is heard when she says so, or from the next song on.
    if (this.forSongs.value && !(startedMuted && lasts)) this.mute(!lasts);
  }

  private songLasts(): boolean {
    return this.room.value?.song.state === 'playing';
  }

  private mute(muted: boolean): void {
    const room = this.room.value;
    if (room === null || yourself(room).muted === muted || !may(room, 'mute')) return;
    this.send({ type: 'mute', muted });
  }
}
