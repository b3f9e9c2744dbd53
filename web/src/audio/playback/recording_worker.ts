// The recording worker: writes what is played into a file while it is played. A worker of its own, because a disk may take its time.
import { PieceRecorder } from './piece_recorder.js';
import { PlayedReader } from '../shared/played_ring.js';
import { openStore, type RecordingStore } from './recording_store.js';

export type ToRecorder = { kind: 'start'; played: SharedArrayBuffer; name: string } | { kind: 'stop' };

export type FromRecorder =
  /** `kept`: in a file, which outlives the page. */
  | { kind: 'started'; kept: boolean }
  /** `file`: where it is not kept. */
  | { kind: 'ended'; why: Why; file: Blob | null };

/** Asked to stop; as long as a file can be; no room on the disk; the worker itself failed. */
type Why = 'stopped' | 'full' | 'disk' | 'failed';

const POLL_MS = 100;
/** A recording ends so long before its file could hold no more: what comes between two looks fits. */
const SPARE_FRAMES = 480_000;

function post(message: FromRecorder): void {
  self.postMessage(message);
}

class RecordingWorker {
  private readonly recorder: PieceRecorder;
  private readonly timer: ReturnType<typeof setInterval>;

  constructor(
    played: SharedArrayBuffer,
    private readonly store: RecordingStore,
  ) {
    this.recorder = new PieceRecorder(
      new PlayedReader(played),
      () => performance.now(),
      (bytes) => store.write(bytes),
    );
    this.timer = setInterval(() => this.poll(), POLL_MS);
    post({ kind: 'started', kept: store.kept });
  }

  private poll(): void {
    try {
      this.recorder.poll();
    } catch {
      return void this.end('disk');
    }
    if (this.recorder.frames >= this.store.mostFrames - SPARE_FRAMES) void this.end('full');
  }

  async end(why: Why): Promise<void> {
    clearInterval(this.timer);
    worker = null;
    let file: Blob | null = null;
    try {
      if (why !== 'disk') {
        this.recorder.poll();
        this.recorder.finish();
      }
      file = await this.store.end(this.recorder.frames);
    } catch {
      why = 'disk';
    }
    post({ kind: 'ended', why, file });
  }
}

let worker: RecordingWorker | null = null;
let opening: Promise<void> | null = null;

async function start(played: SharedArrayBuffer, name: string): Promise<void> {
  worker = new RecordingWorker(played, await openStore(name));
}

self.addEventListener('message', (event: MessageEvent<ToRecorder>) => {
  const message = event.data;
  if (message.kind === 'start') opening = start(message.played, message.name);
  else void opening?.then(() => worker?.end('stopped'));
});
