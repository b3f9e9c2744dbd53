// The plan of playback: which position to play at which frame. Written by the codec worker, read by the worklet, under a sequence lock
// (odd while it is being written), because its numbers belong together.

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

const HEADER_BYTES = 8;
const NUMBERS = 8;

export function createPlanMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(HEADER_BYTES + NUMBERS * 8);
}

/** Worker only. */
export class PlanWriter {
  private readonly sequence: Int32Array;
  private readonly numbers: Float64Array;

  constructor(memory: SharedArrayBuffer) {
    this.sequence = new Int32Array(memory, 0, 2);
    this.numbers = new Float64Array(memory, HEADER_BYTES, NUMBERS);
  }

  write(plan: Plan): void {
    Atomics.add(this.sequence, 0, 1);
    this.numbers[0] = plan.generation;
    this.numbers[1] = plan.active ? 1 : 0;
    this.numbers[2] = plan.offset;
    this.numbers[3] = plan.bank;
    this.numbers[4] = plan.mixDelay;
    this.numbers[5] = plan.audibleFrom;
    this.numbers[6] = plan.end;
    this.numbers[7] = plan.slope;
    Atomics.add(this.sequence, 0, 1);
  }
}

/** Worklet only. Allocates nothing after construction. */
export class PlanReader {
  private readonly sequence: Int32Array;
  private readonly numbers: Float64Array;
  private seen = 0;

  constructor(memory: SharedArrayBuffer) {
    this.sequence = new Int32Array(memory, 0, 2);
    this.numbers = new Float64Array(memory, HEADER_BYTES, NUMBERS);
  }

  /** Copies a new plan into `plan`. False where there is none, or one is being written at this moment: the next call gets it. */
  poll(plan: Plan): boolean {
    const before = Atomics.load(this.sequence, 0);
    if (before === this.seen || before % 2 !== 0) return false;
    const generation = this.numbers[0] as number;
    const active = this.numbers[1] as number;
    const offset = this.numbers[2] as number;
    const bank = this.numbers[3] as number;
    const mixDelay = this.numbers[4] as number;
    const audibleFrom = this.numbers[5] as number;
    const end = this.numbers[6] as number;
    const slope = this.numbers[7] as number;
    if (Atomics.load(this.sequence, 0) !== before) return false;
    this.seen = before;
    plan.generation = generation;
    plan.active = active !== 0;
    plan.offset = offset;
    plan.bank = bank;
    plan.mixDelay = mixDelay;
    plan.audibleFrom = audibleFrom;
    plan.end = end;
    plan.slope = slope;
    return true;
  }
}
