// Files that go into the library, one after the other. What breaks off is sent again by itself, what is refused waits for somebody to decide, and is
// sent again only where that can help; a file that came already is the same song again. It goes on while one looks at other pages.
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { t } from '../../i18n/words.js';
import { uploadSong, type LibraryResult, type LibrarySong } from '../../net/library.js';

/** broken: it is sent again as soon as the server answers. */
export type UploadState = 'waiting' | 'sending' | 'broken' | 'refused' | 'there';

export interface FileUnderWay {
  key: number;
  file: File;
  state: UploadState;
  /** Sent so far, 0 to 1. */
  share: number;
  /** Why it was refused. */
  problem: string;
  /** Another try may succeed: it was not refused for what it is. */
  again: boolean;
  /** What came of it. */
  song: LibrarySong | null;
  /** It was in the library already, under another title. */
  known: boolean;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;
/** Without an answer: longer than a tunnel. */
const GIVE_UP_AFTER_MS = 5 * 60_000;
const LOG_IN_FIRST = 401;
const TOOK_TOO_LONG = 408;
const TOO_MANY = 429;
const NO_ROOM = 507;

interface Sending {
  done: Promise<LibraryResult<LibrarySong>>;
  cancel: () => void;
}

export interface UploadsAround {
  send: (file: File, progress: (share: number) => void) => Sending;
  /** The result undoes it. */
  later: (ms: number, call: () => void) => () => void;
  /** Whoever closes the page meanwhile is asked. */
  hold: (on: boolean) => void;
}

const asked = (event: BeforeUnloadEvent): void => event.preventDefault();

const browserAround: UploadsAround = {
  send: (file, progress) => uploadSong(file, null, progress),
  later(ms, call) {
    const timer = setTimeout(call, ms);
    window.addEventListener('online', call);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', call);
    };
  },
  hold(on) {
    if (on) window.addEventListener('beforeunload', asked);
    else window.removeEventListener('beforeunload', asked);
  },
};

export class Uploads {
  readonly files: Signal<readonly FileUnderWay[]> = signal([]);
  /** So many were refused that may be sent again. */
  readonly again: ReadonlySignal<number> = computed(() => this.files.value.filter(mayGoAgain).length);
  /** A song has come. */
  onSong: (song: LibrarySong) => void = () => undefined;
  private keys = 0;
  private sending: Sending | null = null;
  private waits: (() => void) | null = null;
  private waitMs = FIRST_WAIT_MS;
  private silentMs = 0;

  constructor(private readonly around: UploadsAround = browserAround) {}

  /** Those that are there already are shown no longer. */
  add(files: readonly File[]): void {
    const old = this.isBusy() ? this.files.value : this.files.value.filter(({ state }) => state !== 'there');
    this.files.value = [...old, ...files.map((file) => this.underWay(file))];
    void this.goOn();
  }

  /** All that were refused, but not for what they are. */
  tryAgain(): void {
    this.files.value = this.files.value.map((one) => (mayGoAgain(one) ? { ...one, state: 'waiting', share: 0 } : one));
    void this.goOn();
  }

  /** It is not wanted any more; what is on its way is stopped. */
  leaveOut(key: number): void {
    const on = this.files.value.find((one) => one.key === key);
    this.files.value = this.files.value.filter((one) => one.key !== key);
    if (on?.state === 'sending') this.sending?.cancel();
    else if (on?.state === 'broken') this.wake();
  }

  /** What came is said as it is now. */
  follow(song: LibrarySong): void {
    this.files.value = this.files.value.map((one) => (one.song?.id === song.id ? { ...one, song } : one));
  }

  /** Somebody else is here. */
  clear(): void {
    this.files.value = [];
    this.sending?.cancel();
    this.wake();
  }

  private underWay(file: File): FileUnderWay {
    this.keys += 1;
    const one = { key: this.keys, file, share: 0, again: false, song: null, known: false };
    return file.size === 0 ? { ...one, state: 'refused', problem: t.library.isEmpty } : { ...one, state: 'waiting', problem: '' };
  }

  private isBusy(): boolean {
    return this.sending !== null || this.waits !== null;
  }

  private fileOf(key: number): string {
    return this.files.value.find((one) => one.key === key)?.file.name ?? '';
  }

  private put(key: number, change: Partial<FileUnderWay>): void {
    this.files.value = this.files.value.map((one) => (one.key === key ? { ...one, ...change } : one));
  }

  private async goOn(): Promise<void> {
    if (this.isBusy()) return;
    const next = this.files.value.find(({ state }) => state === 'broken' || state === 'waiting');
    this.around.hold(next !== undefined);
    if (next === undefined) return;
    const { key, file } = next;
    this.put(key, { state: 'sending', share: 0 });
    this.sending = this.around.send(file, (share) => this.put(key, { share }));
    const answer = await this.sending.done;
    this.sending = null;
    this.told(key, answer);
  }

  private told(key: number, answer: LibraryResult<LibrarySong>): void {
    const wanted = this.files.value.some((one) => one.key === key);
    if (answer.ok) this.onSong(answer.value);
    if (wanted && !answer.ok && isPassing(answer.status)) return this.pause(key);
    this.waitMs = FIRST_WAIT_MS;
    this.silentMs = 0;
    if (answer.ok) this.put(key, { state: 'there', song: answer.value, known: answer.value.title !== titleOf(this.fileOf(key)).normalize() });
    else {
      this.put(key, { state: 'refused', problem: answer.error, again: canHelp(answer.status) });
      // The others would be refused as well.
      if (answer.status === LOG_IN_FIRST) this.refuseAll(answer.error);
    }
    void this.goOn();
  }

  private refuseAll(problem: string): void {
    this.files.value = this.files.value.map((one) => (one.state === 'waiting' ? { ...one, state: 'refused', problem, again: true } : one));
  }

  /** The line is broken, or the server is being started anew. */
  private pause(key: number): void {
    if (this.silentMs >= GIVE_UP_AFTER_MS) {
      this.silentMs = 0;
      this.waitMs = FIRST_WAIT_MS;
      this.put(key, { state: 'refused', problem: t.net.theUploadBrokeOffAnd, again: true });
      this.refuseAll(t.net.theUploadBrokeOffAnd);
      return void this.goOn();
    }
    this.put(key, { state: 'broken' });
    this.silentMs += this.waitMs;
    this.waits = this.around.later(this.waitMs, () => this.wake());
    this.waitMs = Math.min(2 * this.waitMs, LONGEST_WAIT_MS);
  }

  private wake(): void {
    if (this.waits === null) return;
    this.waits();
    this.waits = null;
    void this.goOn();
  }
}

/** Nobody has said no. */
function isPassing(status: number): boolean {
  return status === 0 || (status >= 500 && status !== NO_ROOM);
}

/** The line, the server or the login is at fault, and not the file. */
function canHelp(status: number): boolean {
  return status === 0 || status === LOG_IN_FIRST || status === TOOK_TOO_LONG || status === TOO_MANY || status >= 500;
}

function mayGoAgain({ state, again }: FileUnderWay): boolean {
  return state === 'refused' && again;
}

/** As far as it is known: a file's name without its kind, and with spaces where there were none. */
export function titleOf(file: string): string {
  const bare = file.replace(/\.[^.\s]{1,5}$/, '');
  const spaced = /\s/.test(bare) ? bare : bare.replace(/_+/g, ' ');
  return spaced.trim() || file;
}

/** One for the whole page: what is on its way goes on while one is in a room. */
export const songUploads = new Uploads();
