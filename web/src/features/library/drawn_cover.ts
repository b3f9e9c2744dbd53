// What a drawn cover shows, as the server draws it too (server/library/drawn_cover.h), which leaves out letters that are not Latin: the players that ask
// it may have no typeface for them. Pure.
import { folded } from './songs.js';

/** The first letters of the first two words, or digits. */
export function initialsOf(title: string): string {
  const words = folded(title).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .slice(0, 2)
    .map((word) => [...word][0])
    .join('')
    .toUpperCase();
}

/** 0 to 359, by FNV-1a. */
export function hueOf(title: string): number {
  let hash = 2_166_136_261;
  for (const byte of new TextEncoder().encode(title)) hash = Math.imul(hash ^ byte, 16_777_619) >>> 0;
  return hash % 360;
}
