// Volume sliders follow a logarithmic law, so that equal steps sound equal. Pure.

/** The law: a slider at v (1 is as recorded) is a gain of e^(6.908 v) / 1000; at the very left, nothing. */
export function volumeScale(v: number): number {
  return v < 1e-7 ? 0 : Math.exp(6.908 * v) / 1000;
}

/** Sliders go from 0 to 2. */
export const MOST_VOLUME = 2;

/** The factor of a slider at v, 0 to 2: 1 leaves the sound as it is, half a step down or up is 15 dB, and 0 is silence. */
export function volumeFactor(v: number): number {
  const clamped = Math.min(MOST_VOLUME, Math.max(0, v));
  if (clamped < 1e-7) return 0;
  return volumeScale(1 + (clamped - 1) / 2) / volumeScale(1);
}
