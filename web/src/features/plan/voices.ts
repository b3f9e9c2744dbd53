// Which voice part of the room sings which part of a round. Pure.
import type { RoundByParts } from '../../wire/control/control.js';

/** `part` from 1; 0: the voice sings what its group sings. */
export function withVoice({ voices = {} }: RoundByParts, voice: string, part: number): Record<string, number> {
  const others = Object.entries(voices).filter(([name]) => name !== voice);
  return Object.fromEntries(part === 0 ? others : [...others, [voice, part]]);
}

/** So many parts: voices that had one of those that are no more sing what their groups sing. */
export function withParts({ voices = {} }: RoundByParts, parts: number): Pick<RoundByParts, 'parts' | 'voices'> {
  return { parts, voices: Object.fromEntries(Object.entries(voices).filter(([, part]) => part <= parts)) };
}
