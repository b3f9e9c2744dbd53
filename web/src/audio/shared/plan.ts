// The plan of playback: which position to play at which frame. Written by the codec worker, read by the worklet, as one record, because its
// numbers belong together.
import { RecordReader, RecordWriter, createRecordRing } from './record_ring.js';

export interface Plan {
  /** Changes when the mapping or the ring changes: the worklet fades out, takes the plan over, and fades in. */
  generation: number;
  active: boolean;
  /** Position = frame + offset, at the frame at which the plan is taken over; from there on it runs by `slope`. */
  offset: number;
  /** Positions per frame, less one: 0 but for a sound card that drifts. May change without a new generation. */
  slope: number;
  /** Which of the two playback rings. */
  bank: number;
  /** Samples by which a decoded mix packet lags behind its label. */
  mixDelay: number;
  /** Silence before this position. */
  audibleFrom: number;
  /** Silence from this position on; Infinity while unknown. */
  end: number;
}

export function noPlan(): Plan {
  return { generation: 0, active: false, offset: 0, slope: 0, bank: 0, mixDelay: 0, audibleFrom: 0, end: Infinity };
}

const NUMBERS = 8;

export function createPlanMemory(): SharedArrayBuffer {
  return createRecordRing(NUMBERS);
}

/** Worker only. */
export class PlanWriter {
  private readonly ring: RecordWriter;
  private readonly record = new Float64Array(NUMBERS);

  constructor(memory: SharedArrayBuffer) {
    this.ring = new RecordWriter(memory);
  }

  write(plan: Plan): void {
    this.record[0] = plan.generation;
    this.record[1] = plan.active ? 1 : 0;
    this.record[2] = plan.offset;
    this.record[3] = plan.bank;
    this.record[4] = plan.mixDelay;
    this.record[5] = plan.audibleFrom;
    this.record[6] = plan.end;
    this.record[7] = plan.slope;
    this.ring.write(this.record);
  }
}

/** Worklet only. Allocates nothing after construction. */
export class PlanReader {
  private readonly ring: RecordReader;
  private readonly record = new Float64Array(NUMBERS);

  constructor(memory: SharedArrayBuffer) {
    this.ring = new RecordReader(memory);
  }

  /** Copies the newest plan into `plan`. False where that was done before. */
  poll(plan: Plan): boolean {
    if (!this.ring.newest(this.record)) return false;
    plan.generation = this.record[0] as number;
    plan.active = this.record[1] !== 0;
    plan.offset = this.record[2] as number;
    plan.bank = this.record[3] as number;
    plan.mixDelay = this.record[4] as number;
    plan.audibleFrom = this.record[5] as number;
    plan.end = this.record[6] as number;
    plan.slope = this.record[7] as number;
    return true;
  }
}
