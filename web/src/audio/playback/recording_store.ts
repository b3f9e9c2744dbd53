// Where a recording is kept while it grows: a file of this browser, which outlives the page; where there can be none, the page's memory. Runs in the
// recording worker.
import { SAMPLE_RATE } from '../../units.js';
import { MOST_WAV_FRAMES, WAV_HEADER_BYTES, wavHeader } from './wav.js';

/** The folder of recordings in the browser's own file system. Their headers are written when they are handed out: a crash cannot leave a wrong one. */
export const RECORDINGS_FOLDER = 'recordings';

/** Held by whoever writes a recording, so that another window does not offer it. */
export function recordingLock(file: string): string {
  return `roundelay.recording.${file}`;
}

export interface RecordingStore {
  /** Another page can offer it. */
  readonly kept: boolean;
  readonly mostFrames: number;
  /** Throws where there is no room any more. */
  write(bytes: Uint8Array<ArrayBuffer>): void;
  /** Resolves, once others may offer it, with the whole file where nobody else has it. */
  end(frames: number): Promise<Blob | null>;
}

export async function openStore(name: string): Promise<RecordingStore> {
  try {
    return await FileStore.open(name);
  } catch {
    return new MemoryStore();
  }
}

class FileStore implements RecordingStore {
  readonly kept = true;
  readonly mostFrames = MOST_WAV_FRAMES;
  private at = WAV_HEADER_BYTES;

  private constructor(
    private readonly file: FileSystemSyncAccessHandle,
    private readonly release: () => Promise<void>,
  ) {
    file.write(wavHeader(0), { at: 0 });
  }

  /** Under this name, or one with a number where there is such a file. */
  static async open(wish: string): Promise<FileStore> {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(RECORDINGS_FOLDER, { create: true });
    for (let i = 1; ; i++) {
      const name = i === 1 ? wish : wish.replace(/(\.\w+)?$/, ` (${i})$1`);
      const release = await hold(recordingLock(name));
      if (release === null) continue;
      try {
        if (await exists(folder, name)) {
          await release();
          continue;
        }
        const handle = await folder.getFileHandle(name, { create: true });
        return new FileStore(await handle.createSyncAccessHandle(), release);
      } catch (error) {
        await release();
        throw error;
      }
    }
  }

  write(bytes: Uint8Array<ArrayBuffer>): void {
    // What fits not whole is left out whole: the next try may find room.
    const written = this.file.write(bytes, { at: this.at });
    if (written < bytes.length) throw new Error('no room');
    this.at += written;
  }

  async end(): Promise<null> {
    try {
      this.file.flush();
    } finally {
      this.file.close();
      await this.release();
    }
    return null;
  }
}

const MEMORY_S = 1_800;
const PIECE_BYTES = 500_000;

/**
 * Each piece becomes the browser's while the recording lasts: to make one file of half an hour's pieces at its end would hold up the sound (0.2 s).
 */
class MemoryStore implements RecordingStore {
  readonly kept = false;
  readonly mostFrames = MEMORY_S * SAMPLE_RATE;
  private readonly given: Blob[] = [];
  private pieces: Uint8Array<ArrayBuffer>[] = [];
  private waiting = 0;

  write(bytes: Uint8Array<ArrayBuffer>): void {
    this.pieces.push(bytes.slice());
    this.waiting += bytes.length;
    if (this.waiting >= PIECE_BYTES) this.give();
  }

  end(frames: number): Promise<Blob> {
    this.give();
    return Promise.resolve(new Blob([wavHeader(frames), ...this.given], { type: 'audio/wav' }));
  }

  private give(): void {
    this.given.push(new Blob(this.pieces));
    this.pieces = [];
    this.waiting = 0;
  }
}

function exists(folder: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  return folder.getFileHandle(name).then(
    () => true,
    () => false,
  );
}

/** Holds a lock until the result is called (and has resolved), or this worker ends, however it ends; null where somebody else holds it. */
function hold(name: string): Promise<(() => Promise<void>) | null> {
  return new Promise((resolve, reject) => {
    const held: Promise<unknown> = navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      if (lock === null) return resolve(null);
      return new Promise<void>((release) =>
        resolve(() => {
          release();
          return held.then(() => undefined);
        }),
      );
    });
    held.catch(reject);
  });
}
