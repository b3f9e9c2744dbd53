// Copies what was played (or sung) out of a shared ring with its positions, for tests and measurements (window.roundelayRecord); people's recordings are
// made by piece_recorder.ts. Runs in the codec worker; pure but for the ring.
import { QUANTUM } from '../../units.js';

/** Where a recording comes from, in quanta. */
export interface QuantumSource {
  /** The frame after the last one there is, wrapped to 32 bits. */
  readonly written: number;
  /** Copies the quantum at `frame`; returns its position (NaN: none), or null where it is not there any more. */
  read(frame: number, left: Float32Array, right: Float32Array): number | null;
}

/** Where in a recording which position was heard or sung: from sample `index` on, position = `position` + (i - index), or nothing (null). */
export interface PositionMark {
  index: number;
  position: number | null;
}

export interface Recording {
  left: Float32Array<ArrayBuffer>;
  right: Float32Array<ArrayBuffer>;
  marks: PositionMark[];
}

/** Samples per piece of a growing recording: a multiple of the quantum. */
const CHUNK = 48_000;
/** A recording ends by itself after so many seconds: it is kept in memory. */
export const LONGEST_RECORDING_S = 900;

export class Recorder {
  private chunks: { left: Float32Array<ArrayBuffer>; right: Float32Array<ArrayBuffer> }[] = [];
  private marks: PositionMark[] = [];
  private length = 0;
  private next: number | null = null;
  private expected = NaN;
  private readonly left = new Float32Array(QUANTUM);
  private readonly right = new Float32Array(QUANTUM);

  constructor(private readonly source: QuantumSource) {}

  get recording(): boolean {
    return this.next !== null;
  }

  get seconds(): number {
    return this.length / CHUNK;
  }

  start(): void {
    this.chunks = [];
    this.marks = [];
    this.length = 0;
    this.expected = NaN;
    this.next = this.source.written;
  }

  /** Takes in what came since the last call. */
  poll(): void {
    if (this.next === null || this.seconds >= LONGEST_RECORDING_S) return;
    const written = this.source.written;
    while (((written - this.next) | 0) >= QUANTUM) {
      const position = this.source.read(this.next, this.left, this.right);
      if (position === null) {
        // Too slow, or the context skipped: go on with what comes now.
        this.next = written;
        this.expected = NaN;
        return;
      }
      this.append(position);
      this.next = (this.next + QUANTUM) | 0;
    }
  }

  /** Ends the recording and hands it out. */
  stop(): Recording {
    this.next = null;
    const left = new Float32Array(this.length);
    const right = new Float32Array(this.length);
    this.chunks.forEach((chunk, i) => {
      const part = Math.min(CHUNK, this.length - i * CHUNK);
      left.set(chunk.left.subarray(0, part), i * CHUNK);
      right.set(chunk.right.subarray(0, part), i * CHUNK);
    });
    const marks = this.marks;
    this.chunks = [];
    this.marks = [];
    this.length = 0;
    return { left, right, marks };
  }

  private append(position: number): void {
    // A drifting sound card moves positions by parts of a sample: worth a mark when it is a whole one.
    const same = Number.isNaN(position) ? Number.isNaN(this.expected) && this.length > 0 : Math.abs(position - this.expected) < 1;
    if (!same) {
      const whole = Math.round(position);
      this.marks.push({ index: this.length, position: Number.isNaN(position) ? null : whole });
      this.expected = whole;
    }
    this.expected += QUANTUM;
    const at = this.length % CHUNK;
    if (at === 0) this.chunks.push({ left: new Float32Array(CHUNK), right: new Float32Array(CHUNK) });
    const chunk = this.chunks.at(-1) as { left: Float32Array; right: Float32Array };
    chunk.left.set(this.left, at);
    chunk.right.set(this.right, at);
    this.length += QUANTUM;
  }
}
