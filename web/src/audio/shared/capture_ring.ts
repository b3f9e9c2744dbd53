// The ring that carries microphone samples from the worklet to the codec worker, addressed by frame of the audio context.
// One writer (worklet), readers that only look (worker, page), no locks: the writer publishes the frame up to which it has written.
// Frames are kept as 32-bit numbers that wrap; the reader unwraps them (frame_counter.ts).

export const CAPTURE_FRAMES = 1 << 17;
const MASK = CAPTURE_FRAMES - 1;
const HEADER_BYTES = 64;
const WRITTEN = 0;
const FILLED = 1;

export function createCaptureRing(): SharedArrayBuffer {
  return new SharedArrayBuffer(HEADER_BYTES + CAPTURE_FRAMES * 4);
}

/** Worklet only. Allocates nothing after construction. */
export class CaptureWriter {
  private readonly state: Int32Array;
  private readonly samples: Float32Array;

  constructor(memory: SharedArrayBuffer) {
    this.state = new Int32Array(memory, 0, HEADER_BYTES / 4);
    this.samples = new Float32Array(memory, HEADER_BYTES);
  }

  /** Samples of `frame` and after. Frames that were skipped since the last call become silence. */
  write(frame: number, block: Float32Array): void {
    const at = frame | 0;
    if (Atomics.load(this.state, FILLED) !== 0) {
      const skipped = (at - Atomics.load(this.state, WRITTEN)) | 0;
      const fill = skipped > CAPTURE_FRAMES ? CAPTURE_FRAMES : skipped;
      for (let i = 1; i <= fill; i++) this.samples[(at - i) & MASK] = 0;
    }
    for (let i = 0; i < block.length; i++) this.samples[(at + i) & MASK] = block[i] as number;
    Atomics.store(this.state, WRITTEN, (at + block.length) | 0);
    Atomics.store(this.state, FILLED, 1);
    Atomics.notify(this.state, WRITTEN);
  }
}

/** Worker, and page while it measures the round trip: readers do not disturb each other. */
export class CaptureReader {
  /** For Atomics.waitAsync: the writer notifies index 0 of it after each write. */
  readonly state: Int32Array;
  private readonly samples: Float32Array;

  constructor(memory: SharedArrayBuffer) {
    this.state = new Int32Array(memory, 0, HEADER_BYTES / 4);
    this.samples = new Float32Array(memory, HEADER_BYTES);
  }

  /** The frame after the last one written, wrapped to 32 bits. */
  get written(): number {
    return Atomics.load(this.state, WRITTEN);
  }

  /**
   * Copies the samples of `frame` and after into `out`. False where they are not there: not written yet, or (a slow reader)
   * overwritten meanwhile.
   */
  read(frame: number, out: Float32Array): boolean {
    const at = frame | 0;
    if (((this.written - at) | 0) < out.length) return false;
    for (let i = 0; i < out.length; i++) out[i] = this.samples[(at + i) & MASK] as number;
    // Checked after copying: a quantum that is being written now must not reach into what was copied.
    return ((this.written - at) | 0) <= CAPTURE_FRAMES - 1024;
  }
}
