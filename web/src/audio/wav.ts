import { SAMPLE_RATE } from './constants.js';

/** A WAV file of 16 bits per sample and two channels; samples beyond full scale are held there. */
export function wavFile(left: Float32Array, right: Float32Array): Uint8Array<ArrayBuffer> {
  const frames = left.length;
  const bytes = new Uint8Array(44 + frames * 4);
  const view = new DataView(bytes.buffer);
  const words = (at: number, name: string): void => bytes.set([...name].map((c) => c.charCodeAt(0)), at);
  words(0, 'RIFF');
  view.setUint32(4, 36 + frames * 4, true);
  words(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 2, true);
  view.setUint32(24, SAMPLE_RATE, true);
  view.setUint32(28, SAMPLE_RATE * 4, true);
  view.setUint16(32, 4, true);
  view.setUint16(34, 16, true);
  words(36, 'data');
  view.setUint32(40, frames * 4, true);
  for (let i = 0; i < frames; i++) {
    view.setInt16(44 + i * 4, sample16(left[i] as number), true);
    view.setInt16(46 + i * 4, sample16(right[i] as number), true);
  }
  return bytes;
}

function sample16(sample: number): number {
  return Math.round(Math.min(1, Math.max(-1, sample)) * 32_767);
}
