// When a chime tells that somebody has come in: never in a song, and not for each of a crowd. Pure.
import type { Person } from '../../wire/control/control.js';

export const CHIME_EVERY_MS = 3_000;

export interface Seen {
  people: readonly Person[];
  you: string;
  /** One's place: another one after each time of coming in. */
  token: string;
  song: boolean;
}

export class ChimeWatch {
  private known = new Set<string>();
  private token: string | null = null;
  private rungMs = -Infinity;
  private enteredMs = 0;

  /** Whether it rings now. Those who were here before oneself are no newcomers, also where a long list comes in pieces. */
  look({ people, you, token, song }: Seen, nowMs: number): boolean {
    if (token !== this.token) {
      this.token = token;
      this.enteredMs = nowMs;
    }
    const fresh = people.filter((person) => person.connected && !person.robot && person.id !== you && !this.known.has(person.id));
    this.known = new Set(people.map((person) => person.id));
    const settled = nowMs - this.enteredMs >= CHIME_EVERY_MS;
    if (fresh.length === 0 || song || !settled || nowMs - this.rungMs < CHIME_EVERY_MS) return false;
    this.rungMs = nowMs;
    return true;
  }
}
