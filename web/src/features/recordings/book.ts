// The recordings of a room, as the server lists them: asked for again while something is being made of them.
import { signal, type Signal } from '@preact/signals';
import { askRecordings, askZip, deleteRecording, fileAddress, mixAgain, singTo, type Asker, type ShownRecordings } from '../../net/recordings.js';
import type { Recording, TrackMix } from '../../wire/control/control.js';

const LOOK_MS = 2_000;

export interface Timers {
  after(ms: number, call: () => void): () => void;
}

const browserTimers: Timers = {
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** Something is still being made of it. */
export function isUnderWay({ state }: Recording): boolean {
  return state === 'recording' || state === 'waiting' || state === 'rendering';
}

/** It is ready, and its ZIP is being made. */
export function isPacked({ zip }: Recording): boolean {
  return zip?.state === 'making';
}

export class RecordingBook {
  readonly shown: Signal<ShownRecordings | null> = signal(null);
  /** The list cannot be had. */
  readonly problem: Signal<string | null> = signal(null);
  /** By the recording's id: what was asked for and not done. */
  readonly refused: Signal<ReadonlyMap<string, string>> = signal(new Map());
  /** By the recording's id: the track of the room that was made of it last. */
  readonly tracks: Signal<ReadonlyMap<string, string>> = signal(new Map());
  private readonly stops = new Set<() => void>();
  private closed = false;
  private next: (() => void) | null = null;

  constructor(
    private readonly asker: Asker,
    private readonly timers: Timers = browserTimers,
  ) {}

  async load(): Promise<void> {
    this.next?.();
    const answer = await askRecordings(this.asker);
    if (this.closed) return;
    if (answer.ok) {
      const before = this.shown.value;
      // Links stay the same while they are good: what is being played goes on.
      this.shown.value = before === null ? answer.value : { ...answer.value, pass: before.pass };
      this.problem.value = null;
    } else {
      this.problem.value = answer.error;
    }
    if (!answer.ok || answer.value.recordings.some((one) => isUnderWay(one) || isPacked(one)))
      this.next = this.later(LOOK_MS, () => void this.load());
  }

  /** Of a file of a recording. `version`: another one after the file has changed. */
  address(id: string, file: string, download = false, version = ''): string {
    const address = fileAddress(this.asker.room, this.shown.value?.pass ?? '', id, file, download);
    return version === '' ? address : `${address}&v=${encodeURIComponent(version)}`;
  }

  async remove(one: Recording): Promise<void> {
    const answer = await deleteRecording(this.asker, one);
    this.tell(one.id, answer.ok ? null : answer.error);
    if (answer.ok) await this.load();
  }

  /** True once the server has begun. */
  async mix(one: Recording, tracks: readonly TrackMix[]): Promise<boolean> {
    const answer = await mixAgain(this.asker, one, tracks);
    this.tell(one.id, answer.ok ? null : answer.error);
    if (answer.ok) await this.load();
    return answer.ok;
  }

  /** The file becomes a track of the room. */
  async sing(one: Recording, file: string): Promise<void> {
    const answer = await singTo(this.asker, one, file);
    this.tell(one.id, answer.ok ? null : answer.error);
    if (answer.ok) this.tracks.value = new Map(this.tracks.value).set(one.id, answer.value);
  }

  async pack(one: Recording): Promise<void> {
    const answer = await askZip(this.asker, one);
    this.tell(one.id, answer.ok ? null : answer.error);
    if (answer.ok) await this.load();
  }

  close(): void {
    this.closed = true;
    this.stops.forEach((stop) => stop());
    this.stops.clear();
  }

  private tell(id: string, sentence: string | null): void {
    const refused = new Map(this.refused.value);
    if (sentence === null) refused.delete(id);
    else refused.set(id, sentence);
    this.refused.value = refused;
  }

  private later(ms: number, call: () => void): () => void {
    const stop = this.timers.after(ms, () => {
      this.stops.delete(stop);
      call();
    });
    this.stops.add(stop);
    return () => {
      stop();
      this.stops.delete(stop);
    };
  }
}
