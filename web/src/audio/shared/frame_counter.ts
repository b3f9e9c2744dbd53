/**
 * Turns frame numbers that wrap at 32 bits into ever-growing ones. Must see a value at least every 2^31 frames (12 hours).
 */
export class FrameCounter {
  private last = 0;

  unwrap(wrapped: number): number {
    this.last += (wrapped - (this.last | 0)) | 0;
    return this.last;
  }
}
