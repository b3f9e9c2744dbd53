// What the loudspeaker got, for recording: the worklet writes each quantum with the position that it held; the worker copies it out while
// a recording runs. The same rules as the capture ring.
import { QUANTUM } from '../../units.js';

export const PLAYED_FRAMES = 1 << 16;
const MASK = PLAYED_FRAMES - 1;
const QUANTA = PLAYED_FRAMES / QUANTUM;
const HEADER_BYTES = 64;
const POSITION_BYTES = QUANTA * 8;

export function createPlayedRing(): SharedArrayBuffer {
  return new SharedArrayBuffer(HEADER_BYTES + POSITION_BYTES + PLAYED_FRAMES * 2 * 4);
}

interface Views {
  state: Int32Array;
  positions: Float64Array;
  left: Float32Array;
  right: Float32Array;
}

function viewsOf(memory: SharedArrayBuffer): Views {
  return {
    state: new Int32Array(memory, 0, HEADER_BYTES / 4),
    positions: new Float64Array(memory, HEADER_BYTES, QUANTA),
    left: new Float32Array(memory, HEADER_BYTES + POSITION_BYTES, PLAYED_FRAMES),
    right: new Float32Array(memory, HEADER_BYTES + POSITION_BYTES + PLAYED_FRAMES * 4, PLAYED_FRAMES),
  };
}

/** Worklet only. What an earlier worklet wrote is gone. */
export class PlayedWriter {
  private readonly views: Views;

  constructor(memory: SharedArrayBuffer) {
    this.views = viewsOf(memory);
    this.views.positions.fill(NaN);
    this.views.left.fill(0);
    this.views.right.fill(0);
  }

  /** One quantum; `position` of its first frame, NaN where nothing was played. */
  write(frame: number, position: number, left: Float32Array, right: Float32Array): void {
    const at = frame & MASK;
    this.views.positions[at / QUANTUM] = position;
    this.views.left.set(left, at);
    this.views.right.set(right, at);
    Atomics.store(this.views.state, 0, (frame + QUANTUM) | 0);
  }
}

/** Worker only. */
export class PlayedReader {
  private readonly views: Views;

  constructor(memory: SharedArrayBuffer) {
    this.views = viewsOf(memory);
  }

  get written(): number {
    return Atomics.load(this.views.state, 0);
  }

  /** Copies the quantum at `frame`; returns its position (NaN: none), or null where it is not there any more. */
  read(frame: number, left: Float32Array, right: Float32Array): number | null {
    const at = frame & MASK;
    left.set(this.views.left.subarray(at, at + QUANTUM));
    right.set(this.views.right.subarray(at, at + QUANTUM));
    const position = this.views.positions[at / QUANTUM] as number;
    return ((this.written - frame) | 0) <= PLAYED_FRAMES - 1024 ? position : null;
  }
}
