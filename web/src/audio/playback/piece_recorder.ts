// Takes what was played out of a shared ring and hands it on in pieces of one size, as bytes of a WAV file: an evening costs no more memory than a second,
// and its end no more than a piece. Runs in the recording worker; pure but for the ring.
import { FRAMES_PER_MS, QUANTUM } from '../../units.js';
import type { QuantumSource } from '../shared/recorder.js';
import { BYTES_PER_FRAME, writeFrames } from './wav.js';

/** A quarter of a second, a multiple of the quantum: what a crash costs at most. */
export const PIECE_FRAMES = 12_032;

export class PieceRecorder {
  private readonly bytes = new Uint8Array(PIECE_FRAMES * BYTES_PER_FRAME);
  private readonly view = new DataView(this.bytes.buffer);
  private readonly left = new Float32Array(QUANTUM);
  private readonly right = new Float32Array(QUANTUM);
  private filled = 0;
  private next: number;
  private lastMs: number;
  /** All so far, and those of them that were lost. */
  frames = 0;
  lostFrames = 0;

  /** Begins with what is played from now on. `write` has to use or copy the bytes at once. */
  constructor(
    private readonly source: QuantumSource,
    private readonly nowMs: () => number,
    private readonly write: (bytes: Uint8Array<ArrayBuffer>) => void,
  ) {
    this.next = source.written;
    this.lastMs = nowMs();
  }

  /** Takes what came since the last call: more than once a second. */
  poll(): void {
    const { written } = this.source;
    while (((written - this.next) | 0) >= QUANTUM) {
      if (this.source.read(this.next, this.left, this.right) === null) {
        this.skipTo(written);
        break;
      }
      this.append();
      this.next = (this.next + QUANTUM) | 0;
      this.lastMs = this.nowMs();
    }
  }

  /** Hands on the rest. */
  finish(): void {
    if (this.filled > 0) this.write(this.bytes.subarray(0, this.filled * BYTES_PER_FRAME));
    this.filled = 0;
  }

  /** What came meanwhile is not there any more (a stall, or a sound card that was begun anew): as long a silence keeps the time. */
  private skipTo(written: number): void {
    this.left.fill(0);
    this.right.fill(0);
    const lost = Math.round(((this.nowMs() - this.lastMs) * FRAMES_PER_MS) / QUANTUM) * QUANTUM;
    for (let frames = 0; frames < lost; frames += QUANTUM) this.append();
    this.lostFrames += lost;
    this.next = written;
    this.lastMs = this.nowMs();
  }

  private append(): void {
    writeFrames(this.view, this.filled, this.left, this.right);
    this.filled += QUANTUM;
    this.frames += QUANTUM;
    if (this.filled < PIECE_FRAMES) return;
    this.write(this.bytes);
    this.filled = 0;
  }
}
