// When to try again, and when not (PROTOCOL.md 3.3). Pure.

export const FIRST_DELAY_MS = 200;
export const MOST_DELAY_MS = 3_000;
const SPREAD = 0.3;
/** For so long the server keeps the place of whoever lost her connection. */
export const PLACE_KEPT_MS = 120_000;

/** How long to wait before attempt `attempt` (from 0). `random` gives 0 to 1. */
export function reconnectDelayMs(attempt: number, random: () => number): number {
  const delay = Math.min(MOST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt, 16));
  return delay * (1 + SPREAD * (2 * random() - 1));
}

/** With this close code the server says that it stops or starts anew; so long it may take until it is there again. */
export const RESTARTING_CODE = 1001;
export const RESTART_MS = 60_000;

/** Why a connection ended for good. */
export type Ending = 'removed' | 'deleted' | 'elsewhere' | 'too_many_errors' | 'too_large';

/** What a close code means: an ending, or null where one should come back (a refusal is told by an error before it). */
export function endingOf(closeCode: number): Ending | null {
  switch (closeCode) {
    case 1009:
      return 'too_large';
    case 4001:
      return 'elsewhere';
    case 4008:
      return 'too_many_errors';
    default:
      return null;
  }
}

/** What the close code for those who are not admitted means to whoever was in: by the code of the error before it. */
export function expulsionOf(closeCode: number, errorCode: string | null): Ending | null {
  if (closeCode !== 4003) return null;
  if (errorCode === 'removed') return 'removed';
  return errorCode === 'no_room' ? 'deleted' : null;
}

/** What the server says by plain HTTP: it is there; it is there, but cannot let anyone in just now; it
 *  takes no sockets from pages of this address; nothing. */
export type HttpAnswer = 'ready' | 'busy' | 'foreign' | 'none';

/** Why there is no connection: it broke off; the server said that it starts anew; nothing is reached; the server lets nobody in just now; it takes none
 *  from pages of this address; something lets no socket through. */
export type Hindrance = 'lost' | 'restarting' | 'unreachable' | 'busy' | 'foreign' | 'blocked';

/** One socket may fail while a server is starting: two in a row do not, and one that nobody answered does not while HTTP is answered. */
export function hindranceOf(answer: HttpAnswer, unopened: number, timedOut: boolean): Hindrance {
  if (answer === 'none') return 'unreachable';
  if (answer === 'busy' || answer === 'foreign') return answer;
  return timedOut || unopened >= 2 ? 'blocked' : 'lost';
}
