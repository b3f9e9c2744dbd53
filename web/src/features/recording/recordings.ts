// Recordings of what one hears: the one that is being made, and those that this browser keeps until they are deleted, also after a crash.
import { signal, type Signal } from '@preact/signals';
import { under } from '../../base_path.js';
import { SAMPLE_RATE } from '../../units.js';
import type { FromRecorder, ToRecorder } from '../../audio/playback/recording_worker.js';
import { RECORDINGS_FOLDER, recordingLock } from '../../audio/playback/recording_store.js';
import { BYTES_PER_FRAME, WAV_HEADER_BYTES, wavHeader } from '../../audio/playback/wav.js';
import { recordingName } from './recording_name.js';
import { t } from '../../i18n/words.js';

export interface Running {
  sinceMs: number;
  /** Outlives the page; null: not known yet. */
  kept: boolean | null;
}

export interface Finished {
  name: string;
  seconds: number;
  bytes: number;
  url: string;
  /** In this page's memory only. */
  fleeting: boolean;
}

const FAILED = () => t.recording.theRecordingBrokeOffReload;
const FULL = () => t.recording.theRecordingWasAsLong;
const NO_ROOM = () => t.recording.thereIsNoRoomLeft;
/** Least room for a beginning. */
const LEAST_BYTES = 20_000_000;

export class Recordings {
  readonly running: Signal<Running | null> = signal(null);
  readonly finished: Signal<readonly Finished[]> = signal([]);
  readonly problem: Signal<string | null> = signal(null);
  private worker: Worker | null = null;
  private ended: (() => void) | null = null;
  private name = '';

  async start(played: SharedArrayBuffer, roomName: string): Promise<void> {
    if (this.running.value !== null) return;
    this.problem.value = null;
    const begun = new Date();
    this.running.value = { sinceMs: begun.getTime(), kept: null };
    if (await diskIsFull()) {
      this.running.value = null;
      this.problem.value = t.recording.thereIsTooLittleRoom;
      return;
    }
    this.name = recordingName(roomName, begun);
    this.worker = new Worker(under(RECORDER_URL));
    this.worker.onmessage = (event: MessageEvent<FromRecorder>) => this.take(event.data);
    this.worker.onerror = () => this.take({ kind: 'ended', why: 'failed', file: null });
    this.tell({ kind: 'start', played, name: this.name });
  }

  /** Resolves once the recording is offered. */
  async stop(): Promise<void> {
    if (!this.worker) return;
    const ended = new Promise<void>((resolve) => (this.ended = resolve));
    this.tell({ kind: 'stop' });
    await ended;
  }

  /** Looks which recordings this browser keeps. */
  async look(): Promise<void> {
    const fleeting = this.finished.value.filter((one) => one.fleeting);
    const kept = await keptFiles().catch(() => []);
    this.finished.value.filter((one) => !one.fleeting).forEach((one) => URL.revokeObjectURL(one.url));
    this.finished.value = [...kept, ...fleeting].sort((a, b) => a.name.localeCompare(b.name));
  }

  async remove(one: Finished): Promise<void> {
    URL.revokeObjectURL(one.url);
    this.finished.value = this.finished.value.filter((other) => other !== one);
    if (!one.fleeting) await (await folder()).removeEntry(one.name).catch(() => undefined);
  }

  private take(message: FromRecorder): void {
    if (message.kind === 'started') {
      if (this.running.value) this.running.value = { ...this.running.value, kept: message.kept };
      return;
    }
    this.worker?.terminate();
    this.worker = null;
    this.running.value = null;
    this.problem.value = { stopped: null, full: FULL(), disk: NO_ROOM(), failed: FAILED() }[message.why];
    if (message.file) this.finished.value = [...this.finished.value, offered(this.name, message.file, true)];
    void this.look().finally(() => {
      this.ended?.();
      this.ended = null;
    });
  }

  private tell(message: ToRecorder): void {
    this.worker?.postMessage(message);
  }
}

export const recordings = new Recordings();

function offered(name: string, file: Blob, fleeting: boolean): Finished {
  const seconds = (file.size - WAV_HEADER_BYTES) / BYTES_PER_FRAME / SAMPLE_RATE;
  return { name, seconds, bytes: file.size, url: URL.createObjectURL(file), fleeting };
}

async function folder(): Promise<FileSystemDirectoryHandle> {
  return (await navigator.storage.getDirectory()).getDirectoryHandle(RECORDINGS_FOLDER);
}

/** Those that nobody writes any more. The files stay on the disk: only their headers are made anew. */
async function keptFiles(): Promise<Finished[]> {
  const { held = [] } = await navigator.locks.query();
  const busy = new Set(held.map((lock) => lock.name));
  const kept: Finished[] = [];
  const home = await folder();
  for await (const handle of home.values()) {
    if (handle.kind !== 'file' || busy.has(recordingLock(handle.name))) continue;
    const file = await (handle as FileSystemFileHandle).getFile();
    const frames = Math.floor((file.size - WAV_HEADER_BYTES) / BYTES_PER_FRAME);
    if (frames <= 0) continue;
    const whole = [wavHeader(frames), file.slice(WAV_HEADER_BYTES, WAV_HEADER_BYTES + frames * BYTES_PER_FRAME)];
    kept.push(offered(handle.name, new Blob(whole, { type: 'audio/wav' }), false));
  }
  return kept;
}

async function diskIsFull(): Promise<boolean> {
  try {
    const { quota = Infinity, usage = 0 } = await navigator.storage.estimate();
    return quota - usage < LEAST_BYTES;
  } catch {
    return false;
  }
}
