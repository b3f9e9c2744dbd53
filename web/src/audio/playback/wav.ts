// WAV files of 16 bits per sample and two channels, in pieces. Pure.
import { SAMPLE_RATE } from '../../units.js';

export const WAV_HEADER_BYTES = 44;
export const BYTES_PER_FRAME = 4;
/** A WAV file counts its bytes in 32 bits. */
export const MOST_WAV_FRAMES = Math.floor((2 ** 32 - 1 - WAV_HEADER_BYTES) / BYTES_PER_FRAME);

/** The first bytes of a file of so many frames. */
export function wavHeader(frames: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(WAV_HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  const words = (at: number, name: string): void =>
    bytes.set(
      [...name].map((c) => c.charCodeAt(0)),
      at,
    );
  words(0, 'RIFF');
  view.setUint32(4, WAV_HEADER_BYTES - 8 + frames * BYTES_PER_FRAME, true);
  words(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 2, true);
  view.setUint32(24, SAMPLE_RATE, true);
  view.setUint32(28, SAMPLE_RATE * BYTES_PER_FRAME, true);
  view.setUint16(32, BYTES_PER_FRAME, true);
  view.setUint16(34, 16, true);
  words(36, 'data');
  view.setUint32(40, frames * BYTES_PER_FRAME, true);
  return bytes;
}

/** Writes frames, left and right in turn, from frame `at` of `out` on; samples beyond full scale are held there. */
export function writeFrames(out: DataView, at: number, left: Float32Array, right: Float32Array): void {
  for (let i = 0; i < left.length; i++) {
    out.setInt16((at + i) * BYTES_PER_FRAME, sample16(left[i] as number), true);
    out.setInt16((at + i) * BYTES_PER_FRAME + 2, sample16(right[i] as number), true);
  }
}

function sample16(sample: number): number {
  return Math.round(Math.min(1, Math.max(-1, sample)) * 32_767);
}
