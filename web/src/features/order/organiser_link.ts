// The organiser's link: the room's, with the key behind the #, which browsers send to no server. Pure.

import { under } from '../../base_path.js';

const NAME = 'organise';

export function organiserLink(origin: string, room: string, key: string): string {
  return `${origin}${under(`/r/${encodeURIComponent(room)}`)}#${NAME}=${encodeURIComponent(key)}`;
}

/** The key in an address's part from # on; null: there is none. */
export function keyIn(hash: string): string | null {
  const key = new URLSearchParams(hash.replace(/^#/, '')).get(NAME);
  return key === null || key === '' ? null : key;
}
