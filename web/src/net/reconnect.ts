// When to try again, and when not (PROTOCOL.md 3.3). Pure.

export const FIRST_DELAY_MS = 200;
export const MOST_DELAY_MS = 3_000;
const SPREAD = 0.3;

/** How long to wait before attempt `attempt` (from 0). `random` gives 0 to 1. */
export function reconnectDelayMs(attempt: number, random: () => number): number {
  const delay = Math.min(MOST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt, 16));
  return delay * (1 + SPREAD * (2 * random() - 1));
}

/** Why a connection ended for good. */
export type Ending = 'elsewhere' | 'not_admitted' | 'too_many_errors' | 'too_large';

/** What a close code means: an ending, or null where one should come back. */
export function endingOf(closeCode: number): Ending | null {
  switch (closeCode) {
    case 1009:
      return 'too_large';
    case 4001:
      return 'elsewhere';
    case 4003:
      return 'not_admitted';
    case 4008:
      return 'too_many_errors';
    default:
      return null;
  }
}
