// Records of some numbers each, from one thread to another, every one whole: the last ones lie in a ring in shared memory, and their count is published
// last. One writer, one reader, no locks; neither allocates after construction.

const SLOTS = 16;
const HEADER_BYTES = 8;
/** The count wraps there. */
const MASK = 0x7fffffff;

/** `length`: numbers in a record. */
export function createRecordRing(length: number): SharedArrayBuffer {
  return new SharedArrayBuffer(HEADER_BYTES + SLOTS * length * 8);
}

export class RecordWriter {
  private readonly count: Int32Array;
  private readonly numbers: Float64Array;

  constructor(memory: SharedArrayBuffer) {
    this.count = new Int32Array(memory, 0, 1);
    this.numbers = new Float64Array(memory, HEADER_BYTES);
  }

  /** As long as the ring was made for. */
  write(record: Float64Array): void {
    const count = Atomics.load(this.count, 0);
    this.numbers.set(record, (count % SLOTS) * record.length);
    Atomics.store(this.count, 0, (count + 1) & MASK);
  }
}

export class RecordReader {
  private readonly count: Int32Array;
  private readonly numbers: Float64Array;
  /** Records taken or passed over, wrapped as the count is. */
  private taken = 0;

  constructor(memory: SharedArrayBuffer) {
    this.count = new Int32Array(memory, 0, 1);
    this.numbers = new Float64Array(memory, HEADER_BYTES);
  }

  /**
   * Copies the next record into `record`; for a reader that was away for long, the oldest that is still there. False where there is none, or it was
   * overwritten at this moment: the next call gets the one after.
   */
  next(record: Float64Array): boolean {
    const waiting = this.waiting();
    if (waiting === 0) return false;
    // One less than there are slots: the writer may be at work in the oldest.
    if (waiting >= SLOTS) this.taken = (this.taken + waiting - SLOTS + 1) & MASK;
    const at = (this.taken % SLOTS) * record.length;
    for (let i = 0; i < record.length; i++) record[i] = this.numbers[at + i] as number;
    if (this.waiting() >= SLOTS) return false;
    this.taken = (this.taken + 1) & MASK;
    return true;
  }

  /** The same for the newest record: those before it are passed over. */
  newest(record: Float64Array): boolean {
    const waiting = this.waiting();
    if (waiting > 1) this.taken = (this.taken + waiting - 1) & MASK;
    return this.next(record);
  }

  private waiting(): number {
    return (Atomics.load(this.count, 0) - this.taken) & MASK;
  }
}
