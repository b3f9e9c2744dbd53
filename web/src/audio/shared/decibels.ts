// Levels, as people read them. Pure.

const FLOOR_DB = -60;
/** As a mean power: dark noise of any converter is louder. */
export const SILENT_DB = -100;

export function decibels(amplitude: number): number {
  return amplitude <= 0 ? -Infinity : 20 * Math.log10(amplitude);
}

export function amplitudeOf(db: number): number {
  return 10 ** (db / 20);
}

/** Where on a meter a level stands: 0 at -60 dBFS and below, 1 at full scale. */
export function meterShare(amplitude: number): number {
  return Math.min(1, Math.max(0, 1 - decibels(amplitude) / FLOOR_DB));
}
