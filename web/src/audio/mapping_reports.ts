// What the worklet tells the codec worker about the mapping from frames to positions: one report whenever it changes. A small ring in shared
// memory; the count is published last.

const SLOTS = 16;
const NUMBERS = 6;
const HEADER_BYTES = 8;

export interface MappingReport {
  /** Of the plan that the mapping belongs to. */
  generation: number;
  /** From this frame on. */
  frame: number;
  active: boolean;
  /** Position = f + offset + slip + slope * (f - frame); offset is whole, slip is not. */
  offset: number;
  slip: number;
  slope: number;
}

export function createMappingReports(): SharedArrayBuffer {
  return new SharedArrayBuffer(HEADER_BYTES + SLOTS * NUMBERS * 8);
}

/** Worklet only. Allocates nothing after construction. */
export class MappingWriter {
  private readonly count: Int32Array;
  private readonly numbers: Float64Array;

  constructor(memory: SharedArrayBuffer) {
    this.count = new Int32Array(memory, 0, 2);
    this.numbers = new Float64Array(memory, HEADER_BYTES, SLOTS * NUMBERS);
  }

  write(generation: number, frame: number, active: boolean, offset: number, slip: number, slope: number): void {
    const count = Atomics.load(this.count, 0);
    const at = (count % SLOTS) * NUMBERS;
    this.numbers[at] = generation;
    this.numbers[at + 1] = frame;
    this.numbers[at + 2] = active ? 1 : 0;
    this.numbers[at + 3] = offset;
    this.numbers[at + 4] = slip;
    this.numbers[at + 5] = slope;
    Atomics.store(this.count, 0, (count + 1) & 0x7fffffff);
  }
}

/** Worker only. */
export class MappingReader {
  private readonly count: Int32Array;
  private readonly numbers: Float64Array;
  private seen = 0;

  constructor(memory: SharedArrayBuffer) {
    this.count = new Int32Array(memory, 0, 2);
    this.numbers = new Float64Array(memory, HEADER_BYTES, SLOTS * NUMBERS);
  }

  /** The reports since the last call; of a reader that was very late, the newest ones. */
  take(): MappingReport[] {
    const reports: MappingReport[] = [];
    const count = Atomics.load(this.count, 0);
    // One slot less than there are: that one may be written at this moment.
    for (let i = Math.max(this.seen, count - SLOTS + 1); i < count; i++) {
      const number = (n: number): number => this.numbers[(i % SLOTS) * NUMBERS + n] as number;
      reports.push({ generation: number(0), frame: number(1), active: number(2) !== 0, offset: number(3), slip: number(4), slope: number(5) });
    }
    this.seen = count;
    return reports;
  }
}
