// A song of the library in a few words. Pure.
import type { LibrarySong } from '../../net/library.js';
import { minutes } from '../song/status.js';

/** Whose it is, and how long. */
export function aboutSong({ artist, album, length_ms: length }: LibrarySong): string {
  return [artist, album, typeof length === 'number' && length > 0 ? minutes(length / 1000) : null].filter(Boolean).join(' · ');
}
