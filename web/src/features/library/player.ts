// What is played and what comes after it. The sound is the browser's own: an audio element, which asks for the parts that it needs.
import { batch, computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { hasSound, songAddress, type LibrarySong } from '../../net/library.js';
import { SmallerFiles } from './smaller_files.js';

/** What is used of an HTMLAudioElement, and what follows without a gap. */
export interface Sound {
  src: string;
  currentTime: number;
  readonly duration: number;
  readonly paused: boolean;
  play(): Promise<void>;
  pause(): void;
  load(): void;
  removeAttribute(name: string): void;
  addEventListener(name: string, call: () => void): void;
  following?: string | null;
}

interface Entry {
  /** The same song may stand twice in the queue. */
  key: number;
  song: LibrarySong;
}

/** Back to its beginning rather than to the song before. */
const RESTART_S = 3;
/** Whoever stays so long, or for half of it, has heard the song. */
const HEARD_S = 30;

export class Player {
  readonly queue: Signal<readonly Entry[]> = signal([]);
  readonly place: Signal<number> = signal(0);
  readonly current: ReadonlySignal<LibrarySong | null> = computed(() => this.queue.value[this.place.value]?.song ?? null);
  /** The address of the song that follows without a gap: the next one of the same album. */
  private readonly joined: ReadonlySignal<string | null> = computed(() => {
    const next = this.queue.value[this.place.value + 1]?.song;
    const album = this.current.value?.album_id ?? null;
    return next !== undefined && album !== null && next.album_id === album ? this.smaller.address(next.id) : null;
  });
  readonly on: Signal<boolean> = signal(false);
  readonly atS: Signal<number> = signal(0);
  /** 0: nobody knows. */
  readonly lengthS: Signal<number> = signal(0);
  readonly failed: Signal<boolean> = signal(false);
  /** The title of a song that was to be played and is not there any more. */
  readonly missed: Signal<string | null> = signal(null);
  /** Called once for each time a song was heard. */
  onHeard: ((song: LibrarySong) => void) | null = null;
  /** Called when one cannot be played. */
  onFailed: ((song: LibrarySong) => void) | null = null;
  private keys = 0;
  private counted = false;

  constructor(
    private readonly sound: Sound,
    readonly smaller: SmallerFiles = new SmallerFiles(),
  ) {
    effect(() => {
      sound.following = this.joined.value;
    });
    effect(() => {
      const next = this.queue.value[this.place.value + 1]?.song;
      if (next) smaller.prepare(next.id);
    });
    sound.addEventListener('play', () => (this.on.value = true));
    sound.addEventListener('pause', () => (this.on.value = false));
    sound.addEventListener('timeupdate', () => this.passed(sound.currentTime));
    sound.addEventListener('durationchange', () => {
      if (Number.isFinite(sound.duration) && sound.duration > 0) this.lengthS.value = sound.duration;
    });
    sound.addEventListener('ended', () => {
      if (!this.next()) this.on.value = false;
    });
    sound.addEventListener('error', () => {
      const song = this.current.value;
      if (song !== null && smaller.giveUp(song.id, sound.src)) {
        this.goOnWith(song);
        return;
      }
      this.failed.value = song !== null;
      this.on.value = false;
      if (song !== null) this.onFailed?.(song);
    });
  }

  /** These take the place of the queue, without those that have no sound. */
  playAll(songs: readonly LibrarySong[], from: number): void {
    this.queue.value = songs.filter(hasSound).map((song) => this.entry(song));
    this.begin(songs.slice(0, from).filter(hasSound).length);
  }

  /** At the end of the queue; where nothing was, it begins. */
  add(song: LibrarySong): void {
    this.queue.value = [...this.queue.value, this.entry(song)];
    if (this.queue.value.length === 1) this.begin(0);
  }

  begin(place: number): void {
    const song = this.queue.value[place]?.song;
    if (!song) return;
    // What follows is told when the sound knows what is.
    batch(() => {
      this.place.value = place;
      this.ready(song);
    });
    this.start();
  }

  press(): void {
    if (this.failed.value) this.begin(this.place.value);
    else if (this.sound.paused) this.start();
    else this.sound.pause();
  }

  pause(): void {
    this.sound.pause();
  }

  /** False: that was the last one. */
  next(): boolean {
    const there = this.place.value + 1 < this.queue.value.length;
    if (there) this.begin(this.place.value + 1);
    return there;
  }

  previous(): void {
    if (this.atS.value > RESTART_S || this.place.value === 0) this.seek(0);
    else this.begin(this.place.value - 1);
  }

  seek(toS: number): void {
    this.atS.value = toS;
    this.sound.currentTime = toS;
  }

  /** Takes one out of the queue. If it was being played, the one behind it goes on. */
  remove(place: number): void {
    const wasOn = this.on.value || this.failed.value;
    const current = this.place.value;
    this.queue.value = this.queue.value.filter((_, i) => i !== place);
    if (place < current) this.place.value = current - 1;
    if (place !== current) return;
    const behind = this.queue.value[current];
    if (behind === undefined) this.end();
    else if (wasOn) this.begin(current);
    else this.ready(behind.song);
  }

  /** It was changed; null: it is no longer there. */
  follow(id: number, song: LibrarySong | null): void {
    if (song) {
      this.queue.value = this.queue.value.map((entry) => (entry.song.id === id ? { ...entry, song } : entry));
      return;
    }
    for (let i = this.queue.value.length - 1; i >= 0; i--) if (this.queue.value[i]?.song.id === id) this.remove(i);
  }

  /** It was to be played, and is not there any more: what comes after it is played instead. */
  lost(song: LibrarySong): void {
    this.follow(song.id, null);
    this.missed.value = song.title;
  }

  end(): void {
    this.missed.value = null;
    this.queue.value = [];
    this.place.value = 0;
    this.failed.value = false;
    this.sound.pause();
    this.sound.removeAttribute('src');
    this.sound.load();
  }

  private entry(song: LibrarySong): Entry {
    this.keys += 1;
    return { key: this.keys, song };
  }

  private passed(atS: number): void {
    this.atS.value = atS;
    const song = this.current.value;
    const half = this.lengthS.value > 0 ? this.lengthS.value / 2 : HEARD_S;
    if (song === null || this.counted || atS < Math.min(HEARD_S, half)) return;
    this.counted = true;
    this.onHeard?.(song);
  }

  /** The next press plays it. */
  private ready(song: LibrarySong): void {
    this.failed.value = false;
    this.missed.value = null;
    this.counted = false;
    this.atS.value = 0;
    this.lengthS.value = (song.length_ms ?? 0) / 1000;
    this.sound.src = this.smaller.address(song.id);
  }

  /** As it is, from where one was. */
  private goOnWith(song: LibrarySong): void {
    const atS = this.atS.value;
    const wasOn = this.on.value;
    this.sound.src = songAddress(song.id);
    if (atS > 0) this.sound.currentTime = atS;
    if (wasOn) this.start();
  }

  private start(): void {
    // Refused before one has pressed anything, or because another song took its place: the button stays at "play".
    this.sound.play().catch(() => undefined);
  }
}
