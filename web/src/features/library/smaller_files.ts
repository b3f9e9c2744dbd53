// Songs as smaller files, for slow lines and dear ones: whether this device wants them, and where they are. The server makes one
// when it is first asked for; until then the same address leads to the song as it is.
import { signal, type Signal } from '@preact/signals';
import { songAddress, smallSongAddress, wishSmallSong } from '../../net/library.js';
import { remembered } from '../../state/storage.js';

export class SmallerFiles {
  readonly on: Signal<boolean>;
  private readonly asked = new Set<number>();
  /** Songs that did not play so. */
  private readonly unplayable = new Set<number>();

  /** `possible`: this browser plays them. `wish` has one made before its turn comes. */
  constructor(
    readonly possible: boolean = playsOpus(),
    private readonly wish: (song: number) => void = wishSmallSong,
  ) {
    this.on = signal(possible && (remembered.smallerFiles ?? wantsLess()));
  }

  choose(on: boolean): void {
    this.on.value = on;
    remembered.smallerFiles = on;
  }

  address(song: number): string {
    return this.on.value && !this.unplayable.has(song) ? smallSongAddress(song) : songAddress(song);
  }

  /** This song is played soon. */
  prepare(song: number): void {
    if (!this.on.value || this.asked.has(song)) return;
    this.asked.add(song);
    this.wish(song);
  }

  /** This address could not be played. True: the song may be tried as it is. */
  giveUp(song: number, address: string): boolean {
    if (address !== smallSongAddress(song)) return false;
    this.unplayable.add(song);
    return true;
  }
}

function playsOpus(): boolean {
  return typeof Audio !== 'undefined' && new Audio().canPlayType('audio/ogg; codecs="opus"') !== '';
}

/** The browser was told to save data. */
function wantsLess(): boolean {
  return (globalThis.navigator as { connection?: { saveData?: boolean } } | undefined)?.connection?.saveData === true;
}
