// The tracks of a room over HTTP (PROTOCOL.md 4.1): as files.
import { under } from '../base_path.js';
import type { Asker } from './words.js';

/** Null: it did not come. */
export async function fetchedTrack({ room, token }: Asker, track: string): Promise<Blob | null> {
  const address = under(`/api/rooms/${encodeURIComponent(room)}/tracks/${encodeURIComponent(track)}/track.opus`);
  try {
    const answer = await fetch(address, { headers: { Authorization: `Bearer ${token}` }, cache: 'no-store' });
    return answer.ok ? await answer.blob() : null;
  } catch {
    return null;
  }
}
