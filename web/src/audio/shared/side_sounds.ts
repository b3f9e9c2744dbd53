// What is played to try headphones: a soft bell on the left, then a higher one on the right. Pure.
import { SAMPLE_RATE } from '../../units.js';

/** -16 dBFS at its beginning: clear, and not loud on an ear. */
const AMPLITUDE = 0.16;
const BELL_FRAMES = 0.7 * SAMPLE_RATE;
const PAUSE_FRAMES = 0.3 * SAMPLE_RATE;
const LEFT_HZ = 440;
const RIGHT_HZ = 660;
/** Falls to a third in so long. */
const RINGS_FRAMES = 0.18 * SAMPLE_RATE;
/** Begins and ends without a click. */
const EDGE_FRAMES = 0.01 * SAMPLE_RATE;

/** Both channels, of the same length. */
export function leftThenRight(): [left: Float32Array<ArrayBuffer>, right: Float32Array<ArrayBuffer>] {
  const frames = 2 * BELL_FRAMES + PAUSE_FRAMES;
  const left = new Float32Array(frames);
  const right = new Float32Array(frames);
  left.set(bell(LEFT_HZ));
  right.set(bell(RIGHT_HZ), BELL_FRAMES + PAUSE_FRAMES);
  return [left, right];
}

function bell(hertz: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: BELL_FRAMES }, (_, i) => {
    const edge = Math.min(1, i / EDGE_FRAMES, (BELL_FRAMES - 1 - i) / EDGE_FRAMES);
    const turn = (2 * Math.PI * hertz * i) / SAMPLE_RATE;
    return AMPLITUDE * edge * Math.exp(-i / RINGS_FRAMES) * (0.8 * Math.sin(turn) + 0.2 * Math.sin(2 * turn));
  });
}
