// Whether somebody is there: by keys, pointer and voice. Time is given in. Pure.

/** So long without a sign of life, and one is asked. */
export const ASK_MS = 15 * 60_000;
/** So long without an answer, and a singer listens only. */
export const GIVE_UP_MS = 5 * 60_000;

/** here; asked: shown to others as away; gone: nobody answered. */
export type Idle = 'here' | 'asked' | 'gone';

export class IdleWatch {
  private signMs: number;
  private askedMs = 0;
  state: Idle = 'here';

  constructor(nowMs: number) {
    this.signMs = nowMs;
  }

  /** A key, a touch, a voice. */
  sign(nowMs: number): void {
    this.signMs = nowMs;
    this.state = 'here';
  }

  /** `sings`: she is a singer; `song`: one lasts, and nobody is asked anything now. True when she is to become a listener, once. */
  look(nowMs: number, { sings, song }: { sings: boolean; song: boolean }): boolean {
    if (song) {
      // The time of a song counts neither for nor against anybody whom the question already waits for.
      if (this.state === 'asked') this.askedMs = nowMs;
      return false;
    }
    if (this.state === 'here' && sings && nowMs - this.signMs >= ASK_MS) {
      this.state = 'asked';
      this.askedMs = nowMs;
    }
    if (this.state !== 'asked' || nowMs - this.askedMs < GIVE_UP_MS) return false;
    this.state = 'gone';
    return sings;
  }
}
