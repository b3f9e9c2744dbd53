// What the worklet tells the codec worker about the mapping from frames to positions: one report whenever it changes.
import { RecordReader, RecordWriter, createRecordRing } from './record_ring.js';

const NUMBERS = 6;

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
  return createRecordRing(NUMBERS);
}

/** Worklet only. Allocates nothing after construction. */
export class MappingWriter {
  private readonly ring: RecordWriter;
  private readonly record = new Float64Array(NUMBERS);

  constructor(memory: SharedArrayBuffer) {
    this.ring = new RecordWriter(memory);
  }

  write(generation: number, frame: number, active: boolean, offset: number, slip: number, slope: number): void {
    this.record[0] = generation;
    this.record[1] = frame;
    this.record[2] = active ? 1 : 0;
    this.record[3] = offset;
    this.record[4] = slip;
    this.record[5] = slope;
    this.ring.write(this.record);
  }
}

/** Worker only. */
export class MappingReader {
  private readonly ring: RecordReader;
  private readonly record = new Float64Array(NUMBERS);

  constructor(memory: SharedArrayBuffer) {
    this.ring = new RecordReader(memory);
  }

  /** The reports since the last call; of a reader that was very late, the newest ones. */
  take(): MappingReport[] {
    const reports: MappingReport[] = [];
    while (this.ring.next(this.record)) {
      const number = (n: number): number => this.record[n] as number;
      reports.push({ generation: number(0), frame: number(1), active: number(2) !== 0, offset: number(3), slip: number(4), slope: number(5) });
    }
    return reports;
  }
}
