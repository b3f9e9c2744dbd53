// One's own part louder: what one wishes, remembered, and told to the server, which sends its voices once more while somebody wants them.
import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { yourself, type RoomState } from '../../state/room.js';
import { remembered } from '../../state/storage.js';
import type { Command } from '../../wire/control/control.js';

/** Added once more: twice as high, 6 dB above the others. */
const LOUDER = 1;

export class OwnPart {
  readonly louder: Signal<boolean> = signal(remembered.partLouder);
  /** What the server knows; it forgets with each connection. */
  private told = false;

  constructor(
    private readonly room: ReadonlySignal<RoomState | null>,
    private readonly send: (command: Command) => void,
  ) {}

  /** The part that one sings here; null: there is nothing to be made louder. */
  get name(): string | null {
    const room = this.room.value;
    if (room === null || !room.rights.includes('hear_part')) return null;
    return yourself(room).part || null;
  }

  /** The factor by which it is added to the mix. */
  get factor(): number {
    return this.louder.value ? LOUDER : 0;
  }

  setLouder(louder: boolean): void {
    this.louder.value = louder;
    remembered.partLouder = louder;
    this.look();
  }

  /** A connection begins: the server knows nothing of it. */
  begin(): void {
    this.told = false;
    this.look();
  }

  /** After each change of the room. */
  look(): void {
    const wanted = this.louder.value && this.name !== null;
    if (wanted === this.told || this.room.value === null) return;
    this.told = wanted;
    this.send({ type: 'hear_part', on: wanted });
  }
}
