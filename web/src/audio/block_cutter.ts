// Cuts what the microphone delivers into blocks on the position grid (DESIGN.md section 4, step 2). Pure: it deals in frame numbers; the samples are the caller's.
//
// A captured frame f belongs to the position heard at frame f - roundTrip. A packet labelled P must decode to the positions P to P + 959;
// the codec delays by `delay` samples, so the encoder is given the frames of the positions P + delay to P + delay + 959.
import { BLOCK } from './constants.js';
import type { PositionMap, Span } from './position_map.js';

export interface Cut {
  song: number;
  bucket: number;
  /** The packet's label. */
  position: number;
  /** First of the 960 captured frames to encode. */
  frame: number;
  /** True where these frames do not follow the last cut's: the encoder has to start anew. */
  fresh: boolean;
}

export class BlockCutter {
  private roundTrip = 0;
  /** Of the block cut last. */
  private last: Cut | null = null;
  /** First frame of the stretch that it was cut in. */
  private lastFrom = -Infinity;

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
   * The next block that is wholly captured, or null. `captured`: the frame after the last captured one. `oldest`: frames before it are lost.
   * `start` and `end`: the song's; blocks outside of it are not cut.
   */
  next(captured: number, oldest: number, start: number, end: number): Cut | null {
    for (const span of this.map.spans()) {
      if (span.offset === null || span.from < this.lastFrom) continue;
      const cut = this.cutIn(span, span.offset, oldest, start);
      // Heard in full, and in the song? If not, the rest of this stretch cannot be cut.
      if (cut.position + BLOCK > end || cut.frame + BLOCK - this.roundTrip > span.to) continue;
      if (cut.frame + BLOCK > captured) return null;
      this.last = cut;
      this.lastFrom = span.from;
      return cut;
    }
    return null;
  }

  private cutIn(span: Span, offset: number, oldest: number, start: number): Cut {
    // position = frame - roundTrip + offset
    const shift = offset - this.roundTrip;
    let least = Math.max(span.from + offset, oldest + shift - this.delay, start);
    const follows = this.last !== null && this.last.song === span.song && this.last.bucket === span.bucket;
    if (follows && this.last) least = Math.max(least, this.last.position + BLOCK);
    const position = Math.ceil(least / BLOCK) * BLOCK;
    const frame = position + this.delay - shift;
    const fresh = !follows || frame !== (this.last as Cut).frame + BLOCK;
    return { song: span.song, bucket: span.bucket, position, frame, fresh };
  }
}
