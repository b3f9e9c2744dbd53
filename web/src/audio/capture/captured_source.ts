// One's own voice, for recording: what the microphone captured, with the position to which each quantum belongs (the one that was heard a
// round trip before). Taken from what was captured and heard, not from what was sent, so that it can judge the latter. Codec worker only.
import type { CaptureReader } from '../shared/capture_ring.js';
import { QUANTUM } from '../../units.js';
import type { FrameCounter } from '../shared/frame_counter.js';
import type { PositionMap } from '../shared/position_map.js';
import type { QuantumSource } from '../shared/recorder.js';

export class CapturedSource implements QuantumSource {
  /** Frames from loudspeaker to microphone. */
  roundTrip = 0;

  constructor(
    private readonly ring: CaptureReader,
    private readonly frames: FrameCounter,
    private readonly map: PositionMap,
  ) {}

  get written(): number {
    return this.ring.written;
  }

  read(frame: number, left: Float32Array, right: Float32Array): number | null {
    if (!this.ring.read(frame, left)) return null;
    right.set(left);
    const heard = this.frames.unwrap(frame) - this.roundTrip;
    const first = this.map.positionAt(heard);
    const last = this.map.positionAt(heard + QUANTUM - 1);
    // A quantum over which the position jumped belongs nowhere.
    return first !== null && last !== null && Math.abs(last - first - (QUANTUM - 1)) < 1 ? first : NaN;
  }
}
