// Cuts what the microphone delivers into blocks on the position grid. Pure: it deals in frame numbers; the samples are the caller's.
//
// A captured frame f belongs to the position heard at frame f - roundTrip. A packet labelled P must decode to the positions P to P + 959;
// the codec delays by `delay` samples, so the encoder is given the sound of the positions P + delay to P + delay + 959. Where the sound card drifts,
// these lie in between frames.
import { BLOCK, type BucketNumber } from '../../units.js';
import { HALF_TAPS } from '../shared/interpolation.js';
import type { PositionMap, Run } from '../shared/position_map.js';

export interface Cut {
  song: number;
  bucket: BucketNumber;
  /** The packet's label. */
  position: number;
  /** Where the 960 samples to encode lie among the captured frames: the first, and any of them. Whole where there is no drift. */
  frame: number;
  frameOf(sample: number): number;
  /** The samples are the 960 frames from `frame` on. */
  whole: boolean;
  /** True where these samples do not follow the last cut's: the encoder has to start anew. */
  fresh: boolean;
}

export class BlockCutter {
  private roundTrip = 0;
  /** Of the block cut last. */
  private last: Cut | null = null;
  /** The run that it was cut in. */
  private lastRun = -1;

  /** `delay`: of encoder and decoder together, in samples. */
  constructor(
    private readonly map: PositionMap,
    private readonly delay: number,
  ) {}

  /** Frames from loudspeaker to microphone. The grid starts anew; positions still rise. */
  setRoundTrip(frames: number): void {
    this.roundTrip = Math.round(frames);
  }

  /**
   * The next block that is wholly captured, or null. `captured`: the frame after the last captured one, taken before the map was told what was heard
   * until then. `oldest`: frames before it are lost. `start` and `end`: the song's; blocks outside of it are not cut.
   */
  next(captured: number, oldest: number, start: number, end: number): Cut | null {
    for (const run of this.map.runs) {
      if (run.silent || run.id < this.lastRun) continue;
      const cut = this.cutIn(run, oldest, start);
      const after = cut.frameOf(BLOCK - 1) + 1;
      // Heard in full, and in the song? If not, the rest of this run cannot be cut.
      if (cut.position + BLOCK > end || after - this.roundTrip > run.to) continue;
      if (after + (cut.whole ? 0 : HALF_TAPS) > captured) return null;
      this.last = cut;
      this.lastRun = run.id;
      return cut;
    }
    return null;
  }

  private cutIn(run: Run, oldest: number, start: number): Cut {
    const { roundTrip, delay, last } = this;
    let least = Math.max(run.positionAt(run.from), run.positionAt(oldest + HALF_TAPS - roundTrip) - delay, start);
    const follows = last !== null && last.song === run.song && last.bucket === run.bucket;
    if (follows) least = Math.max(least, last.position + BLOCK);
    const position = Math.ceil(least / BLOCK) * BLOCK;
    const frameOf = (sample: number): number => run.frameOf(position + delay + sample) + roundTrip;
    const frame = frameOf(0);
    const whole = Number.isInteger(frame) && frameOf(BLOCK - 1) === frame + BLOCK - 1;
    // The frame that would have followed the last block, if nothing had jumped.
    const fresh = !follows || Math.abs(frame - last.frameOf(BLOCK)) > 0.5;
    return { song: run.song, bucket: run.bucket, position, frame, frameOf, whole, fresh };
  }
}
